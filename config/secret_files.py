"""Secrets that stand in files of their own, as containers and systemd hand them over."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, SecretStr
from pydantic_core import PydanticCustomError

ENDING = "_FILE"
"""What stands behind a secret's variable in the name of the one that tells the secret's file."""


def secret_names(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model that are secrets."""
    return tuple(name for name, field in model.model_fields.items() if _is_secret(field.annotation))


def secret_of(written: Mapping[str, str], variable: str) -> str | None:
    """Return the secret in the file that `<variable>_FILE` names; None where that is not set.

    Raises PydanticCustomError, which bears neither the path (it may be the secret itself, set by mistake)
    nor the secret.
    """
    path = written.get(variable + ENDING)
    if not path:
        return None
    if written.get(variable):
        raise PydanticCustomError(
            "secret_twice", "is set beside {other}: set one of the two", {"other": variable}
        )
    try:
        secret = Path(path).read_text(encoding="utf-8-sig").strip()
    except (OSError, ValueError):
        raise PydanticCustomError("secret_unreadable", "names a file that cannot be read as text") from None
    if not secret:
        raise PydanticCustomError("secret_empty", "names a file that is empty")
    return secret


def _is_secret(annotation: Any) -> bool:
    return annotation is SecretStr or any(map(_is_secret, get_args(annotation)))
