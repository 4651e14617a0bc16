"""/nhac (/nudge): the coordinator has people asked once more, and sees before whom it will reach."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from domain.common.text import fold
from handlers.assignments.item_list import wording
from handlers.common.context import Button, Context, Reply, button, command, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, short_date
from services.nudging.recipients import hearers
from storage.assignments import ask_days, assignment_store
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log
from storage.nudging import manual_nudge_store
from storage.plans import plan_store
from storage.requests import request_store

_SHOWN = 15
_CHOICES = 8


@command("nudge", "nhac", "coordinator")
async def nudge(context: Context, argument: str) -> Reply:
    """Offer whom to ask once more, or take the name of a unit, the number or some words of a duty."""
    owed = await _owed(context)
    if not owed:
        return reply(Outgoing(lines(context.texts("prompt.nothing"), *await _held(context))))
    if argument.strip():
        return await _named(context, owed, argument)
    return reply(
        Outgoing(context.texts("prompt.ask"), tuple((one,) for one in await _offered(context, owed)))
    )


async def _owed(context: Context) -> tuple[Assignment, ...]:
    """What is open up to the next due date of each plan, or asked for by a request; whoever has asked for a
    later date waits for the coordinator's own word."""
    owed = await manual_nudge_store.still_owed(context.conn, context.person.units("coordinator"))
    upto = await manual_nudge_store.next_due(context.conn, context.today)
    now = [one for one in owed if one.due_on <= upto.get(one.plan_id or 0, date.max)]
    return tuple(one for one in now if one.can_be_asked(context.today))


async def _held(context: Context, wanted: Callable[[Assignment], bool] = lambda _: True) -> list[Markup]:
    """Tell what waits for the coordinator's own word on a later date: nobody is asked for it before."""
    owed = await manual_nudge_store.still_owed(context.conn, context.person.units("coordinator"))
    held = [one for one in owed if not one.can_be_asked(context.today) and one.wanted_on and wanted(one)]
    words = wording(context)
    return [
        context.texts(
            "prompt.held",
            unit=one.unit,
            what=words.what(one),
            due=words.due(one),
            wanted=words.day(one.wanted_on or one.due_on),
        )
        for one in held[:_CHOICES]
    ]


def _pressing(context: Context, ones: Sequence[Assignment]) -> tuple[Assignment, ...]:
    """What is late or on its ladder already; only where nothing is, what comes next, however far it is."""
    near = tuple(one for one in ones if one.request_id is not None or _is_near(context, one))
    return near or tuple(ones)


def _is_near(context: Context, one: Assignment) -> bool:
    first = context.rules.ladders.of(one.kind, one.plan).first
    return context.rules.days.between(context.today, one.due_on) <= first


async def _offered(context: Context, owed: Sequence[Assignment]) -> list[Choice]:
    """A button for all that is late, and one for each plan and each request with something open."""
    texts = context.texts
    late = _units(one for one in owed if _is_late(context, one))
    offered = [Choice(label(texts, "nudge_late", count=len(late)), "nudge:late")] if late else []
    groups: defaultdict[str, list[Assignment]] = defaultdict(list)
    for one in owed:
        groups[f"request:{one.request_id}" if one.request_id else f"plan:{one.plan_id}"].append(one)
    for target, ones in groups.items():
        what = short(ones[0].plan or ones[0].text or "", 40)
        words = label(texts, "nudge_plan", what=what, count=len(_units(_pressing(context, ones))))
        offered.append(Choice(words, f"nudge:{target}"))
    return offered[:_CHOICES]


def _units(ones: Iterable[Assignment]) -> dict[int, str]:
    return {one.unit_id: one.unit for one in ones}


def _is_late(context: Context, one: Assignment) -> bool:
    return one.timeliness(context.today) == "overdue"


async def _named(context: Context, owed: Sequence[Assignment], words: str) -> Reply:
    """Find what was typed: a unit by the register, then a duty by its number or its words, then a plan."""
    for find in (_units_named, _duties_named, _plans_named):
        found = await find(context, owed, words)
        if len(found) == 1:
            return await _preview(context, found[0].data.partition(":")[2])
        if found:
            text = context.texts("prompt.which", words=short(words, 60))
            return reply(Outgoing(text, tuple((one,) for one in found[:_CHOICES])))
        if known := {unit.name for unit in context.rules.register.candidates(words)}:
            held = await _held(context, lambda one: one.unit in known)
            return reply(Outgoing(lines(context.texts("prompt.nothing_there"), *held)))
    return reply(Outgoing(context.texts("prompt.not_found", words=short(words, 60))))


