"""/duties (/viec): what my unit owes, numbered, nearest first."""

from markupsafe import Markup

from handlers.conversation import Outgoing
from handlers.desk import Desk, Reply, command, reply
from handlers.items import LINES_SHOWN, answer_buttons, find, owed, show_lines, wording
from handlers.wording import lines
from storage import plans, progress
from storage.assignments import Assignment

_BUTTON_ROWS = 3


@command("duties", "viec", "member")
async def duties(desk: Desk, argument: str) -> Reply:
    """List what is open; with a number, one item with all its lines."""
    if not desk.person.units("focal", "leader"):
        count = len(await plans.listing(desk.work, desk.person.units("coordinator")))
        return reply(Outgoing(desk.texts("duties.coordinator", count=count)))
    number = argument.strip().rstrip(".")
    if number.isdecimal():
        return await _one(desk, number)
    return await _all(desk)


async def _all(desk: Desk) -> Reply:
    mine = await owed(desk)
    waiting = [one for one in mine if one.is_open]
    closing = _closing(desk, mine)
    if not waiting:
        return reply(Outgoing(lines(desk.texts("duties.none"), *closing)), items=())
    ids = tuple(one.id for one in waiting)
    shown = await _items(desk, waiting)
    units = ", ".join(dict.fromkeys(one.unit for one in waiting))
    head = desk.texts("duties.head", unit=units, count=len(waiting))
    how = desk.texts("duties.how", example=desk.texts("nudge.example"))
    text = lines(head, "", *shown, *closing, "", how)
    return reply(Outgoing(text, answer_buttons(wording(desk), ids[:_BUTTON_ROWS])), items=ids)


async def _items(desk: Desk, waiting: list[Assignment]) -> list[Markup]:
    words = wording(desk)
    said = await progress.latest(desk.work, [one.id for one in waiting])
    shown: list[Markup] = []
    for number, one in enumerate(waiting, 1):
        shown.append(
            desk.texts(
                "nudge.item",
                number=number,
                what=words.what(one),
                plan=one.plan,
                due=desk.texts("item.due", due=words.due(one)),
                when=words.when(one),
                state=words.standing(one, said.get((one.id, None))),
            )
        )
        shown += await show_lines(desk.work, words, one, number, LINES_SHOWN if number == 1 else 0)
    return shown


def _closing(desk: Desk, mine: tuple[Assignment, ...]) -> list[Markup]:
    done = sum(one.state == "done" for one in mine)
    past = sum(one.past and one.state != "done" for one in mine)
    return [
        *([desk.texts("duties.done", count=done)] if done else []),
        *([desk.texts("duties.past", count=past)] if past else []),
    ]


async def _one(desk: Desk, number: str) -> Reply:
    item = await find(desk, number)
    if item is None:
        return reply(Outgoing(desk.texts("duties.no_number", number=number)))
    words = wording(desk)
    said = (await progress.latest(desk.work, [item.assignment.id])).get((item.assignment.id, None))
    head = desk.texts(
        "nudge.item",
        number=number,
        what=words.what(item.assignment),
        plan=item.assignment.plan,
        due=desk.texts("item.due", due=words.due(item.assignment)),
        when=words.when(item.assignment),
        state=words.standing(item.assignment, said),
    )
    return reply(
        Outgoing(lines(head, *await show_lines(desk.work, words, item.assignment, int(number), None)))
    )
