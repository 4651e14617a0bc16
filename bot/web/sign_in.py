"""The door: a one-time key becomes a session, each request shows it, and whoever lost their seat is out."""

import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypedDict

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.guard import is_own
from bot.web.rendering import outside, sentence
from bot.web.visit import Answer, Flash, Visit, load_page_texts, token_of, url_in
from bot.web.visitors import Network, visitor
from bot.web.wrong_tries import note_wrong, seconds_to_wait
from config.texts import load_texts
from domain.common.secrecy import is_marked
from domain.organisation.people import Person
from handlers.common.web_link_chat import plain_key
from handlers.common.wording import Wording
from services.common.rules import Rules
from services.organisation.current_register import with_current_register
from storage.assignments.evidence_files import EvidenceStore, folder_of
from storage.common import audit_log
from storage.database.engine import Database
from storage.organisation import people_store, web_session_store
from storage.plans import plan_store

FORM_LIMIT = 256 * 2**10
"""Bytes of a form: the names of a thousand units."""
_FIELDS = 4000
"""Of a form: as many passages as may be chosen at once."""


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
    proxies: Sequence[Network] = ()
    """The proxies before the pages whose word on where a request comes from counts."""
    _told: dict[str, Flash] = field(default_factory=dict)
    """What the next page of a session says, by the session."""

    def guarded(
        self, answer: Answer, *, writes: bool, takes_file: bool = False
    ) -> Callable[[Request], object]:
        """Return an endpoint that answers only within a session; what is posted needs its form's token too.

        What `takes_file` changes nothing: it is answered beside those that write.
        """

        async def endpoint(request: Request) -> Response:
            session = request.cookies.get(self._cookie(request), "")
            if not writes and not takes_file:
                return await self._read(request, session, answer)
            if (refused := self._refuse(request)) is not None:
                return refused
            if takes_file:
                return await self._look(request, session, answer)
            async with request.form(max_files=0, max_fields=_FIELDS) as form:
                return await self._write(request, session, form, answer)

        return endpoint

    async def landing(self, request: Request) -> Response:
        """Ask for the key: what stands behind the "#" of a link is filled in by the page itself."""
        return self._ask(request)

    async def enter(self, request: Request) -> Response:
        """Take a key and open a session; after wrong ones the next wrong one waits, longer each time."""
        if (refused := self._refuse(request)) is not None:
            return refused
        async with request.form(max_files=0, max_fields=2) as form:
            key = plain_key(str(form.get("key", "")))
        session = secrets.token_urlsafe(32)
        async with self.database.writing() as conn:
            wrong = await self._exchange(conn, request, key, session)
        if wrong is not None:
            return wrong
        answer = RedirectResponse(url_in(request, "/"), status_code=303)
        lasts = int(web_session_store.SESSION_LASTS.total_seconds())
        answer.set_cookie(self._cookie(request), session, max_age=lasts, **self._kept(request))
        return answer

    async def leave(self, visit: Visit) -> Response:
        """End the session."""
        await web_session_store.end(visit.conn, visit.session)
        await audit_log.note(visit.conn, visit.now, "web_out", "session", visit.person.id)
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
        self, conn: AsyncConnection, request: Request, key: str, session: str
    ) -> Response | None:
        """Open a session; otherwise return the page that says why not.

        A right key opens at once whoever else stands behind its address: with 59 bits and ten minutes it
        cannot be guessed. What waits is the next wrong one, of the same address or with the same key.
        """
        now = self.now()
        person_id = await web_session_store.exchange(conn, key, session, now)
        if person_id is not None and await self._may(conn, person_id):
            await audit_log.note(conn, now, "web_in", "session", person_id)
            return None
        await web_session_store.end(conn, session)
        guards = visitor(request, self.proxies), f"key {web_session_store.hash_key(key)[:16]}"
        if (wait := await seconds_to_wait(conn, guards, now)) > 0:
            return self._ask(request, "wait", 429, wait)
        await note_wrong(conn, guards, now)
        return self._ask(request, "wrong_key", 403)

    def _ask(self, request: Request, key: str = "", status: int = 200, wait: int = 0) -> Response:
        texts = load_page_texts(self.language)
        wrong = texts(key, seconds=wait) if key else None
        answer = outside(request, "landing", texts, status=status, wrong=wrong)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer

    def _refuse(self, request: Request) -> Response | None:
        """Refuse what another site's page could have sent, and what is too long."""
        if not is_own(request, self.public):
            return sentence(request, self.language, "foreign", 403)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > FORM_LIMIT:
            return sentence(request, self.language, "too_long", 413)
        return None

    async def _read(self, request: Request, session: str, answer: Answer) -> Response:
        async with self.database.reading() as conn:
            known = await self._known(conn, session)
            if known is not None and not known.gone:
                told = self._told.pop(session, None)
                visit = await self._visit(conn, request, session, known.person, FormData(), told)
                page = await answer(visit)
                return await self._used(session, known, page)
        if known is not None:
            async with self.database.writing() as conn:
                await web_session_store.end(conn, session)
        return RedirectResponse(url_in(request, "/vao"), status_code=303)

    async def _used(self, session: str, known: "_Known", page: Response) -> Response:
        """Keep that a session was used, where that is worth writing."""
        if known.used_at + web_session_store.TOUCHED_EVERY <= self.now():
            async with self.database.writing() as conn:
                await web_session_store.touch(conn, session, self.now())
        return page

    async def _look(self, request: Request, session: str, answer: Answer) -> Response:
        """Answer a form with a file; nothing is written, and no file is read of who is not let in."""
        async with self.database.reading() as conn:
            known = await self._known(conn, session)
            if known is None or known.gone:
                return sentence(request, self.language, "no_session", 401)
            async with request.form(max_files=1, max_fields=2) as form:
                if not _has_token(form, session):
                    return sentence(request, known.person.language, "no_token", 403)
                return await answer(await self._visit(conn, request, session, known.person, form, None))

    async def _write(self, request: Request, session: str, form: FormData, answer: Answer) -> Response:
        async with self.database.writing() as conn:
            known = await self._known(conn, session)
            if known is None or known.gone:
                return sentence(request, self.language, "no_session", 401)
            if not _has_token(form, session):
                return sentence(request, known.person.language, "no_token", 403)
            if any(is_marked(str(value)) for value in form.values()):
                return sentence(request, known.person.language, "marked", 422)
            await web_session_store.touch(conn, session, self.now())
            return await answer(await self._visit(conn, request, session, known.person, form, None))

    async def _known(self, conn: AsyncConnection, session: str) -> "_Known | None":
        """Return who holds an open session; None where it is none. A person without a seat is `gone`."""
        session_row = await web_session_store.find(conn, session, self.now()) if session else None
        if session_row is None:
            return None
        person = await people_store.get(conn, session_row.person_id, self._today())
        return _Known(person, session_row.used_at, gone=not person.units("coordinator"))

    async def _may(self, conn: AsyncConnection, person_id: int) -> bool:
        return bool((await people_store.get(conn, person_id, self._today())).units("coordinator"))

    async def _visit(
        self,
        conn: AsyncConnection,
        request: Request,
        session: str,
        person: Person,
        form: FormData,
        told: Flash | None,
    ) -> Visit:
        plans = await plan_store.listing(conn, person.units("coordinator"))
        return Visit(
            conn=conn,
            request=request,
            session=session,
            person=person,
            plans=plans,
            versions=await plan_store.waiting_versions(conn, [plan.id for plan in plans]),
            now=self.now(),
            rules=await with_current_register(conn, self.rules),
            words=Wording(load_texts(person.language), self._today(), self.rules.days, self.rules.zone),
            texts=load_page_texts(person.language),
            form=form,
            files=EvidenceStore(folder_of(self.database.path)),
            tell=lambda flash: self._told.update({session: flash}),
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


def _has_token(form: FormData, session: str) -> bool:
    return hmac.compare_digest(str(form.get("csrf", "")).encode(), token_of(session).encode())
