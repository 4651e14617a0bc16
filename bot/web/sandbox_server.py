"""The web server: the sandbox's page with its data, and /healthz."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path, PurePath
from typing import Protocol
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.channels.sandbox import RefusedError, WebChannel
from bot.web.guard import FONTS, SecurityHeaders, is_own
from bot.web.sandbox_draft_panel import NotTakenError
from bot.web.sandbox_view import PICTURES, Mark, day_label, state
from domain.common.text import nfc
from domain.plans.correction_replies import Verb
from handlers.common.conversation import Choice, Paper, plain

LOCAL_HOSTS = ("127.0.0.1", "localhost")
"""Host names that the sandbox answers to. Others are refused, so that no foreign page can reach it by DNS."""

SAY_LIMIT = 64 * 2**10
FILE_LIMIT = 20 * 2**20
FURTHEST = timedelta(days=731)
ARRIVAL = time(9, 0)
"""The time of day at which one arrives on a chosen day: the nudges of that morning are out."""

_BARE: tuple[Verb, ...] = ("right", "drop")
"""What can be said of an item of a draft without further words."""

_FILES = Path(__file__).parent / "sandbox"

Healthy = Callable[[], Awaitable[dict[str, object]]]


class SandboxClock(Protocol):
    """The program's clock, as the sandbox may move it."""

    def now(self) -> datetime:
        """Return the local time."""

    async def advance(self, to: datetime) -> None:
        """Move the clock forward day by day; what falls due meanwhile is done."""


class Drafts(Protocol):
    """The plans that wait to be confirmed, as the page shows and corrects them."""

    async def waiting(self, phones: Sequence[str]) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return id ("plan") and "name" of each draft that a phone's owner may confirm, the newest first."""

    async def show(self, phone: str, plan_id: int) -> dict[str, object]:
        """Return one of these drafts as JSON-safe values. Raises RefusedError."""

    async def save(self, phone: str, plan_id: int, key: str, changes: Mapping[Verb, str]) -> str:
        """Correct one item of it; return what is so now. Raises RefusedError, NotTakenError."""

    async def confirm(self, phone: str, plan_id: int) -> Choice:
        """Return the button by which one of these drafts goes live. Raises RefusedError."""


def sandbox_app(
    channel: WebChannel,
    calendar: SandboxClock,
    title: str,
    healthy: Healthy,
    marks: Sequence[Mark],
    texts: Mapping[str, str],
    hosts: Sequence[str] = LOCAL_HOSTS,
    drafts: Drafts | None = None,
) -> Starlette:
    """Build the sandbox's web application.

    `title` is the plan's short name; `marks` is read anew at each request; `texts` are those of
    config/texts/sandbox.*.toml; `hosts` are the host names, without port, under which the page may be opened;
    without `drafts` there are none on the page.
    """
    sandbox = _Sandbox(channel, calendar, title, marks, texts, drafts)
    guards = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)]
    return Starlette(
        routes=[health_route(healthy), Mount("/", routes=sandbox.routes(), middleware=guards)],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={
            RefusedError: sandbox.refused,
            NotTakenError: sandbox.not_taken,
            HTTPException: sandbox.not_found,
            Exception: sandbox.failed,
        },
    )


def health_route(healthy: Healthy) -> Route:
    """Return the route /healthz: the report as JSON, with 200 where its "ok" is true and 503 otherwise."""

    async def healthz(_: Request) -> Response:
        report = await healthy()
        return JSONResponse(report, status_code=200 if report.get("ok") else 503)

    return Route("/healthz", healthz)


def ready_route(ready: Callable[[], bool]) -> Route:
    """Return the route /readyz: 200 while what people say is taken, 503 at the start and at the end."""

    async def readyz(_: Request) -> Response:
        is_ready = ready()
        return JSONResponse({"ready": is_ready}, status_code=200 if is_ready else 503)

    return Route("/readyz", readyz)


def health_app(healthy: Healthy, more: Sequence[Route] = ()) -> Starlette:
    """Build an application that has nothing but /healthz, and what else a machine reads."""
    return Starlette(routes=[health_route(healthy), *more])