async def _units_named(context: Context, owed: Sequence[Assignment], words: str) -> list[Choice]:
    units = _units(owed)
    known = {unit.name for unit in context.rules.register.candidates(words)}
    found = [id_ for id_, name in units.items() if name in known]
    if not found and not known:
        found = [id_ for id_, name in units.items() if fold(words) in fold(name)]
    return [Choice(short(units[id_], 60), f"nudge:unit:{id_}") for id_ in found]


async def _duties_named(context: Context, owed: Sequence[Assignment], words: str) -> list[Choice]:
    plan_ids = {one.plan_id for one in owed if one.plan_id is not None}
    wanted = fold(words).rstrip(".")
    found = [
        one
        for one in await manual_nudge_store.duties(context.conn, plan_ids)
        if wanted == fold(one.section).rstrip(".") or (len(wanted) > 3 and wanted in fold(one.text))
    ]
    return [Choice(f"{one.section} {short(one.text, 50)}".strip(), f"nudge:duty:{one.id}") for one in found]


async def _plans_named(context: Context, owed: Sequence[Assignment], words: str) -> list[Choice]:
    named = {one.plan_id: one.plan for one in owed if one.plan_id and fold(words) in fold(one.plan)}
    return [Choice(short(plan, 60), f"nudge:plan:{id_}") for id_, plan in named.items()]


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is to be asked for once more, and what people call it."""

    what: Markup | str
    ones: tuple[Assignment, ...]


async def _choose(context: Context, target: str) -> _Chosen | None:
    """Return what the target of a button means for this coordinator; None where it is none of ours."""
    owed = await _owed(context)
    kind, _, number = target.partition(":")
    id_ = id_in(number)
    if kind == "duty":
        lines_ = await manual_nudge_store.with_line(context.conn, id_)
        row = next((o for o in await _all_duties(context, owed) if o.id == id_), None)
        ones = tuple(
            o for o in owed if o.duty_id == id_ or (_is_report(o) and (o.plan_id, o.unit_id) in lines_)
        )
        return _Chosen(short(row.text, 80), _pressing(context, ones)) if row else None
    if kind not in _TARGETS:
        return None
    ones = _pressing(context, [one for one in owed if _TARGETS[kind](context, one, id_)])
    name = {"late": "", "unit": "unit", "plan": "plan", "request": "text"}[kind]
    what = short(getattr(ones[0], name) or "", 80) if ones and name else context.texts("prompt.late")
    return _Chosen(what, ones)


async def _all_duties(context: Context, owed: Sequence[Assignment]) -> tuple[manual_nudge_store.DutyRow, ...]:
    return await manual_nudge_store.duties(
        context.conn, {one.plan_id for one in owed if one.plan_id is not None}
    )


def _is_report(one: Assignment) -> bool:
    return one.kind == "report"


_TARGETS: dict[str, Callable[[Context, Assignment, int], bool]] = {
    "late": lambda context, one, _: _is_late(context, one),
    "plan": lambda _, one, id_: one.plan_id == id_,
    "unit": lambda _, one, id_: one.unit_id == id_,
    "request": lambda _, one, id_: one.request_id == id_,
}


async def _not_theirs(context: Context, target: str) -> Reply | None:
    """Refuse the target of a button that is another coordinator's; what is finished is still one's own."""
    kind, _, number = target.partition(":")
    if kind not in _WHOSE or await _WHOSE[kind](context, id_in(number)):
        return None
    return turned_away(context, f"nudge {kind} {id_in(number)}")


async def _is_their_plan(context: Context, plan_id: int) -> bool:
    found = await plan_store.find(context.conn, plan_id)
    return found is not None and found.coordinator_id in context.person.units("coordinator")


async def _is_their_unit(context: Context, unit_id: int) -> bool:
    owed = await assignment_store.of_units(context.conn, [unit_id])
    return any(one.coordinator_id in context.person.units("coordinator") for one in owed)


async def _is_their_duty(context: Context, duty_id: int) -> bool:
    mine = await plan_store.listing(context.conn, context.person.units("coordinator"))
    return duty_id in {
        one.id for one in await manual_nudge_store.duties(context.conn, [row.id for row in mine])
    }


async def _is_their_request(context: Context, request_id: int) -> bool:
    found = await request_store.find(context.conn, request_id)
    return found is not None and found.coordinator_id in context.person.units("coordinator")


_WHOSE: dict[str, Callable[[Context, int], Awaitable[bool]]] = {
    "plan": _is_their_plan,
    "unit": _is_their_unit,
    "duty": _is_their_duty,
    "request": _is_their_request,
}


@button("nudge", "coordinator")
async def preview(context: Context, argument: str) -> Reply:
    """Show who will be asked."""
    return await _not_theirs(context, argument) or await _preview(context, argument)


@dataclass(frozen=True, slots=True)
class _Reach:
    """Who hears of it: (person id, unit id); `out` cannot be reached, `told` have had today's message."""

    heard: tuple[tuple[int, int], ...]
    out: frozenset[int]
    told: frozenset[int]

    @property
    def people(self) -> tuple[int, ...]:
        """Those who will get a message."""
        return tuple(dict.fromkeys(one for one, _ in self.heard if one not in self.out))


