"""The door: a one-time key becomes a session, each request shows it, and whoever lost their seat is out."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, TypedDict

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.guard import is_own
from bot.web.rendering import outside, sentence
from bot.web.visit import Answer, Told, Visit, load_page_texts, token_of, url_in
from config.texts import load_texts
from domain.common.secrecy import is_marked
from domain.organisation.people import Person
from handlers.common.context import Rules
from handlers.common.web_link_chat import plain_key
from handlers.common.wording import Wording
from storage.assignments.evidence_files import EvidenceStore, folder_of
from storage.common import audit_log as audit
from storage.database.engine import Database
from storage.organisation import invite_store as invites
from storage.organisation import people_store as people
from storage.organisation import web_session_store as web_keys
from storage.plans import plan_store as plans

FORM_LIMIT = 256 * 2**10
"""Bytes of a form: the names of a thousand units."""
_TRIES, _LOCK = 10, timedelta(hours=1)
_CHANNEL = "web"


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in. `now` is the program's clock, `secure` whether people come by https.

    `public` is the address that people have for the pages, "" where nothing tells it.
    """

    database: Database
    rules: Rules
    now: Callable[[], datetime]
    language: str
    secure: bool
    public: str = ""
    _told: dict[str, Told] = field(default_factory=dict)
    """What the next page of a session says, by the session."""

    def guarded(self, answer: Answer, *, writes: bool) -> Callable[[Request], object]:
        """Return an endpoint that answers only within a session; what `writes` needs its form's token too."""

        async def endpoint(request: Request) -> Response:
            session = request.cookies.get(self._cookie(request), "")
            if not writes:
                return await self._read(request, session, answer)
            if (refused := self._refuse(request)) is not None:
                return refused
            async with request.form(max_files=0, max_fields=50) as form:
                return await self._write(request, session, form, answer)

        return endpoint

    async def landing(self, request: Request) -> Response:
        """Ask for the key: what stands behind the "#" of a link is filled in by the page itself."""
        return self._ask(request)

    async def enter(self, request: Request) -> Response:
        """Take a key and open a session; too many wrong ones from one address are not looked at."""
        if (refused := self._refuse(request)) is not None:
            return refused
        async with request.form(max_files=0, max_fields=2) as form:
            key = plain_key(str(form.get("key", "")))
        session = secrets.token_urlsafe(32)
        async with self.database.writing() as work:
            wrong = await self._exchange(work, request, key, session)
        if wrong is not None:
            return wrong
        answer = RedirectResponse(url_in(request, "/"), status_code=303)
        lasts = int(web_keys.SESSION_LASTS.total_seconds())
        answer.set_cookie(self._cookie(request), session, max_age=lasts, **self._kept(request))
        return answer

    async def leave(self, visit: Visit) -> Response:
        """End the session."""
        await web_keys.end(visit.work, visit.session)
        await audit.note(visit.work, visit.now, "web_out", "session", visit.person.id)
        answer = visit.go("/vao")
        answer.delete_cookie(self._cookie(visit.request), **self._kept(visit.request))
        return answer

    def _cookie(self, request: Request) -> str:
        """Its name. Browsers take "__Host-" for the root of a host only, and both marks by https only."""
        if not self.secure:
            return "nhacviec"
        return "__Secure-nhacviec" if url_in(request, "") else "__Host-nhacviec"

    def _kept(self, request: Request) -> "_Kept":
        """How the cookie is kept: for these pages, and out of reach of scripts."""
        path = url_in(request, "") or "/"
        return {"path": path, "secure": self.secure, "httponly": True, "samesite": "strict"}

    async def _exchange(
        self, work: AsyncConnection, request: Request, key: str, session: str
    ) -> Response | None:
        now, address = self.now(), _address(request)
        await invites.forget_wrong(work, now - _LOCK)
        if await invites.count_wrong(work, _CHANNEL, address, now - _LOCK) >= _TRIES:
            return self._ask(request, "locked", 429)
        person_id = await web_keys.exchange(work, key, session, now)
        if person_id is None or not await self._may(work, person_id):
            await web_keys.end(work, session)
            await invites.note_wrong(work, _CHANNEL, address, now)
            return self._ask(request, "wrong_key", 403)
        await audit.note(work, now, "web_in", "session", person_id)
        return None

    def _ask(self, request: Request, key: str = "", status: int = 200) -> Response:
        texts = load_page_texts(self.language)
        wrong = texts(key) if key else None
        return outside(request, "landing", texts, status=status, wrong=wrong)

    def _refuse(self, request: Request) -> Response | None:
        """Refuse what another site's page could have sent, and what is too long."""
        if not is_own(request, self.public):
            return sentence(request, self.language, "foreign", 403)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > FORM_LIMIT:
            return sentence(request, self.language, "too_long", 413)
        return None

    async def _read(self, request: Request, session: str, answer: Answer) -> Response:
        async with self.database.reading() as work:
            known = await self._known(work, session)
            if known is not None and not known.gone:
                told = self._told.pop(session, None)
                visit = await self._visit(work, request, session, known.person, FormData(), told)
                page = await answer(visit)
                return await self._used(session, known, page)
        if known is not None:
            async with self.database.writing() as work:
                await web_keys.end(work, session)
        return RedirectResponse(url_in(request, "/vao"), status_code=303)

    async def _used(self, session: str, known: "_Known", page: Response) -> Response:
        """Keep that a session was used, where that is worth writing."""
        if known.used_at + web_keys.TOUCHED_EVERY <= self.now():
            async with self.database.writing() as work:
                await web_keys.touch(work, session, self.now())
        return page

    async def _write(self, request: Request, session: str, form: FormData, answer: Answer) -> Response:
        async with self.database.writing() as work:
            known = await self._known(work, session)
            if known is None or known.gone:
                return sentence(request, self.language, "no_session", 401)
            if not hmac.compare_digest(str(form.get("csrf", "")).encode(), token_of(session).encode()):
                return sentence(request, known.person.language, "no_token", 403)
            if any(is_marked(str(value)) for value in form.values()):
                return sentence(request, known.person.language, "marked", 422)
            await web_keys.touch(work, session, self.now())
            return await answer(await self._visit(work, request, session, known.person, form, None))

    async def _known(self, work: AsyncConnection, session: str) -> "_Known | None":
        """Return who holds an open session; None where it is none. A person without a seat is `gone`."""
        found = await web_keys.find(work, session, self.now()) if session else None
        if found is None:
            return None
        person = await people.get(work, found.person_id, self._today())
        return _Known(person, found.used_at, gone=not person.units("coordinator"))

    async def _may(self, work: AsyncConnection, person_id: int) -> bool:
        return bool((await people.get(work, person_id, self._today())).units("coordinator"))

    async def _visit(
        self,
        work: AsyncConnection,
        request: Request,
        session: str,
        person: Person,
        form: FormData,
        told: Told | None,
    ) -> Visit:
        return Visit(
            work=work,
            request=request,
            session=session,
            person=person,
            plans=await plans.listing(work, person.units("coordinator")),
            now=self.now(),
            rules=self.rules,
            words=Wording(load_texts(person.language), self._today(), self.rules.days, self.rules.zone),
            texts=load_page_texts(person.language),
            form=form,
            files=EvidenceStore(folder_of(self.database.path)),
            tell=lambda one: self._told.update({session: one}),
            told=told,
        )

    def _today(self) -> date:
        return self.now().astimezone(self.rules.zone).date()


class _Kept(TypedDict):
    """What a cookie is set with and taken away with alike."""

    path: str
    secure: bool
    httponly: bool
    samesite: Literal["strict"]


@dataclass(frozen=True, slots=True)
class _Known:
    """Who has shown an open session, and when it was last used."""

    person: Person
    used_at: datetime
    gone: bool


def _address(request: Request) -> str:
    return (request.client.host if request.client else "")[:64]
