"""Importing units on the pages: a table is uploaded, its changes shown, and stored when that is wanted."""

from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Flash, Visit
from documents.reading import Unreadable
from documents.reading.units_safely import read_units_safely
from domain.organisation.register_changes import UnitRow
from handlers.organisation.units_chat import ROWS
from handlers.organisation.units_wording import word_counts, word_unit_changes
from services.common.results import Refused
from services.organisation.forget_name import forget_name, learnt_names
from services.organisation.import_units import UnitsImported, import_units, preview_units
from services.organisation.register_keepers import may_keep_register

HERE = "/don-vi/danh-muc"


async def page(visit: Visit) -> Response:
    """Ask for a table; say what it may hold."""
    may = await may_keep_register(visit.conn, visit.person)
    names = dict(list((await learnt_names(visit.conn)).items())[::-1])
    return render(visit, "register", at="units", may=may, shown=None, changes=(), rows="", names=names)


async def forget(visit: Visit) -> Response:
    """Forget what was learnt that a name means."""
    name = visit.sent("name")
    result = await forget_name(visit.conn, name, by=visit.person, now=visit.now)
    if isinstance(result, Refused):
        key = "units.not_keeper" if result.reason == "not_keeper" else "names.none"
        return _again(visit, Flash(visit.words.texts(key), wrong=True))
    return _again(visit, Flash(visit.words.texts("names.forgotten", name=name)))


async def preview(visit: Visit) -> Response:
    """Show what the uploaded table would add and change; nothing is stored yet."""
    file = visit.form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _again(visit, Flash(visit.texts("register_no_file"), wrong=True))
    try:
        rows = await read_units_safely(await file.read())
    except Unreadable as wrong:
        facts = {"name": file.filename, "line": wrong.facts.get("line", "")}
        return _again(visit, Flash(visit.words.texts(f"unreadable.{wrong.reason}", **facts), wrong=True))
    if rows is None:
        return _again(visit, Flash(visit.texts("register_no_table"), wrong=True))
    return await _shown(visit, rows, await preview_units(visit.conn, rows))


async def store(visit: Visit) -> Response:
    """Store the table that was shown."""
    try:
        rows = ROWS.validate_json(visit.sent("rows"))
    except ValidationError:
        return _again(visit, Flash(visit.texts("not_taken"), wrong=True))
    result = await import_units(visit.conn, rows, by=visit.person, now=visit.now)
    if isinstance(result, Refused):
        return _again(visit, Flash(visit.words.texts("units.not_keeper"), wrong=True))
    return _again(visit, Flash(word_counts(visit.words.texts, result)))


async def _shown(visit: Visit, rows: tuple[UnitRow, ...], shown: UnitsImported) -> Response:
    texts = visit.words.texts
    return render(
        visit,
        "register",
        at="units",
        may=await may_keep_register(visit.conn, visit.person),
        shown=word_counts(texts, shown),
        changes=tuple(word_unit_changes(texts, shown)),
        rows=ROWS.dump_json(rows).decode(),
        names={},
    )


def _again(visit: Visit, flash: Flash) -> Response:
    visit.tell(flash)
    return visit.go(HERE)
