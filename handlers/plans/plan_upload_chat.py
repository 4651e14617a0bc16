"""A plan sent as a file: read, shown with what is doubtful first, live when the coordinator confirms."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.plans.commitments import Commitments, commit
from domain.plans.draft import find_doubts
from domain.plans.plan import Plan
from handlers.common.context import Button, Desk, Reply, Unread, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines
from handlers.plans import version_chat as amending
from handlers.plans.carry_over import carry
from handlers.plans.draft_wording import TOPIC, Shown, buttons_of, open_draft, word_doubts
from handlers.plans.plan_wording import word_dated, word_groups, word_head, word_regimes
from storage.common import audit_log as audit
from storage.organisation import unit_store as units
from storage.plans import correction_store as corrections
from storage.plans import plan_store as plans
from storage.plans.plan_store import Same

_SHOWN = 8


async def received(desk: Desk) -> Reply:
    """Take a plan, sent as a file or pasted, that the dispatcher has had read."""
    name = desk.said.attachment.name if desk.said.attachment else desk.texts("draft.pasted")
    if desk.reading is None or isinstance(desk.reading, Unread):
        reason = desk.reading.reason if desk.reading else "not_fetched"
        return reply(Outgoing(desk.texts(f"unreadable.{reason}", name=name)))
    return await _draft(desk, desk.reading)


async def _draft(desk: Desk, plan: Plan) -> Reply:
    same = await plans.find_same(desk.work, plan)
    made = await corrections.of_plan(desk.work, same.plan.id) if same else ()
    answer = await _again(desk, same, plan) if same else None
    if answer is not None:
        return answer
    asks = commit(plan, desk.rules.register, desk.today)
    compiling = {seat.unit for seat in desk.person.seats if seat.role == "coordinator"}
    if asks.coordinator is not None and asks.coordinator not in compiling:
        return turned_away(desk, "a plan of others", "plan.not_yours", unit=asks.coordinator)
    plan_id = await plans.add(desk.work, plan, asks, desk.now)
    own = desk.person.units("coordinator")[0]
    if asks.coordinator is None:
        await plans.give_to(desk.work, plan_id, own)
    await audit.note(desk.work, desk.now, "draft", f"plan {plan_id}", desk.person.id)
    carried = await carry(desk, made, plan_id)
    head = [*word_head(desk.texts, plan), *([carried] if carried else [])]
    return await _asked(desk, plan_id, head, list(_summary(desk, asks)))


async def _asked(desk: Desk, plan_id: int, head: list[Markup], rest: list[Markup | str]) -> Reply:
    """Show a draft, what is doubtful first; the numbers of the doubts stand until something else is asked."""
    draft, register = await open_draft(desk, plan_id)
    doubts = find_doubts(draft, register)
    shown = Shown(plan_id, tuple(doubt.key for doubt in doubts))
    told = list(word_doubts(desk.texts, doubts, shown))
    if not any(row.due for row in draft.rows):
        head = [*head, desk.texts("draft.dateless")]
    text = lines(*head, *(("", *told, "") if told else ()), *rest, "", desk.texts("plan.ask"))
    taps = (*buttons_of(desk.texts, doubts, shown), *choices(desk, plan_id))
    return reply(Outgoing(text, taps), topic=TOPIC, about=shown.write())


async def _again(desk: Desk, same: Same, plan: Plan) -> Reply | None:
    """Answer a document that is kept already; None where it takes the place of an older draft."""
    kept = same.plan
    if kept.amends is not None:
        return await amending.shown(desk, kept)
    if not same.changed and kept.state == "draft":
        return await _asked(desk, kept.id, [desk.texts("plan.same_draft", plan=kept.name)], [])
    if not same.changed:
        return reply(Outgoing(desk.texts("plan.same", plan=kept.name)))
    if kept.state == "live":
        return await amending.offered(desk, kept, plan)
    if kept.coordinator_id not in desk.person.units("coordinator"):
        return turned_away(desk, f"plan {kept.id}", "plan.not_yours", unit=kept.coordinator or "")
    await plans.drop(desk.work, kept.id)
    return None


def choices(desk: Desk, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons by which a draft goes live or is thrown away."""
    confirm_ = Choice(label(desk.texts, "confirm"), f"confirm:{plan_id}")
    return ((confirm_, Choice(label(desk.texts, "discard"), f"discard:{plan_id}")),)


def _summary(desk: Desk, asks: Commitments) -> Iterator[Markup | str]:
    """What was read without a doubt: who compiles, the dates, what groups were taken to mean."""
    yield _coordinator(desk, asks)
    yield from _some(desk, word_regimes(desk.texts, asks))
    yield from _some(desk, word_dated(desk.texts, asks))
    yield from _some(desk, word_groups(desk.texts, asks))


def _coordinator(desk: Desk, asks: Commitments) -> Markup:
    if asks.coordinator:
        return desk.texts("plan.coordinator", unit=asks.coordinator)
    own = next(seat.unit for seat in desk.person.seats if seat.role == "coordinator")
    return desk.texts("plan.no_coordinator", unit=own)


def _some(desk: Desk, rows: list[Markup]) -> Iterator[Markup]:
    for row in rows[:_SHOWN]:
        yield Markup("• {}").format(row)
    if len(rows) > _SHOWN:
        yield desk.texts("plan.more", count=len(rows) - _SHOWN)


@button("confirm", "coordinator")
async def confirm(desk: Desk, argument: str) -> Reply:
    """Let a draft go live."""
    row = await mine(desk, argument)
    if isinstance(row, Reply):
        return row
    if row.state != "draft" or row.amends is not None:
        return reply(Outgoing(desk.texts("plan.same", plan=row.name)))
    count = await plans.go_live(desk.work, row.id, desk.today, desk.rules.ladders, desk.rules.days)
    moved = {"was": "draft", "became": "live"}
    await audit.note(desk.work, desk.now, "live", f"plan {row.id}", desk.person.id, **moved)
    asked = await plans.asked_units(desk.work, row.id)
    empty = await units.without(desk.work, "focal", asked.units, desk.today)
    told = desk.texts("plan.live", plan=row.name, count=count - asked.past, past=asked.past)
    return reply(Outgoing(lines(told, desk.texts("plan.seats", count=len(empty)) if empty else None)))


@button("discard", "coordinator")
async def discard(desk: Desk, argument: str) -> Reply:
    """Throw a draft away."""
    row = await mine(desk, argument)
    if isinstance(row, Reply):
        return row
    if not await plans.drop(desk.work, row.id):
        return reply(Outgoing(desk.texts("plan.same", plan=row.name)))
    await audit.note(desk.work, desk.now, "discard", f"plan {row.id}", desk.person.id)
    return reply(Outgoing(desk.texts("plan.discarded", plan=row.name)))


async def mine(desk: Desk, argument: str) -> plans.PlanRow | Reply:
    """Return the plan of that id where the person compiles it, else the sentence that says why not."""
    row = await plans.find(desk.work, id_in(argument))
    if row is None:
        return reply(Outgoing(desk.texts("plan.gone")))
    owner = row if row.amends is None else await plans.get(desk.work, row.amends)
    if owner.coordinator_id not in desk.person.units("coordinator"):
        return turned_away(desk, f"plan {owner.id}", "plan.not_yours", unit=owner.coordinator or "")
    return row


BUTTONS: tuple[Button, ...] = (confirm, discard)
