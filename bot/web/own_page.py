"""A page of one's own, for whoever has no messenger or would rather answer in a browser.

It is a chat like any other: what is typed, pressed or sent here is answered by the same handlers, and what
is said to the person stands here. Above the talk stands what their unit owes. It works without JavaScript.
"""

import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.channels.base import ChannelClosed
from bot.channels.page import PageChannel, shown_text
from bot.web.guard import is_own
from bot.web.own_page_door import HERE, OwnPageDoor
from bot.web.rendering import outside, sentence
from bot.web.visit import load_page_texts, token_of, url_in
from bot.web.visitors import Network
from config.texts import Texts, load_texts
from documents.reading.proof import is_secret
from documents.reading.safely import MOST_BYTES
from domain.assignments.assignment import Assignment
from domain.common.secrecy import is_marked
from domain.common.secrecy_names import is_marked_name
from domain.common.text import nfc, squeeze
from domain.organisation.people import Person
from handlers.assignments.item_list import stands
from handlers.common.button_data import Verb, button_data
from handlers.common.conversation import Paper
from handlers.common.wording import Wording
from handlers.typed_codes import split_code
from services.assignments.number_items import number_items
from services.common.rules import Rules
from services.organisation.offer_own_page import revoke_own_page
from storage.assignments import assignment_store, progress_store
from storage.assignments.number_store import NumberOwner
from storage.assignments.progress_store import Progress
from storage.common import page_message_store
from storage.common.reach import OWN_PAGE
from storage.database.engine import Database
from storage.organisation import own_page_store, people_store

