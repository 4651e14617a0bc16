"""A person's name in what was written down for others: stored messages, and the buttons they offer."""

import json
import re
from collections.abc import Callable
from typing import Any

from markupsafe import escape
from sqlalchemy import Column, ColumnElement, or_

from domain.common.text import fold

_GONE = "…"


def naming(column: Column[str], name: str) -> ColumnElement[bool]:
    """Whether a column with a text may hold a name."""
    return or_(*(column.contains(spelling, autoescape=True) for spelling in _spellings(name)))


def struck(text: str, name: str) -> str:
    """Return a text with an ellipsis wherever the name stands as words of its own."""
    alone = "|".join(rf"(?<!\w){re.escape(spelling)}(?!\w)" for spelling in _spellings(name))
    return re.sub(alone, _GONE, text)


def holding(column: Column[str], name: str) -> ColumnElement[bool]:
    """Whether a column with JSON may hold a name."""
    told = (json.dumps(spelling, ensure_ascii=False)[1:-1] for spelling in _spellings(name))
    return or_(*(column.contains(spelling, autoescape=True) for spelling in told))


def blotted(written: str, name: str) -> str:
    """Return JSON with the name struck out of every string."""
    return json.dumps(_each(json.loads(written), lambda text: struck(text, name)), ensure_ascii=False)


def unoffered(choices: str, name: str) -> str:
    """Return the JSON of a chat's buttons without those whose folded label has the name."""
    alone = re.compile(rf"(?<!\w){re.escape(fold(name))}(?!\w)")
    shown: dict[str, str] = json.loads(choices)
    return json.dumps({label: data for label, data in shown.items() if not alone.search(label)})


def _spellings(name: str) -> tuple[str, ...]:
    """The name as it was typed and as markup has it, the longer one first."""
    return tuple(dict.fromkeys((str(escape(name)), name)))


def _each(value: Any, change: Callable[[str], str]) -> Any:
    """Return JSON data with every string changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    return {key: _each(one, change) for key, one in value.items()} if isinstance(value, dict) else value
