"""JSON from outside, made fit for the database."""

from typing import Any, Final

_DEEPEST: Final = 32


def storable(value: Any, depth: int = 0) -> Any:
    """Return JSON data without half characters, which no database takes, and no deeper than any real one."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if depth > _DEEPEST:
        return None
    if isinstance(value, list):
        return [storable(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {storable(key, depth): storable(part, depth + 1) for key, part in value.items()}
    return value