MESSAGES_SHOWN = 40
_ANSWERS: tuple[Verb, ...] = ("done", "doing", "stuck", "extend")
_FORM_ROOM = 64 * 2**10
"""Bytes of a form beside its file."""
_LONGEST_TEXT = 8000
_HOME = HERE, "own_back"
Answer = Callable[[Request, "Guest"], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever has an open session: the page's chat, and the person, None before they have joined.

    `name` is what they are called, or call themselves.
    """

    session: str
    chat: str
    name: str
    person: Person | None
    form: FormData


@dataclass(frozen=True, slots=True)
class OwedRow:
    """One thing that the person's unit owes, with its number."""

    assignment: Assignment
    number: int
    said: Progress | None


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The addresses under /toi. `public` is the address that people have for the pages."""

    door: OwnPageDoor
    channel: PageChannel
    rules: Rules
    public: str = ""

    def routes(self) -> list[Route]:
        """Return the addresses with what answers there."""
        return [
            Route(HERE, self._guarded(self.page)),
            Route(f"{HERE}/vao", self.ask),
            Route(f"{HERE}/vao/{{key}}", self.ask),
            Route(f"{HERE}/vao", self.enter, methods=["POST"]),
            Route(f"{HERE}/noi", self._posted(self.say), methods=["POST"]),
            Route(f"{HERE}/thu-hoi", self._posted(self.revoke), methods=["POST"]),
            Route(f"{HERE}/tep/{{key}}", self._guarded(self.file)),
        ]

    async def ask(self, request: Request) -> Response:
        """Show the door, with the key of a link where the address has one."""
        return self.door.ask(request, key=str(request.path_params.get("key", "")))

    async def enter(self, request: Request) -> Response:
        """Open a session by a link, or by an invite code: then the newcomer is asked for their consent."""
        if (refused := self._refuse(request)) is not None:
            return refused
        async with request.form(max_files=0, max_fields=2) as form:
            name = squeeze(nfc(str(form.get("name", ""))))[:80]
            answer, chat, code = await self.door.enter(request, str(form.get("key", "")), name)
        if code:
            texts = load_page_texts(self.door.language)
            await self._take(chat, name, text=f"/start {code}", shown=texts("own_by_code"))
        return answer

    async def page(self, request: Request, guest: Guest) -> Response:
        """Show what is owed, and the talk."""
        language = guest.person.language if guest.person else self.door.language
        async with self.door.database.reading() as conn:
            owed = await self._owed(conn, guest)
            messages = await page_message_store.newest(conn, guest.chat, MESSAGES_SHOWN)
        await self._note_look(guest)
        words = Wording(load_texts(language), self._today(), self.rules.days, self.rules.zone)
        return outside(
            request,
            "own_page",
            load_page_texts(language),
            csrf=token_of(guest.session),
            person=guest.person,
            owed=owed,
            answers=[(verb, button_data(verb, "")) for verb in _ANSWERS],
            messages=messages,
            awaits=self.channel.awaits(guest.chat),
            words=words,
            today=words.today,
            stands=stands,
            shown=shown_text,
            last=max((message.id for message in messages if not message.theirs), default=0),
        )

    async def _note_look(self, guest: Guest) -> None:
        """Note that the person looks: what was told them elsewhere need not go by another channel."""
        now = self.door.now()
        await self.door.database.write(lambda conn: people_store.note_seen(conn, OWN_PAGE, guest.chat, now))

    async def say(self, request: Request, guest: Guest) -> Response:
        """Take what was typed, pressed or sent, and show the page with its answer."""
        language = guest.person.language if guest.person else self.door.language
        text = nfc(str(guest.form.get("text", ""))).strip()[:_LONGEST_TEXT]
        file, press = guest.form.get("file"), str(guest.form.get("press", ""))
        paper = await _paper(file) if isinstance(file, UploadFile) and file.filename else None
        if is_marked(text) or (paper and (is_marked_name(paper.name) or await is_secret(paper.data))):
            return sentence(request, language, "marked", 422, _HOME)
        if paper and len(paper.data) > MOST_BYTES:
            return sentence(request, language, "too_long", 413, _HOME)
        if not (text or press or paper):
            return RedirectResponse(url_in(request, HERE), status_code=303)
        shown = (
            await self._label(guest, press, load_page_texts(language))
            if press
            else _without_code(text, guest)
        )
        try:
            await self._take(guest.chat, guest.name, text=text, press=press or None, shown=shown, file=paper)
        except ChannelClosed:
            return sentence(request, language, "own_not_now", 503, _HOME)
        return RedirectResponse(url_in(request, f"{HERE}#moi"), status_code=303)

    async def revoke(self, request: Request, guest: Guest) -> Response:
        """End the link and all that it opened, on every device."""
        async with self.door.database.writing() as conn:
            if guest.person is None:
                await own_page_store.revoke(conn, guest.chat)
            else:
                await revoke_own_page(conn, by=guest.person, now=self.door.now())
        answer = RedirectResponse(url_in(request, f"{HERE}/vao"), status_code=303)
        answer.delete_cookie(self.door.cookie(request), path=url_in(request, HERE), secure=self.door.secure)
        return answer

    async def file(self, request: Request, guest: Guest) -> Response:
        """Give a file of the talk, to be saved. Raises HTTPException 404."""
        async with self.door.database.reading() as conn:
            found = await page_message_store.file_data(conn, request.path_params["key"], guest.chat)
        if found is None:
            raise HTTPException(404)
        answer = Response(found[1], media_type="application/octet-stream")
        answer.headers["Content-Disposition"] = _attachment(found[0])
        return answer

    async def _take(
        self,
        chat: str,
        name: str,
        *,
        shown: str,
        text: str = "",
        press: str | None = None,
        file: Paper | None = None,
    ) -> None:
        await self.channel.say(chat, name, text=text, press=press, shown=shown, file=file)

    async def _owed(self, conn: AsyncConnection, guest: Guest) -> list[OwedRow]:
        """What the person's units still have to answer, nearest first."""
        units = guest.person.units("focal", "leader") if guest.person else ()
        open_ = [owed for owed in await assignment_store.of_units(conn, units) if owed.is_open]
        said = await progress_store.latest(conn, [owed.id for owed in open_])
        numbers = await self._numbers(guest.person, [owed.id for owed in open_]) if guest.person else {}
        return [OwedRow(owed, numbers[owed.id], said.get((owed.id, None))) for owed in open_]

    async def _numbers(self, person: Person, open_ids: Sequence[int]) -> Mapping[int, int]:
        """Return the numbers of open assignments, the same as in all of a person's chats."""
        owner, now, zone = NumberOwner(person_id=person.id), self.door.now(), self.rules.zone
        numbers = await self.door.database.write(lambda conn: number_items(conn, owner, open_ids, now, zone))
        return {id_: numbers[id_] for id_ in open_ids}

    async def _label(self, guest: Guest, press: str, texts: Texts) -> str:
        """Return what stands on a button: of a message of this talk, or of the list above it."""
        async with self.door.database.reading() as conn:
            messages = await page_message_store.newest(conn, guest.chat, MESSAGES_SHOWN)
        offered = {data: label for message in messages for row in message.choices for label, data in row}
        verb = press.partition(":")[0]
        return offered.get(press) or str(texts(f"own_{verb}" if verb in _ANSWERS else "own_pressed"))

    def _guarded(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint that answers only within a session."""

        async def endpoint(request: Request) -> Response:
            guest = await self._guest(request, FormData())
            if guest is None:
                return RedirectResponse(url_in(request, f"{HERE}/vao"), status_code=303)
            return await answer(request, guest)

        return endpoint

    def _posted(self, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        """Return an endpoint for a form of the page: within a session, and with its token."""

        async def endpoint(request: Request) -> Response:
            if (refused := self._refuse(request, MOST_BYTES + _FORM_ROOM)) is not None:
                return refused
            async with request.form(max_files=1, max_fields=8, max_part_size=_FORM_ROOM) as form:
                guest = await self._guest(request, form)
                if guest is None:
                    return self.door.ask(request, wrong="own_ended")
                if not hmac.compare_digest(str(form.get("csrf", "")), token_of(guest.session)):
                    return sentence(request, self.door.language, "no_token", 403, _HOME)
                return await answer(request, guest)

        return endpoint

    async def _guest(self, request: Request, form: FormData) -> Guest | None:
        session = request.cookies.get(self.door.cookie(request), "")
        if not session:
            return None
        async with self.door.database.reading() as conn:
            found = await own_page_store.find(conn, session, self.door.now())
            if found is None:
                return None
            person = await people_store.find(conn, OWN_PAGE, found.chat, self._today())
        return Guest(session, found.chat, person.name if person else found.name, person, form)

    def _refuse(self, request: Request, most: int = _FORM_ROOM) -> Response | None:
        """Refuse what another site's page could have sent, and what is too long."""
        if not is_own(request, self.public):
            return sentence(request, self.door.language, "foreign", 403, _HOME)
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > most:
            return sentence(request, self.door.language, "too_long", 413, _HOME)
        return None

    def _today(self) -> date:
        return self.door.now().astimezone(self.rules.zone).date()


def own_pages(
    language: str,
    database: Database,
    rules: Rules,
    now: Callable[[], datetime],
    channel: PageChannel | None,
    *,
    secure: bool,
    public: str = "",
    proxies: Sequence[Network] = (),
) -> list[Route]:
    """Return the addresses of people's own pages; none without their channel."""
    if channel is None:
        return []
    return OwnPage(OwnPageDoor(database, now, language, secure, proxies), channel, rules, public).routes()


async def _paper(file: UploadFile) -> Paper:
    name = nfc(file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    return Paper(name[:200], await file.read())


def _without_code(text: str, guest: Guest) -> str:
    """Return a text as it may be shown again: a code that opens something is blotted."""
    split = split_code(text, seated=bool(guest.person and guest.person.seats))
    return split[0] if split else text


def _attachment(name: str) -> str:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
