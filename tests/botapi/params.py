"""The parameters of a call, however they came: query, form, multipart or JSON."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from tests.botapi.errors import Unanswered, bad_request

_HUNG_UP = 499


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Values as they came (strings from a form, anything from JSON), read as what a method wants."""

    values: dict[str, Any]
    uploads: dict[str, Upload]

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        if isinstance(value, bool | dict | list):
            raise bad_request(f'field "{name}" must be of type String')
        return "" if value is None else str(value)

    def integer(self, name: str, default: int | None = None) -> int:
        """Return a whole number; without a default an absent one is refused."""
        value = self.text(name)
        if not value and default is not None:
            return default
        try:
            return int(value)
        except ValueError:
            raise bad_request(f"{name} is invalid or empty") from None

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def structure(self, name: str) -> Any:
        """Return an object or a list that came as such or as a JSON string; None when absent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    @property
    def chat_id(self) -> int | None:
        """The call's chat, None where there is none or no number."""
        try:
            return int(self.text("chat_id"))
        except ValueError:
            return None

    def upload(self, name: str) -> Upload | str:
        """Return the file sent under a name (also by "attach://..."), else the string there, a file_id."""
        value = self.text(name)
        key = value.removeprefix("attach://") if value.startswith("attach://") else name
        if key in self.uploads:
            return self.uploads[key]
        if not value:
            raise bad_request(f"there is no {name} in the request")
        return value


async def read_params(request: Request) -> Params:
    """Read query and body; raise Refused (400) for a body that cannot be read."""
    values: dict[str, Any] = dict(request.query_params)
    uploads: dict[str, Upload] = {}
    try:
        await _read_body(request, values, uploads)
    except ClientDisconnect:
        raise Unanswered(_HUNG_UP) from None
    return Params(values, uploads)


async def _read_body(request: Request, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        values |= await _json_body(request)
    elif kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        try:
            async with request.form() as form:
                for name, value in form.multi_items():
                    if isinstance(value, UploadFile):
                        uploads[name] = Upload(value.filename or "file", await value.read())
                    else:
                        values[name] = value
        except HTTPException as error:
            raise bad_request(f"can't parse the form: {error.detail}") from None


async def _json_body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.body() or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body