async def _reach(context: Context, ones: Sequence[Assignment]) -> _Reach:
    heard = await hearers(context.conn, context.rules, ones, context.today)
    people = {one for one, _ in heard}
    out = people - await manual_nudge_store.reachable(context.conn, people)
    return _Reach(
        tuple(heard),
        frozenset(out),
        await manual_nudge_store.written(context.conn, people - out, context.today),
    )


async def _preview(context: Context, target: str) -> Reply:
    chosen = await _choose(context, target)
    if chosen is None:
        return reply(Outgoing(context.texts("error.old_button")))
    if not chosen.ones:
        return reply(Outgoing(context.texts("prompt.nothing_there")))
    reach, units, texts = await _reach(context, chosen.ones), _units(chosen.ones), context.texts
    count = len(reach.people)
    told = lines(
        texts("prompt.head", what=chosen.what, units=len(units), people=count),
        *await _who(context, chosen.ones, reach),
        texts("prompt.out", count=len(reach.out)) if reach.out else None,
        texts("prompt.told", count=len(reach.told)) if reach.told else None,
        _when(context) if count else texts("prompt.nobody"),
    )
    mark = await manual_nudge_store.last_nudge(context.conn)
    send = Choice(label(texts, "send_people", count=count), f"push:{mark}:{target}")
    return reply(Outgoing(told, ((send, never_mind(context)),) if count else ()))


async def _who(context: Context, ones: Sequence[Assignment], reach: _Reach) -> list[Markup]:
    """A line for each unit: how many things, and who is told."""
    names = await manual_nudge_store.names(context.conn, {one for one, _ in reach.heard})
    texts, rows = context.texts, []
    for unit_id, unit in list(_units(ones).items())[:_SHOWN]:
        people = [_name(context, names[one], one in reach.out) for one, of in reach.heard if of == unit_id]
        who = Markup(", ").join(people) or texts("status.note_nobody")
        count = sum(one.unit_id == unit_id for one in ones)
        rows.append(texts("prompt.unit", unit=unit, count=count, people=who))
    left = len(_units(ones)) - _SHOWN
    return [*rows, texts("prompt.more", count=left)] if left > 0 else rows


def _name(context: Context, name: str, out: bool) -> Markup:
    return context.texts("prompt.unreachable", name=name) if out else Markup.escape(name)


def opens(context: Context) -> datetime | None:
    """Return when messages go out next, local; None where they do at once."""
    now = context.now.astimezone(context.rules.zone)
    then = context.rules.ladders.hours.next_open(now, context.rules.days)
    return None if then == now else then


def _when(context: Context) -> Markup | None:
    then = opens(context)
    if then is None:
        return None
    return context.texts("prompt.later", hour=f"{then:%H:%M}", day=short_date(context.texts, then.date()))


def never_mind(context: Context) -> Choice:
    """Return the button by which nothing is sent."""
    return Choice(label(context.texts, "never_mind"), "never:mind")


@button("push", "coordinator")
async def push(context: Context, argument: str) -> Reply:
    """Have the people asked whom the preview showed; pressed twice, it adds nothing."""
    mark, _, target = argument.partition(":")
    if refused := await _not_theirs(context, target):
        return refused
    chosen = await _choose(context, target)
    if chosen is None or not mark.isdecimal():
        return reply(Outgoing(context.texts("error.old_button")))
    if not chosen.ones:
        return reply(Outgoing(context.texts("prompt.nothing_there")))
    people = (await _reach(context, chosen.ones)).people
    await ask_days.ask_today(context.conn, [one.id for one in chosen.ones], context.today)
    count = await manual_nudge_store.put_by_will(context.conn, people, context.today, id_in(mark))
    await audit_log.note(context.conn, context.now, "nudge", f"{target}: {count} people", context.person.id)
    told = context.texts("prompt.sent", count=count, units=len(_units(chosen.ones)))
    return reply(Outgoing(lines(told, _when(context))))


@button("never", "coordinator")
async def never(context: Context, argument: str) -> Reply:
    """Send nothing."""
    return reply(Outgoing(context.texts("prompt.dropped")))


BUTTONS: tuple[Button, ...] = (preview, push, never)
