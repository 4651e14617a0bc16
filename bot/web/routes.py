"""The application: every address of the pages in one table."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from bot.web import (
    contacts_page,
    cycle_page,
    draft_page,
    ledger_page,
    letter_page,
    overview_page,
    passage_page,
    plan_page,
    recall_page,
    register_page,
    report_page,
    unit_pages,
    waiting_page,
    waiting_questions,
)
from bot.web.api_server import PREFIX
from bot.web.calendar_feed import CalendarFeed
from bot.web.guard import FONTS, HEADERS, NotTooOften, SecurityHeaders
from bot.web.plan_corrections import correct
from bot.web.rendering import STATIC, sentence
from bot.web.sign_in import Door
from bot.web.visit import Answer
from bot.web.visitors import Network
from services.common.rules import Rules
from storage.database.engine import Database

PRIVATE = {**HEADERS, "Cache-Control": "no-store"}
REVALIDATED = {**HEADERS, "Cache-Control": "private, no-cache"}
LASTING = {**HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
"""Of styles and scripts, whose addresses change with them; nothing of anybody's work is in them."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address within the pages, and what answers there; `writes` where something is changed by a POST."""

    path: str
    answer: Answer
    writes: bool = False
    takes_file: bool = False
    """Whether a POST brings a file, which is only looked at."""


PLACES: tuple[Place, ...] = (
    Place("/", overview_page.page),
    Place(waiting_page.HERE, waiting_page.page),
    Place(f"{waiting_page.HERE}/cau-hoi/{{question:int}}", waiting_questions.answer, writes=True),
    Place(f"{waiting_page.HERE}/gia-han/{{wish:int}}", waiting_page.decide, writes=True),
    Place(f"{waiting_page.HERE}/bao-cao/{{assignment:int}}", waiting_page.judge, writes=True),
    Place("/ke-hoach", plan_page.listing),
    Place("/ke-hoach/{plan:int}", plan_page.page),
    Place("/ke-hoach/{plan:int}/xac-nhan", draft_page.confirm, writes=True),
    Place("/ke-hoach/{plan:int}/nhip", draft_page.choose, writes=True),
    Place("/ke-hoach/{plan:int}/ban-moi", draft_page.settle_likeness, writes=True),
    Place("/ke-hoach/{plan:int}/doan", passage_page.settle, writes=True),
    Place("/ke-hoach/{plan:int}/hoan-tac", passage_page.undo, writes=True),
    Place("/ke-hoach/{plan:int}/bo", draft_page.discard, writes=True),
    Place("/ke-hoach/{plan:int}/ban-sau", draft_page.amend, writes=True),
    Place("/ke-hoach/{plan:int}/quen-sua", plan_page.forget, writes=True),
    Place("/ke-hoach/{plan:int}/thu-hoi", recall_page.recall, writes=True),
    Place("/ke-hoach/{plan:int}/trang/{page:int}", draft_page.picture),
    Place("/ke-hoach/{plan:int}/{key}", plan_page.clause),
    Place("/ke-hoach/{plan:int}/{key}/sua", correct, writes=True),
    Place("/don-vi", unit_pages.listing),
    Place(register_page.HERE, register_page.page),
    Place(register_page.HERE, register_page.preview, takes_file=True),
    Place(f"{register_page.HERE}/luu", register_page.store, writes=True),
    Place(f"{register_page.HERE}/quen", register_page.forget, writes=True),
    Place("/don-vi/{unit:int}", unit_pages.page),
    Place("/don-vi/vai/{seat:int}", unit_pages.end_seat, writes=True),
    Place("/don-vi/ma-moi", unit_pages.codes, writes=True),
    Place("/don-vi/{unit:int}/minh-chung/{file:int}", unit_pages.proof),
    Place("/bao-cao", report_page.page),
    Place("/bao-cao/{plan:int}/{ending}", report_page.download),
    Place("/sau-ky", cycle_page.page),
    Place("/sau-ky/{plan:int}/xlsx", cycle_page.download),
    Place("/nhac", ledger_page.page),
    Place(contacts_page.HERE, contacts_page.page),
    Place(letter_page.HERE, letter_page.page),
    Place(f"{letter_page.HERE}/tai", letter_page.download),
)


def dashboard_app(
    database: Database,
    rules: Rules,
    now: Callable[[], datetime],
    language: str,
    *,
    secure: bool,
    hosts: Sequence[str] = ("*",),
    more: Sequence[Route] = (),
    own: Sequence[Route] = (),
    public: str = "",
    proxies: Sequence[Network] = (),
    api: ASGIApp | None = None,
) -> Starlette:
    """Build the pages. `language` is that of the door; inside, each person's own.

    `secure` tells that people come by https; `hosts` are the names under which the pages answer; `more` are
    routes beside them that need no session, such as /healthz; `own` are those of people's own pages; `public`
    is the address that people have for the pages, which a proxy may serve under another name than ours;
    `proxies` are those whose X-Forwarded-For counts; `api` is served beside them.
    """
    door = Door(database, rules, now, language, secure, public, proxies)
    guards = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
        Middleware(NotTooOften, proxies, _too_often(language)),
    ]
    inside = _inside(door, [CalendarFeed(database, rules, now).route(), *own])
    static, fonts = (SecurityHeaders(StaticFiles(directory=each), LASTING) for each in (STATIC, FONTS))
    pages = Starlette(
        routes=[*more, Mount("/", routes=inside, middleware=guards)],
        exception_handlers={HTTPException: _wrong(language), Exception: _failed(language)},
    )
    private = SecurityHeaders(pages, PRIVATE)
    beside = [Mount(PREFIX, app=SecurityHeaders(api, REVALIDATED))] if api is not None else []
    return Starlette(
        routes=[Mount("/static", app=static), Mount("/fonts", app=fonts), *beside, Mount("/", app=private)]
    )


def _inside(door: Door, own: Sequence[Route]) -> list[Route]:
    """Return the routes behind the guards: the door, those that know their people themselves, the pages."""
    pages = (
        Route(
            place.path,
            door.guarded(place.answer, writes=place.writes, takes_file=place.takes_file),
            methods=["POST"] if place.writes or place.takes_file else ["GET"],
        )
        for place in PLACES
    )
    return [
        Route("/vao", door.landing),
        Route("/vao", door.enter, methods=["POST"]),
        *own,
        Route("/ra", door.guarded(door.leave, writes=True), methods=["POST"]),
        *pages,
    ]


_Handler = Callable[[Request, Exception], Awaitable[Response]]


def _wrong(language: str) -> _Handler:
    async def told(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return sentence(request, language, "not_found" if status == 404 else "not_taken", status)

    return told


def _too_often(language: str) -> Callable[[Request, int], Response]:
    def told(request: Request, seconds: int) -> Response:
        answer = sentence(request, language, "too_often", 429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    return told


def _failed(language: str) -> _Handler:
    async def told(request: Request, _: Exception) -> Response:
        return sentence(request, language, "failed", 500)

    return told
