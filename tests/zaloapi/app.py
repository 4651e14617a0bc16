"""The web application: the methods, and the bringing of updates."""

import asyncio
import ipaddress
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.botapi.bringing import bring, client
from tests.botapi.errors import Unanswered
from tests.botapi.server import Listener
from tests.zaloapi.state import Call, State, ZaloMessage

_LONGEST_TEXT: Final = 2000
_TRIES: Final = 20
_BETWEEN: Final = 0.2


class Refusal(Exception):
    """An answer of "ok": false: the code in the envelope, and the status under which it comes."""

    def __init__(self, code: int, description: str, status: int = 200) -> None:
        super().__init__(description)
        self.code, self.description, self.status = code, description, status


class App:
    """Answers calls for one bot."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.line: Listener
        self.asgi = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._call, methods=["POST"]),
                Route("/files/{name}", self._file),
            ]
        )
        self._bell = asyncio.Event()
        self._bringing: asyncio.Task[None] | None = None

    async def _file(self, request: Request) -> Response:
        data = self.state.files.get(request.path_params["name"])
        return Response(data) if data is not None else Response(status_code=404)

    async def _call(self, request: Request) -> Response:
        self._listen()
        method, body = request.path_params["method"], await request.json()
        try:
            self._check_token(request.path_params["token"])
            result = await self._methods()[method](body)
        except Refusal as refused:
            self._note(Call(method, refused.code, body))
            envelope = {"ok": False, "description": refused.description, "error_code": refused.code}
            return JSONResponse(envelope, refused.status)
        except Unanswered:
            await self.line.cut(request)
            return Response()
        self._note(Call(method, 0, body))
        if isinstance(result, Response):
            return result
        if method == "sendMessage" and self.state.spoilt:
            self.state.spoilt -= 1
            await self.line.cut(request)
            return Response()
        return JSONResponse({"ok": True, "result": result})

    def _check_token(self, token: str) -> None:
        if self.state.revoked or token != self.state.token:
            raise Refusal(401, "Unauthorized", 401)

    def _note(self, call: Call) -> None:
        with self.state.changed:
            self.state.calls.append(call)
            self.state.changed.notify_all()

    def _methods(self) -> dict[str, Callable[[Any], Awaitable[Any]]]:
        return {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "sendMessage": self._send_message,
        }

    async def _get_me(self, _: Any) -> Any:
        bot = self.state.token.partition(":")[0]
        return {"id": bot, "account_name": self.state.name, "account_type": "BASIC", "can_join_groups": False}

    async def _set_webhook(self, body: Any) -> Any:
        url, secret = str(body.get("url", "")), str(body.get("secret_token", ""))
        host = urlsplit(url).hostname or ""
        if not url.startswith("https://") or "." not in host or _is_number(host):
            raise Refusal(400, "Bad Request: webhook url must be a public https address")
        if not 8 <= len(secret) <= 256:
            raise Refusal(400, "Bad Request: secret_token must have 8 to 256 characters")
        with self.state.changed:
            self.state.webhook = (url, secret)
        return {"url": url, "updated_at": int(time.time() * 1000)}

    async def _delete_webhook(self, _: Any) -> Any:
        with self.state.changed:
            self.state.webhook = None
        return {"url": "", "updated_at": int(time.time() * 1000)}

    async def _webhook_info(self, _: Any) -> Any:
        return {"url": self.state.webhook[0] if self.state.webhook else "", "updated_at": 0}

    async def _send_message(self, body: Any) -> Any:
        if self.state.refusals:
            status, envelope = self.state.refusals.popleft()
            return Response(envelope, status) if isinstance(envelope, str) else JSONResponse(envelope, status)
        text, chat = body.get("text"), body.get("chat_id")
        if not isinstance(text, str) or not 1 <= len(text.encode("utf-16-le")) // 2 <= _LONGEST_TEXT:
            raise Refusal(400, "Bad Request: text must have 1 to 2000 characters")
        if body.get("text_styles") and not self.state.takes_styles:
            raise Refusal(400, "Bad Request: text_styles")
        if chat not in self.state.known:
            raise Refusal(400, "Bad Request: chat not found")
        with self.state.changed:
            if self.state.quota is not None:
                if self.state.quota <= 0:
                    raise Refusal(429, "Quota exceeded")
                self.state.quota -= 1
            number = f"sent-{len(self.state.sent) + 1}"
            styles = tuple((s["start"], s["len"], s["st"][0]) for s in body.get("text_styles", ()))
            self.state.sent.append(ZaloMessage(chat, text, styles, number))
            self.state.changed.notify_all()
        return {"message_id": number, "date": int(time.time() * 1000)}

    async def _get_updates(self, body: Any) -> Any:
        if self.state.webhook is not None:
            raise Refusal(400, "Bad Request: a webhook is set")
        if not isinstance(body.get("timeout"), str):
            raise Refusal(400, "Bad Request: timeout must be a string")
        with self.state.changed:
            self.state.polls += 1
            self.state.changed.notify_all()
            self.state.changed.notify_all()
        try:
            end = time.monotonic() + min(float(body["timeout"]), 1.0)
            while time.monotonic() < end:
                with self.state.changed:
                    if self.state.news:
                        return self.state.news.popleft()
                await self.line.pause(0.02)
        finally:
            with self.state.changed:
                self.state.polls -= 1
        raise Refusal(408, "Request timeout")

    def _listen(self) -> None:
        """Begin to bring updates, in the loop that answers calls."""
        if self._bringing is None:
            loop = asyncio.get_running_loop()
            self._bringing = loop.create_task(self._bring_all())
            self.state.ring = lambda: loop.call_soon_threadsafe(self._bell.set)

    async def _bring_all(self) -> None:
        async with client() as http:
            while True:
                await self._bell.wait()
                self._bell.clear()
                while self.state.webhook is not None and self.state.news:
                    await self._bring(http, self.state.news.popleft())

    async def _bring(self, http: httpx.AsyncClient, event: Any) -> None:
        body = {"ok": True, "result": event} if self.state.wrapped else event
        for _ in range(_TRIES):
            if self.state.webhook is None:
                return
            url, secret = self.state.webhook
            status = await bring(http, url, self.state.proxied, {"X-Bot-Api-Secret-Token": secret}, body)
            with self.state.changed:
                self.state.brought.append(status)
                self.state.changed.notify_all()
            if status == 200:
                return
            await asyncio.sleep(_BETWEEN)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