class _Sandbox:
    """The page's requests. Whatever is not taken is a RefusedError, shown as one sentence."""

    def __init__(
        self,
        channel: WebChannel,
        calendar: SandboxClock,
        title: str,
        marks: Sequence[Mark],
        texts: Mapping[str, str],
        drafts: Drafts | None,
    ) -> None:
        self._channel = channel
        self._drafts = drafts
        self._calendar = calendar
        self._title = title
        self._marks = marks
        self._texts = texts
        self._moving = asyncio.Lock()
        pages = Environment(loader=FileSystemLoader(_FILES), autoescape=True, undefined=StrictUndefined)
        self._page = pages.get_template("page.html")

    def routes(self) -> list[Route | Mount]:
        return [
            Route("/", self.page),
            Route("/api/state", self.state),
            Route("/api/say", self.say, methods=["POST"]),
            Route("/api/press", self.press, methods=["POST"]),
            Route("/api/file", self.send_file, methods=["POST"]),
            Route("/api/shown-as", self.show_as, methods=["POST"]),
            Route("/api/clock", self.clock, methods=["POST"]),
            Route("/api/draft", self.draft),
            Route("/api/draft", self.correct, methods=["POST"]),
            Route("/api/draft/confirm", self.confirm, methods=["POST"]),
            Route("/files/{key}", self.download),
            Mount("/static", StaticFiles(directory=_FILES)),
            Mount("/fonts", StaticFiles(directory=FONTS)),
        ]

    async def page(self, _: Request) -> Response:
        now = self._calendar.now()
        return HTMLResponse(
            self._page.render(
                title=self._title,
                phones=list(self._channel.phones.values()),
                texts=dict(self._texts),
                today=day_label(now.date(), self._texts),
            )
        )

    async def state(self, request: Request) -> Response:
        after = request.query_params.get("after", "0")
        if not after.isdecimal():
            raise RefusedError("error_request")
        now = self._calendar.now()
        view = state(self._channel, now, self._marks, self._texts, after=int(after))
        drafts = await self._drafts.waiting(list(self._channel.phones)) if self._drafts else {}
        return JSONResponse({**view, "drafts": dict(drafts), "moving": self._moving.locked()})

    async def say(self, request: Request) -> Response:
        body = await _json(request)
        text = nfc(_word(body, "text")).strip()
        if not text:
            raise RefusedError("error_empty")
        await self._channel.say(_word(body, "phone"), text=text)
        return JSONResponse({"ok": True})

    async def press(self, request: Request) -> Response:
        body = await _json(request)
        await self._channel.say(_word(body, "phone"), press=_word(body, "data"))
        return JSONResponse({"ok": True})

    async def show_as(self, request: Request) -> Response:
        """Show a phone as one of another channel."""
        body = await _json(request)
        self._channel.show_as(_word(body, "phone"), _word(body, "manner"))
        return JSONResponse({"ok": True})

    async def send_file(self, request: Request) -> Response:
        _check(request, "multipart/form-data", FILE_LIMIT + SAY_LIMIT)
        async with request.form(max_files=1, max_fields=2) as form:
            phone, upload, caption = form.get("phone"), form.get("file"), form.get("text", "")
            is_typed = isinstance(phone, str) and isinstance(caption, str)
            if not is_typed or not isinstance(upload, UploadFile):
                raise RefusedError("error_request")
            data = await upload.read()
        if len(data) > FILE_LIMIT:
            raise RefusedError("error_file_size", 413)
        text = nfc(str(caption)).strip()
        if len(text) > SAY_LIMIT:
            raise RefusedError("error_request")
        await self._channel.say(str(phone), text=text, file=Paper(_bare(upload.filename), data))
        return JSONResponse({"ok": True})

    async def clock(self, request: Request) -> Response:
        """Move to a day ({"to": "2026-06-15"}, arriving at 9:00) or by some days ({"days": 7})."""
        to = self._target(await _json(request))
        if self._moving.locked():
            raise RefusedError("error_moving", 409)
        async with self._moving:
            await self._calendar.advance(to)
        return JSONResponse({"ok": True})

    async def draft(self, request: Request) -> Response:
        plan_id = request.query_params.get("plan", "")
        if self._drafts is None or not plan_id.isdecimal():
            raise RefusedError("error_draft", 409)
        return JSONResponse(await self._drafts.show(request.query_params.get("phone", ""), int(plan_id)))

    async def correct(self, request: Request) -> Response:
        """Save one item of a draft: its units, its dates ("": nobody is asked), that it is right or out."""
        body = await _json(request)
        drafts, plan_id = self._named(body)
        changes: dict[Verb, str] = {verb: "" for verb in _BARE if body.get(verb) is True}
        if "units" in body:
            changes["who"] = nfc(_word(body, "units"))
        if "dates" in body:
            words = nfc(_word(body, "dates")).strip()
            changes["when" if words else "quiet"] = words
        told = await drafts.save(_word(body, "phone"), plan_id, _word(body, "key"), changes)
        return JSONResponse({"ok": True, "told": told})

    async def confirm(self, request: Request) -> Response:
        """Press the button that lets a draft go live, whether or not the chat has shown it."""
        body = await _json(request)
        drafts, plan_id = self._named(body)
        phone = _word(body, "phone")
        button = await drafts.confirm(phone, plan_id)
        await self._channel.say(phone, press=button.data, label=button.label)
        return JSONResponse({"ok": True})

    def _named(self, body: Mapping[str, object]) -> tuple[Drafts, int]:
        """Return the drafts, and the id of the one that a request is about."""
        plan_id = body.get("plan")
        if self._drafts is None or not isinstance(plan_id, int):
            raise RefusedError("error_request")
        return self._drafts, plan_id

    async def download(self, request: Request) -> Response:
        paper = self._channel.file(request.path_params["key"])
        if paper is None:
            raise RefusedError("error_file_gone", 404)
        picture = PICTURES.get(PurePath(paper.name).suffix.lower())
        disposition = "inline" if picture else "attachment"
        return Response(
            paper.data,
            media_type=picture or "application/octet-stream",
            headers={"Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(paper.name, safe='')}"},
        )

    async def refused(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, RefusedError):
            raise error
        return self._sentence(error.why, error.status)

    async def not_taken(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, NotTakenError):
            raise error
        return JSONResponse({"error": plain(error.told)}, status_code=422)

    async def not_found(self, _: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        return self._sentence("error_request", status)

    async def failed(self, _: Request, __: Exception) -> Response:
        return self._sentence("error_failed", 500)

    def _sentence(self, key: str, status: int) -> Response:
        return JSONResponse({"error": self._texts[key]}, status_code=status)

    def _target(self, body: Mapping[str, object]) -> datetime:
        now, days, to = self._calendar.now(), body.get("days"), body.get("to")
        if isinstance(days, int) and abs(days) <= FURTHEST.days:
            target = now + timedelta(days=days)
        else:
            target = datetime.combine(_day(to), ARRIVAL, tzinfo=now.tzinfo)
        if target <= now:
            raise RefusedError("error_past")
        if target - now > FURTHEST:
            raise RefusedError("error_far")
        return target


def _check(request: Request, media_type: str, limit: int) -> None:
    """Refuse what another site's page could have sent, another kind of body, and one that is too long."""
    if not is_own(request):
        raise RefusedError("error_origin", 403)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != media_type:
        raise RefusedError("error_request", 415)
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise RefusedError("error_request", 411)
    if int(length) > limit:
        raise RefusedError("error_file_size" if limit > FILE_LIMIT else "error_long", 413)


async def _json(request: Request) -> dict[str, object]:
    _check(request, "application/json", SAY_LIMIT)
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise RefusedError("error_request") from None
    if not isinstance(body, dict):
        raise RefusedError("error_request")
    return body


def _word(body: Mapping[str, object], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise RefusedError("error_request")
    return value


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise RefusedError("error_request") from None


def _bare(name: str | None) -> str:
    """Return a file's name without the folders that some browsers send along, never empty."""
    return nfc(PurePath((name or "").replace("\\", "/")).name)[-120:] or "file"
