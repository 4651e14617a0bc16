"""Reading a stranger's file within bounds, in a process of its own (see `limited_process`)."""

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from pydantic import TypeAdapter

from documents.reading import SourceFile, Unreadable, read_files
from documents.reading.archive import unpacked
from documents.reading.limited_process import SCAN, answer_of
from documents.reading.office_converter import modernised
from documents.reading.progress import Progress, ignored, reported
from documents.reading.recogniser import PICTURES
from domain.organisation.register import Group, Register, Unit
from domain.plans.plan import Plan, ScannedPage

MOST_BYTES = 20 * 2**20
"""The largest file that is read; Telegram hands out no larger ones."""
MOST_FILES, MOST_TOGETHER = 100, 3 * MOST_BYTES
"""So many files, of so many bytes together, may make one document."""
MOST_APART = 20
"""So many documents of their own are read of one zip."""
_ZIP, _SIZE = ".zip", 4

_PLAN = TypeAdapter(Plan)
_UNITS = TypeAdapter(tuple[tuple[Unit, ...], tuple[Group, ...]])


async def read_safely(data: bytes, name: str, register: Register, progress: Progress = ignored) -> Plan:
    """Return the plan in a file, or in a zip of files, as `read_files` does, within bounds.

    `progress` is called as pages are read. Raises Unreadable: what `read_together` raises.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    if PurePath(name).suffix.lower() != _ZIP:
        return await read_together([SourceFile(name, data)], register, progress)
    unpacked_files = await asyncio.to_thread(unpacked, data)
    return await read_together([SourceFile(*file) for file in unpacked_files], register, progress)


async def read_each(
    data: bytes, register: Register, progress: Progress = ignored
) -> tuple[tuple[str, Plan | Unreadable], ...]:
    """Return the plan in each file of a zip, or why there is none, with the name of the file.

    Raises Unreadable: what `unpacked` raises, "too_big" where there are many.
    """
    files = [SourceFile(*file) for file in await asyncio.to_thread(unpacked, data)]
    if len(files) > MOST_APART:
        raise Unreadable("too_big")
    readings: list[tuple[str, Plan | Unreadable]] = []
    for file in files:
        try:
            readings.append((file.name, await read_together([file], register, progress)))
        except Unreadable as refusal:
            if refusal.reason == "secret":
                raise
            readings.append((file.name, refusal))
    return tuple(readings)


async def read_together(
    files: Sequence[SourceFile], register: Register, progress: Progress = ignored
) -> Plan:
    """Return the plan that several files make, as `read_files` does, within bounds of size, time and memory.

    Old office files are turned into today's first. Raises Unreadable: what `read_files` and `modernised`
    raise, and "too_big" where a bound is passed.
    """
    if len(files) > MOST_FILES or sum(len(file.data) for file in files) > MOST_TOGETHER:
        raise Unreadable("too_big")
    modern = [await _modernised(file) for file in files]
    units = _UNITS.dump_json((register.units, register.groups))
    sizes = json.dumps([(file.name, len(file.data)) for file in modern]).encode()
    parts = (_sized(units), _sized(sizes), *(file.data for file in modern))
    are_pictures = any(file.suffix in PICTURES for file in modern)
    answer = await _answer_about(b"".join(parts), progress, are_pictures=are_pictures)
    scan = [ScannedPage(place, tuple(unsure), b64decode(jpeg)) for place, unsure, jpeg in answer["scan"]]
    return replace(_PLAN.validate_python(answer["plan"]), scan=tuple(scan))


def _sized(part: bytes) -> bytes:
    return len(part).to_bytes(_SIZE, "big") + part


async def _modernised(file: SourceFile) -> SourceFile:
    data, suffix = await modernised(file.data, file.suffix)
    return file if data is file.data else SourceFile(str(PurePath(file.name).with_suffix(suffix)), data)


async def _answer_about(given: bytes, progress: Progress, *, are_pictures: bool) -> dict[str, Any]:
    """Read files, and where they turn out to be pictures of pages, once more as scans."""
    if not are_pictures:
        try:
            return await answer_of("plan", given, progress=progress)
        except Unreadable as refusal:
            if refusal.reason != "scanned":
                raise
    return await answer_of("plan", given, SCAN, progress)


def plan_in(given: bytes, *, scan: bool = False) -> dict[str, Any]:
    """Return the answer of the process: the plan in what `read_together` gives it. Raises Unreadable."""
    known, rest = _first_part(given)
    sizes, rest = _first_part(rest)
    units, groups = _UNITS.validate_json(known)
    files: list[SourceFile] = []
    for name, size in json.loads(sizes):
        files.append(SourceFile(name, rest[:size]))
        rest = rest[size:]
    plan = read_files(files, Register(units, groups), scans=scan, progress=reported)
    pages = [(page.passage, page.unsure, b64encode(page.picture).decode()) for page in plan.scan]
    return {"plan": _PLAN.dump_python(plan, mode="json", exclude={"scan"}), "scan": pages}


def _first_part(given: bytes) -> tuple[bytes, bytes]:
    end = _SIZE + int.from_bytes(given[:_SIZE], "big")
    return given[_SIZE:end], given[end:]
