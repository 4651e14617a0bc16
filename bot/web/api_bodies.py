"""What a call of the API that writes sends: its key and its body."""

import hashlib
from typing import TypeVar

from pydantic import ValidationError
from starlette.requests import Request

from bot.web.api_calls import ApiRefusal
from bot.web.api_models import ApiModel

LONGEST_KEY = 100
_LARGEST = 64 * 1024
_BodyT = TypeVar("_BodyT", bound=ApiModel)


def key_of(request: Request) -> str:
    """Return the idempotency key of a call. Raises ApiRefusal where there is none that can be one."""
    key = request.headers.get("idempotency-key", "").strip()
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise ApiRefusal("no_key")
    return key


async def body_of(model: type[_BodyT], request: Request) -> tuple[_BodyT, str]:
    """Return the body of a call, and the hash of what the call asks. Raises ApiRefusal where it is wrong."""
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _LARGEST:
            raise ApiRefusal("bad_body", names=f"> {_LARGEST}")
    try:
        body = model.model_validate_json(bytes(raw))
    except ValidationError as wrong:
        names = dict.fromkeys(
            str(error["loc"][0] if error["loc"] else error["type"]) for error in wrong.errors()
        )
        raise ApiRefusal("bad_body", names=", ".join(names)) from None
    asked = f"{request.url.path}\n{body.model_dump_json()}".encode()
    return body, hashlib.sha256(asked).hexdigest()
