"""Lines of the audit in words: who, what, about whom; what no sentence is for stays as it is written."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from handlers.common.wording import full_date
from storage.common.audit_log import AuditLine
from storage.organisation import unit_store
from storage.plans import plan_store
from storage.reporting import read_models

_NAMED = re.compile(r"\b(?P<kind>[a-z]+) (?P<id>\d{1,18})\b")
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b(?!T)")


@dataclass(frozen=True, slots=True)
class Names:
    """What people, units and plans are called, by their ids; those who were erased have no name."""

    people: Mapping[int, str]
    units: Mapping[int, str]
    plans: Mapping[int, str]


async def load_names(conn: AsyncConnection, lines: Iterable[AuditLine]) -> Names:
    """Return the names of all whom some lines tell of."""
    named_in = [(line, _ids(line)) for line in lines]
    people = {line.person_id for line, _ in named_in if line.person_id is not None}
    people |= {id_ for _, ids in named_in for kind, id_ in ids if kind == "person"}
    units = {id_ for _, ids in named_in for kind, id_ in ids if kind == "unit"}
    plans = {row.id: row.name for row in await plan_store.listing(conn)}
    return Names(await read_models.names(conn, people), await unit_store.names(conn, units), plans)


def _ids(line: AuditLine) -> list[tuple[str, int]]:
    written = " ".join((line.about, line.was or "", line.became or ""))
    return [(match["kind"], int(match["id"])) for match in _NAMED.finditer(written)]


def word_line(texts: Texts, names: Names, line: AuditLine) -> tuple[str, str, str]:
    """Return who did a thing, what, and about whom or what, from what to what."""
    key = f"audit.{line.what.replace(' ', '_')}"
    what = texts(key).unescape() if texts.has(key) else line.what
    nobody = texts("audit.nobody").unescape()
    who = nobody if line.person_id is None else names.people.get(line.person_id) or f"#{line.person_id}"
    about = _worded(texts, names, line.about)
    if line.was or line.became:
        change = " → ".join(_worded(texts, names, value or "…") for value in (line.was, line.became))
        about = f"{about}: {change}"
    return who, what, about


def _worded(texts: Texts, names: Names, written: str) -> str:
    if texts.has(f"state.{written}"):
        return texts(f"state.{written}").unescape()
    if texts.has(f"role.{written}"):
        return texts(f"role.{written}").unescape()
    worded = _NAMED.sub(lambda match: _name_thing(texts, names, match["kind"], int(match["id"])), written)
    return _DAY.sub(lambda match: str(full_date(texts, date.fromisoformat(match[0]))), worded)


def _name_thing(texts: Texts, names: Names, kind: str, id_: int) -> str:
    known = {"unit": names.units, "person": names.people, "plan": names.plans}.get(kind, {})
    if name := known.get(id_):
        return name
    key = f"audit.of_{kind}"
    return texts(key, id=id_).unescape() if texts.has(key) else f"{kind} {id_}"
