"""A message that was changed after it was sent: its new words correct what the old ones put on record."""

from domain.updates import corrected, split_items
from handlers.assignments import recording
from handlers.assignments.item_numbering import Item, in_sight, line_item, number_of
from handlers.common.context import Context, Reply, reply
from handlers.common.conversation import Outgoing
from handlers.common.wording import lines
from storage.assignments import assignment_store, progress_store
from storage.assignments.progress_store import Progress


async def edited(context: Context) -> Reply:
    """Correct what the message had recorded, where that was one thing; else say that nothing was changed."""
    if context.somebody is None or not context.person.units("focal", "leader"):
        return reply()
    incoming = context.said
    old = await progress_store.said_at(context.conn, context.person.id, incoming.edited_of or incoming.at)
    text, _ = corrected(incoming.text.strip())
    if not old:
        return reply(Outgoing(context.texts("update.edited_unread")))
    item = await _item(context, old[0])
    pieces = split_items(text, [item.number]) if item else ()
    is_same = item is not None and len(pieces) == 1 and pieces[0].item in (None, item.number)
    if item is None or not is_same or len(old) > 1 or not await _is_last(context, old[0]):
        return reply(Outgoing(context.texts("update.edited_several")))
    new_text = pieces[0].text
    if new_text == old[0].text:
        return reply()
    outcome = await recording.amend(context, item, old[0], new_text)
    if outcome.asks:
        return outcome.asks
    choices = (outcome.undo,) if outcome.undo else ()
    shown = in_sight(context, item.assignment)
    return reply(Outgoing(lines(*outcome.told), choices), items=shown)


async def _item(context: Context, old: Progress) -> Item | None:
    """Return what the words were about, where it is still of the person's units."""
    assignments = await assignment_store.get(context.conn, [old.assignment_id])
    if not assignments or assignments[0].unit_id not in context.person.units("focal", "leader"):
        return None
    item = Item(await number_of(context, assignments[0]), assignments[0])
    return item if old.duty_id is None else await line_item(context, item, old.duty_id)


async def _is_last(context: Context, old: Progress) -> bool:
    latest = await progress_store.latest(context.conn, [old.assignment_id])
    last = latest.get((old.assignment_id, old.duty_id))
    return last is not None and last.id == old.id
