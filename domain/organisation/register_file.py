"""Reading the register of bodies and group phrases from a parsed TOML document."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime

from domain.common.text import squeeze
from domain.organisation.register import Group, Register, Unit


class RegisterError(ValueError):
    """The register of units is malformed; the message names the entry."""


def parse_register(data: Mapping[str, object]) -> Register:
    """Return the register that a parsed TOML document holds: [[unit]] and [[group]] tables.

    Raises RegisterError naming the entry that is malformed.
    """
    units = tuple(_unit(row) for row in _tables(data, "unit"))
    groups = tuple(_group(row) for row in _tables(data, "group"))
    names = [unit.name for unit in units]
    for name in {n for n in names if names.count(n) > 1}:
        raise RegisterError(f'unit "{name}" is entered twice')
    for unit in units:
        if unit.successor and unit.successor not in names:
            raise RegisterError(
                f'unit "{unit.name}": its successor "{unit.successor}" is not in the register'
            )
    return Register(units, groups)


def _unit(row: Mapping[str, object]) -> Unit:
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise RegisterError(f"a [[unit]] has no name: {dict(row)}")
    where = f'unit "{name}"'
    unknown = set(row) - {field.name for field in fields(Unit)}
    if unknown:
        raise RegisterError(f"{where}: unknown {', '.join(sorted(unknown))}")
    standing = row.get("standing", "local")
    if standing not in ("local", "party", "central"):
        raise RegisterError(f'{where}: standing must be "local", "party" or "central"')
    return Unit(
        squeeze(name),
        _text(row, "abbreviation", where),
        _texts(row, "spellings", where),
        frozenset(_texts(row, "tags", where)),
        standing,
        _day(row, "since", where),
        _day(row, "until", where),
        _text(row, "successor", where),
        _flag(row, "common", where),
    )


def _group(row: Mapping[str, object]) -> Group:
    phrases = _texts(row, "phrases", "a [[group]]")
    tags = _texts(row, "tags", f"group {phrases}")
    if not phrases or not tags or set(row) - {"phrases", "tags"}:
        raise RegisterError(f"a [[group]] needs phrases and tags, and nothing else: {dict(row)}")
    return Group(phrases, frozenset(tags))


def _tables(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    rows = data.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RegisterError(f"[[{key}]] must be a list of tables")
    return rows


def _flag(row: Mapping[str, object], key: str, where: str) -> bool:
    value = row.get(key, True)
    if not isinstance(value, bool):
        raise RegisterError(f"{where}: {key} must be true or false")
    return value


def _text(row: Mapping[str, object], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise RegisterError(f"{where}: {key} must be a text")
    return squeeze(value) if value else None


def _texts(row: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise RegisterError(f"{where}: {key} must be a list of texts")
    return tuple(squeeze(item) for item in value)


def _day(row: Mapping[str, object], key: str, where: str) -> date | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise RegisterError(f"{where}: {key} must be a date such as 2025-03-01")
    return value
