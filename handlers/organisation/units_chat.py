"""A table of units sent as a file: what it adds and changes is shown, and stored when that is wanted."""

from pydantic import TypeAdapter

from domain.organisation.register_changes import UnitRow
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, UnitsTable, button, reply, staying, turned_away
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, lines
from handlers.organisation.units_wording import word_counts, word_unit_changes
from services.common.results import Refused
from services.organisation.import_units import import_units, preview_units
from services.organisation.register_keepers import may_keep_register

_TOPIC = "units"
_SHOWN = 12
ROWS = TypeAdapter(tuple[UnitRow, ...])
"""How a table of units is kept between what is shown and what is stored."""


async def received(context: Context, table: UnitsTable) -> Reply:
    """Show what a table would add to the register and change in it; nothing is stored yet."""
    if not await may_keep_register(context.conn, context.person):
        return staying(context, turned_away(context, "units", "units.not_keeper"))
    shown = await preview_units(context.conn, table.rows)
    counts = word_counts(context.texts, shown)
    if not shown.is_news:
        return reply(Outgoing(lines(counts, context.texts("units.no_news"))))
    changes = list(word_unit_changes(context.texts, shown))
    left = len(changes) - _SHOWN
    more = context.texts("plan.more", count=left) if left > 0 else None
    text = lines(counts, *changes[:_SHOWN], more, "", context.texts("units.ask"))
    taps = (
        choice_of(label(context.texts, "store_units"), "units", "store"),
        choice_of(label(context.texts, "keep_units"), "units", "no"),
    )
    return reply(Outgoing(text, (taps,)), topic=_TOPIC, about=ROWS.dump_json(table.rows).decode())


@button("units", "coordinator")
async def settled(context: Context, pressed: ButtonData) -> Reply:
    """Store the table that was shown, or leave the register as it is."""
    if context.dialog.topic != _TOPIC:
        return reply(Outgoing(context.texts("error.old_button")))
    if pressed.text() != "store":
        return reply(Outgoing(context.texts("units.kept")))
    rows = ROWS.validate_json(context.dialog.about)
    result = await import_units(context.conn, rows, by=context.person, now=context.now)
    if isinstance(result, Refused):
        return turned_away(context, "units", "units.not_keeper")
    return reply(Outgoing(lines(context.texts("units.stored"), word_counts(context.texts, result))))


BUTTONS: tuple[Button, ...] = (settled,)
