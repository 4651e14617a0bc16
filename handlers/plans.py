"""A plan sent as a file: read, shown with what is doubtful first, live when the coordinator confirms."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.commitments import Commitments, Regime, commit
from domain.plan import Plan
from handlers.conversation import Choice, Outgoing
from handlers.desk import Button, Desk, Reply, Unread, button, reply
from handlers.wording import full_date, label, lines, short
from storage import audit, plans, units

_SHOWN = 8


async def received(desk: Desk) -> Reply:
    """Take a plan file that the dispatcher has had read."""
    name = desk.said.attachment.name if desk.said.attachment else ""
    if desk.reading is None or isinstance(desk.reading, Unread):
        reason = desk.reading.reason if desk.reading else "not_fetched"
        return reply(Outgoing(desk.texts(f"unreadable.{reason}", name=name)))
    return await _draft(desk, desk.reading)


async def _draft(desk: Desk, plan: Plan) -> Reply:
    same = await plans.find_same(desk.work, plan)
    if same is not None:
        if same.plan.state == "draft" and not same.changed:
            return reply(
                Outgoing(desk.texts("plan.same_draft", plan=same.plan.name), _choices(desk, same.plan.id))
            )
        key = "plan.changed" if same.changed else "plan.same"
        return reply(Outgoing(desk.texts(key, plan=same.plan.name)))
    asks = commit(plan, desk.rules.register, desk.today)
    known = await units.ids(desk.work)
    fresh = [one.name for one in asks.units if one.name not in known]
    plan_id = await plans.add(desk.work, plan, asks, desk.now)
    own = desk.person.units("coordinator")[0]
    if asks.coordinator is None:
        await plans.give_to(desk.work, plan_id, own)
    await audit.note(desk.work, desk.now, "draft", f"plan {plan_id}", desk.person.id)
    return reply(Outgoing(lines(*_shown(desk, plan, asks, fresh)), _choices(desk, plan_id)))


def _choices(desk: Desk, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    confirm_ = Choice(label(desk.texts, "confirm"), f"confirm:{plan_id}")
    return ((confirm_, Choice(label(desk.texts, "discard"), f"discard:{plan_id}")),)


def _shown(desk: Desk, plan: Plan, asks: Commitments, fresh: list[str]) -> Iterator[Markup | str]:
    texts = desk.texts
    yield texts("plan.read", number=plan.head.number or plan.head.title, title=plan.head.title)
    yield texts(
        "plan.counts",
        units=sum(body.kind == "unit" for body in plan.units),
        duties=len(plan.duties),
        activities=len(plan.activities),
        reports=len(plan.reports),
    )
    yield _coordinator(desk, asks)
    yield from _some(desk, [_regime(desk, regime) for regime in asks.regimes if regime.rule.due])
    yield from _some(desk, _dated(desk, asks))
    doubts = list(_doubts(desk, asks, fresh))
    if doubts:
        yield ""
        yield texts("plan.doubt")
        yield from _some(desk, doubts)
    yield ""
    yield texts("plan.ask")


def _coordinator(desk: Desk, asks: Commitments) -> Markup:
    if asks.coordinator:
        return desk.texts("plan.coordinator", unit=asks.coordinator)
    own = next(seat.unit for seat in desk.person.seats if seat.role == "coordinator")
    return desk.texts("plan.no_coordinator", unit=own)


def _regime(desk: Desk, regime: Regime) -> Markup:
    dates = ", ".join(full_date(desk.texts, day) for day in regime.rule.due)
    return desk.texts("plan.due", who=short(regime.rule.who, 80), count=len(regime.units), dates=dates)


def _dated(desk: Desk, asks: Commitments) -> list[Markup]:
    return [
        desk.texts(
            "plan.dated",
            text=short(line.source.text, 80),
            dates=", ".join(full_date(desk.texts, day) for day in line.due),
        )
        for line in asks.lines
        if line.due
    ]


def _doubts(desk: Desk, asks: Commitments, fresh: list[str]) -> Iterator[Markup]:
    """What a careful person would look at: open groups, reports without a date, bodies not known."""
    texts = desk.texts
    for expansion in asks.expansions:
        if expansion.members is None:
            yield texts("plan.open", expression=expansion.expression)
    for regime in asks.regimes:
        if not regime.rule.due:
            yield texts("plan.due_none", quote=short(regime.rule.quote, 100), section=regime.rule.section)
    for name in fresh:
        yield texts("plan.new_unit", unit=name)
    for expansion in asks.expansions:
        if expansion.members is not None:
            yield texts("plan.group", expression=expansion.expression, count=len(expansion.members))


def _some(desk: Desk, rows: list[Markup]) -> Iterator[Markup]:
    for row in rows[:_SHOWN]:
        yield Markup("• {}").format(row)
    if len(rows) > _SHOWN:
        yield desk.texts("plan.more", count=len(rows) - _SHOWN)


@button("confirm", "coordinator")
async def confirm(desk: Desk, argument: str) -> Reply:
    """Let a draft go live."""
    row = await _mine(desk, argument)
    if isinstance(row, Reply):
        return row
    if row.state != "draft":
        return reply(Outgoing(desk.texts("plan.same", plan=row.name)))
    count = await plans.go_live(desk.work, row.id, desk.today, desk.rules.ladder, desk.rules.days)
    await audit.note(desk.work, desk.now, "live", f"plan {row.id}", desk.person.id)
    asked = await plans.asked_units(desk.work, row.id)
    empty = await units.without(desk.work, "focal", asked.units)
    told = desk.texts("plan.live", plan=row.name, count=count - asked.past, past=asked.past)
    return reply(Outgoing(lines(told, desk.texts("plan.seats", count=len(empty)) if empty else None)))


@button("discard", "coordinator")
async def discard(desk: Desk, argument: str) -> Reply:
    """Throw a draft away."""
    row = await _mine(desk, argument)
    if isinstance(row, Reply):
        return row
    if not await plans.drop(desk.work, row.id):
        return reply(Outgoing(desk.texts("plan.same", plan=row.name)))
    await audit.note(desk.work, desk.now, "discard", f"plan {row.id}", desk.person.id)
    return reply(Outgoing(desk.texts("plan.discarded", plan=row.name)))


async def _mine(desk: Desk, argument: str) -> plans.PlanRow | Reply:
    rows = {str(row.id): row for row in await plans.listing(desk.work)}
    if argument not in rows:
        return reply(Outgoing(desk.texts("plan.gone")))
    row = rows[argument]
    if row.coordinator_id not in desk.person.units("coordinator"):
        return reply(Outgoing(desk.texts("plan.not_yours", unit=row.coordinator or "")))
    return row


BUTTONS: tuple[Button, ...] = (confirm, discard)
