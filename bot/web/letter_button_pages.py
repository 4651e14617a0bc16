"""The pages behind the buttons of letters: a look changes nothing, a press does it once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.rendering import outside, sentence
from bot.web.visit import load_page_texts
from storage.database.engine import Database
from storage.organisation import handout_store
from storage.organisation.handout_store import LetterButton

Press = Callable[[LetterButton], Awaitable[bool]]
"""Takes a button as pressed in its chat; False where nothing is taken now."""


@dataclass(frozen=True, slots=True)
class LetterButtonPages:
    """What answers at the links that stand in letters. The key in a link is what proves whose it is."""

    database: Database
    now: Callable[[], datetime]
    language: str
    press: Press

    def routes(self) -> list[Route]:
        """Return the routes. Scanners of mail follow every link by GET; programs that take back a list's
        letters press by POST (RFC 8058)."""
        return [
            Route("/nut/{key}", self._ask),
            Route("/nut/{key}", self._pressed, methods=["POST"]),
        ]

    async def _ask(self, request: Request) -> Response:
        async with self.database.reading() as conn:
            button = await handout_store.find_button(conn, request.path_params["key"], self.now())
        if button is None:
            return self._gone(request)
        return outside(request, "letter_button", load_page_texts(self.language), label=button.label)

    async def _pressed(self, request: Request) -> Response:
        """Press the button in its chat; the answer comes there."""
        key = request.path_params["key"]
        async with self.database.reading() as conn:
            button = await handout_store.find_button(conn, key, self.now())
        if button is None:
            return self._gone(request)
        # Two presses at a time are one update: they bear the same id.
        if not await self.press(button):
            return sentence(request, self.language, "own_not_now", 503, home=None)
        async with self.database.writing() as conn:
            await handout_store.use_button(conn, key)
        return sentence(request, self.language, "letter_pressed", 200, home=None)

    def _gone(self, request: Request) -> Response:
        return sentence(request, self.language, "letter_button_gone", 404, home=None)
