"""The web application: the way of one call through faults, token, method and log."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.botapi import log
from tests.botapi.bringing import bring, client, wait_a_little
from tests.botapi.chats import Json
from tests.botapi.errors import Refused, Unanswered, bad_request
from tests.botapi.faults import Faults, Trouble
from tests.botapi.methods import METHODS
from tests.botapi.params import Params, read_params
from tests.botapi.server import Listener
from tests.botapi.updates import MAX_BATCH, Poll
from tests.botapi.world import World

_TOKEN: Final = re.compile(r"\d+:[\w-]+", re.ASCII)
MAX_POLL: Final = 50
OK: Final = 200
WEBHOOK_ACTIVE: Final = "Conflict: can't use getUpdates method while webhook is active"


@dataclass
class _Call:
    """A call while it is under way."""

    method: str
    chat: int | None = None
    status: int = 0
    accepted: bool = False
    description: str = ""
    began: float = field(default_factory=time.monotonic)

    def entry(self) -> log.Request:
        took = time.monotonic() - self.began
        return log.Request(
            self.method, self.chat, self.status, self.accepted, self.began, took, self.description
        )


class App:
    """Answers calls for one world. `token` is the one that is valid now, None after it has been revoked."""

    def __init__(self, world: World, faults: Faults, token: str) -> None:
        self.world = world
        self.faults = faults
        self.token: str | None = token
        self.line: Listener
        self._bringing: asyncio.Task[None] | None = None
        self.asgi = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
            ],
            exception_handlers={404: _not_found},
        )

    async def _call(self, request: Request) -> Response:
        asked = request.path_params["method"]
        name, method = METHODS.get(asked.lower(), (asked, None))
        if asked.lower() == "getupdates":
            return await self._answer(request, "getUpdates", lambda params: self._poll(request, params))

        async def carry_out(params: Params) -> Response:
            if method is None:
                raise Refused(404, "Not Found: method not found")
            with self.world.changed:
                result = method(self.world, params)
            self._bring_by_webhook()
            return _result(result)

        return await self._answer(request, name, carry_out)

    async def _download(self, request: Request) -> Response:
        async def carry_out(_: Params) -> Response:
            with self.world.changed:
                return Response(self.world.files.download(request.path_params["path"]))

        return await self._answer(request, "file", carry_out)

    async def _answer(
        self, request: Request, method: str, carry_out: Callable[[Params], Awaitable[Response]]
    ) -> Response:
        """Carry out a call and log what the caller was told."""
        call = _Call(method)
        try:
            response = await self._amid_faults(request, call, carry_out)
            call.status = response.status_code
        except Refused as refused:
            response, call.status, call.description = refused.response(), refused.code, refused.description
        except Unanswered as unanswered:
            await self.line.cut(request)
            response, call.status = Response(), unanswered.status
        except Exception as crash:
            self.world.log.crashes.append(crash)
            raise
        with self.world.changed:
            self.world.log.requests.append(call.entry())
            self.world.changed.notify_all()
        return response

    async def _amid_faults(
        self, request: Request, call: "_Call", carry_out: Callable[[Params], Awaitable[Response]]
    ) -> Response:
        """Carry out a call amid the faults that are switched on."""
        params = await read_params(request)
        call.chat = params.chat_id
        trouble = self.faults.meet(call.method, call.chat)
        await self.line.pause(trouble.before)
        if spoilt := _spoilt(trouble, after=False):
            return spoilt
        try:
            self._check_token(request.path_params["token"])
            response = await carry_out(params)
        except Refused:
            self.faults.spare(trouble)
            raise
        call.accepted = True
        await self.line.pause(trouble.after)
        return _spoilt(trouble, after=True) or response

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise Refused(404, "Not Found")
        if token != self.token:
            raise Refused(401, "Unauthorized")

    def _bring_by_webhook(self) -> None:
        """Begin to bring updates where a webhook has been set."""
        if self.world.webhook is not None and (self._bringing is None or self._bringing.done()):
            self._bringing = asyncio.create_task(self._bring())

    async def _bring(self) -> None:
        """Bring the oldest update until it is taken, then the next, as long as there is a webhook."""
        async with client() as http:
            while (webhook := self.world.webhook) is not None:
                with self.world.changed:
                    batch = self.world.updates.take(1)
                if not batch or await self._brought(http, webhook, batch[0]) != OK:
                    await wait_a_little()

    async def _brought(self, http: httpx.AsyncClient, webhook: tuple[str, str], update: Any) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": webhook[1]}
        status = await bring(http, webhook[0], self.world.served, headers, update)
        with self.world.changed:
            self.world.brought.append(status)
            if status == OK:
                self.world.updates.confirm(update["update_id"] + 1)
            self.world.changed.notify_all()
        return status

    async def _poll(self, request: Request, params: Params) -> Response:
        if self.world.webhook is not None:
            raise Refused(409, WEBHOOK_ACTIVE)
        offset, limit = params.integer("offset", 0), params.integer("limit", MAX_BATCH)
        timeout = min(max(params.integer("timeout", 0), 0), MAX_POLL)
        allowed = params.structure("allowed_updates")
        if allowed is not None and not isinstance(allowed, list):
            raise bad_request("allowed_updates must be an Array of String")
        updates = self.world.updates
        with self.world.changed:
            updates.confirm(offset)
            if allowed is not None:
                updates.allowed = frozenset(map(str, allowed))

        def take() -> list[Any]:
            with self.world.changed:
                return updates.take(min(max(limit, 1), MAX_BATCH))

        poll = Poll()
        gone = asyncio.create_task(_hung_up(request))
        gone.add_done_callback(lambda _: poll.leave())
        try:
            return _result(await updates.poll(poll, timeout, take))
        finally:
            gone.cancel()


async def _hung_up(request: Request) -> None:
    """Return when the caller closes the connection; the body has been read already."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _spoilt(trouble: Trouble, *, after: bool) -> Response | None:
    fault = trouble.fault
    if fault is None or fault.accepted is not after:
        return None
    if fault.answer is None:
        raise Unanswered(0)
    return fault.answer()


def _result(result: Any) -> Response:
    body: Json = {"ok": True, "result": result}
    return JSONResponse(body)


async def _not_found(_: Request, __: Exception) -> Response:
    return Refused(404, "Not Found").response()
