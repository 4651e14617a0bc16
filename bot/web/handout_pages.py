"""Files for those whose messenger carries none: a page to fetch one, a page to send one."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.guard import is_own
from bot.web.rendering import outside, sentence
from bot.web.visit import load_page_texts
from documents.reading import Unreadable
from documents.reading.proof import look_at
from domain.common.secrecy_names import is_marked_name
from domain.common.text import nfc, squeeze
from handlers.common.conversation import Attachment
from storage.assignments.evidence_files import EvidenceStore, folder_of
from storage.database.engine import Database
from storage.organisation import handout_store

FILE_LIMIT = 20 * 2**20
_REST = 2**16
"""Bytes of a form beside its file."""
_LONGEST_NAME, _LONGEST_TEXT = 120, 1000
_KEY_BYTES = 24

Deliver = Callable[[str, str, str, Attachment], Awaitable[bool]]
"""Takes (channel, chat, words, file) as if it had come by the chat; False where there is no such channel."""


@dataclass(frozen=True, slots=True)
class HandoutPages:
    """The pages behind the links that the chat gives. `public` is the address that people have for them."""

    database: Database
    now: Callable[[], datetime]
    language: str
    public: str
    deliver: Deliver

    def routes(self) -> list[Route]:
        """Return the routes: a GET shows a page and does nothing, for messengers look at links in advance."""
        return [
            Route("/tep/{key}", self._offer),
            Route("/tep/{key}", self._download, methods=["POST"]),
            Route("/gui/{key}", self._form),
            Route("/gui/{key}", self._upload, methods=["POST"]),
        ]

    async def _offer(self, request: Request) -> Response:
        found = await self._find("out", request)
        if found is None:
            return self._gone(request)
        return outside(request, "handout", load_page_texts(self.language), name=found.name)

    async def _download(self, request: Request) -> Response:
        found = await self._find("out", request)
        if found is None:
            return self._gone(request)
        try:
            data = await asyncio.to_thread(self._files.get, found.sha256)
        except OSError:
            return self._gone(request)
        disposition = f"attachment; filename*=UTF-8''{quote(found.name)}"
        return Response(
            data, media_type="application/octet-stream", headers={"Content-Disposition": disposition}
        )

    async def _form(self, request: Request) -> Response:
        return await self._show_form(request)

    async def _show_form(self, request: Request, told: str = "", status: int = 200) -> Response:
        if await self._find("form", request) is None:
            return self._gone(request)
        return outside(request, "upload", load_page_texts(self.language), told=told, status=status)

    async def _upload(self, request: Request) -> Response:
        """Take one file, as if it had come by the chat; the answer comes there."""
        found = await self._find("form", request)
        if found is None or not is_own(request, self.public):
            return self._gone(request)
        if int(request.headers.get("content-length") or FILE_LIMIT * 2) > FILE_LIMIT + _REST:
            return await self._show_form(request, "upload_too_big", 413)
        async with request.form(max_files=1, max_fields=1) as form:
            upload, text = form.get("tep"), form.get("loi")
            if not isinstance(upload, UploadFile) or not upload.filename:
                return await self._show_form(request, "upload_none", 400)
            data = await upload.read()
            name = squeeze(nfc(PurePath(upload.filename).name))[-_LONGEST_NAME:]
        if is_marked_name(name) or await _is_marked(data):
            return await self._show_form(request, "upload_secret", 400)
        words = squeeze(nfc(text))[:_LONGEST_TEXT] if isinstance(text, str) else ""
        is_taken = await self._take(found, name, data, words)
        return await self._show_form(
            request, "upload_taken" if is_taken else "failed", 200 if is_taken else 503
        )

    async def _take(self, form: handout_store.Handout, name: str, data: bytes, words: str) -> bool:
        try:
            sha256 = await asyncio.to_thread(self._files.put, data)
        except OSError:
            return False
        key = secrets.token_urlsafe(_KEY_BYTES)
        async with self.database.writing() as conn:
            await handout_store.add_in(conn, key, form.channel, form.chat, name, sha256, self.now())
        return await self.deliver(form.channel, form.chat, words, Attachment(name, len(data), key))

    async def _find(self, kind: str, request: Request) -> handout_store.Handout | None:
        async with self.database.reading() as conn:
            return await handout_store.find(conn, kind, request.path_params["key"], self.now())

    def _gone(self, request: Request) -> Response:
        return sentence(request, self.language, "link_gone", 404, home=None)

    @property
    def _files(self) -> EvidenceStore:
        return EvidenceStore(folder_of(self.database.path))


async def _is_marked(data: bytes) -> bool:
    """Whether a document bears a secrecy mark: it is not even kept for a moment then."""
    try:
        await look_at(data)
    except Unreadable as unreadable:
        return unreadable.reason == "secret"
    return False
