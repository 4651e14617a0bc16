"""The door of people's own pages: a link or an invite code opens a session that lasts as long as the link."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.web.rendering import outside
from bot.web.visit import load_page_texts, url_in
from bot.web.visitors import Network, visitor
from bot.web.wrong_tries import note_wrong, seconds_to_wait
from domain.common.text import nfc, squeeze
from services.organisation.invite_codes import hash_code
from storage.database.engine import Database
from storage.organisation import invite_store, own_page_store
from storage.organisation.web_session_store import hash_key

HERE = "/toi"


@dataclass(frozen=True, slots=True)
class OwnPageDoor:
    """Who may come in. `now` is the program's clock, `secure` whether people come by https."""

    database: Database
    now: Callable[[], datetime]
    language: str
    secure: bool
    proxies: Sequence[Network] = ()

    def ask(self, request: Request, *, key: str = "", wrong: str = "", wait: int = 0) -> Response:
        """Show the door. A link brings its `key` along: looking at the door does nothing, pressing opens."""
        texts = load_page_texts(self.language)
        told = texts(wrong, seconds=wait) if wrong else None
        status = 429 if wait else 403 if wrong else 200
        answer = outside(request, "own_page_door", texts, status=status, wrong=told, key=key)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer

    async def enter(self, request: Request, typed: str, name: str) -> tuple[Response, str, str]:
        """Take a link's key or an invite code; return the answer, the page's chat, and the code to join by.

        `name` is what a newcomer calls themselves. The chat is "" where nothing was opened, the code "" where
        a link was.
        """
        key, now, session = squeeze(nfc(typed)), self.now(), secrets.token_urlsafe(32)
        async with self.database.writing() as conn:
            chat, code = await self._open(conn, key, name, session, now)
            if not chat:
                guards = visitor(request, self.proxies), f"key {hash_key(key)[:16]}"
                wait = await seconds_to_wait(conn, guards, now)
                if not wait:
                    await note_wrong(conn, guards, now)
        if not chat:
            return self.ask(request, wrong="wait" if wait else "own_wrong_key", wait=wait), "", ""
        answer = RedirectResponse(url_in(request, HERE), status_code=303)
        answer.set_cookie(
            self.cookie(request),
            session,
            max_age=int(own_page_store.LASTS.total_seconds()),
            path=url_in(request, HERE),
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
        return answer, chat, code

    def cookie(self, request: Request) -> str:
        """Return the name of the cookie that holds the session."""
        return "__Secure-nhacviec-toi" if self.secure else "nhacviec-toi"

    async def _open(
        self, conn: AsyncConnection, key: str, name: str, session: str, now: datetime
    ) -> tuple[str, str]:
        """Open a session; return its chat, and the code where one was typed; both "" for a wrong key."""
        chat = await own_page_store.enter(conn, key, session, now)
        if chat is not None:
            return chat, ""
        if await invite_store.find(conn, hash_code(key), now) is None:
            return "", ""
        chat = own_page_store.new_chat()
        await own_page_store.open_session(conn, chat, name, session, now)
        return chat, key
