"""Files that went through the bot, either way."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from tests.botapi.errors import Refused, bad_request

MAX_DOWNLOAD: Final = 20 * 1024 * 1024
MAX_UPLOAD: Final = 50 * 1024 * 1024
MAX_PHOTO: Final = 10 * 1024 * 1024
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in a chat: `kind` is "document" or "photo"; `id` is what getFile takes."""

    id: str
    kind: str
    name: str
    data: bytes

    @property
    def unique_id(self) -> str:
        return hashlib.sha256(self.id.encode()).hexdigest()[:16]

    @property
    def path(self) -> str:
        suffix = PurePosixPath(self.name).suffix
        number = self.id.rpartition("-")[2]
        return f"{self.kind}s/file_{number}{suffix if re.fullmatch(r'[.][0-9A-Za-z]+', suffix) else ''}"

    def as_json(self) -> object:
        """Return the value of the message's field `kind`: a Document, or a list of PhotoSize."""
        common = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": len(self.data)}
        if self.kind == "photo":
            return [{**common, "width": 90, "height": 90}]
        mime = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        return {**common, "file_name": self.name, "mime_type": mime}


class Files:
    """All files of one server. Call it under the world's lock."""

    def __init__(self) -> None:
        self._by_id: dict[str, SentFile] = {}
        self._by_path: dict[str, SentFile] = {}

    def add(self, kind: str, name: str, data: bytes) -> SentFile:
        """Keep what a user or the bot sends; raise Refused where Telegram would not take it."""
        if not data:
            raise bad_request("file must be non-empty")
        if len(data) > (MAX_PHOTO if kind == "photo" else MAX_UPLOAD):
            raise Refused(413, "Request Entity Too Large")
        if kind == "photo" and not data.startswith(_IMAGES):
            raise bad_request("IMAGE_PROCESS_FAILED")
        file = SentFile(f"{kind.upper()}-{len(self._by_id) + 1}", kind, name, data)
        self._by_id[file.id] = file
        self._by_path[file.path] = file
        return file

    def get(self, file_id: str) -> SentFile:
        if file_id not in self._by_id:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def describe(self, file_id: str) -> dict[str, object]:
        """Return getFile's answer; files over 20 MB cannot be had."""
        if file_id not in self._by_id:
            raise bad_request("invalid file_id")
        file = self._by_id[file_id]
        if len(file.data) > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        return {
            "file_id": file.id,
            "file_unique_id": file.unique_id,
            "file_size": len(file.data),
            "file_path": file.path,
        }

    def download(self, path: str) -> bytes:
        if path not in self._by_path:
            raise Refused(404, "Not Found")
        return self._by_path[path].data
