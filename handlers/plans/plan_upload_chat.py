"""A plan sent as a file: read, shown with what is doubtful first, live when the coordinator confirms."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.plans.commitments import Commitments, commit
from domain.plans.draft import find_doubts
from domain.plans.plan import Plan
from handlers.common.context import Button, Context, Reply, Unread, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines
from handlers.plans import version_chat
from handlers.plans.carry_over import carry
from handlers.plans.draft_wording import TOPIC, Shown, buttons_of, open_draft, word_doubts
from handlers.plans.plan_wording import word_dated, word_groups, word_head, word_regimes
from storage.common import audit_log
from storage.organisation import unit_store
from storage.plans import correction_store, plan_store
from storage.plans.plan_store import Same

_SHOWN = 8


async def received(context: Context) -> Reply:
    """Take a plan, sent as a file or pasted, that the dispatcher has had read."""
    name = context.said.attachment.name if context.said.attachment else context.texts("draft.pasted")
    if context.reading is None or isinstance(context.reading, Unread):
        reason = context.reading.reason if context.reading else "not_fetched"
        return reply(Outgoing(context.texts(f"unreadable.{reason}", name=name)))
    return await _draft(context, context.reading)


async def _draft(context: Context, plan: Plan) -> Reply:
    same = await plan_store.find_same(context.conn, plan)
    made = await correction_store.of_plan(context.conn, same.plan.id) if same else ()
    answer = await _again(context, same, plan) if same else None
    if answer is not None:
        return answer
    asks = commit(plan, context.rules.register, context.today)
    compiling = {seat.unit for seat in context.person.seats if seat.role == "coordinator"}
    if asks.coordinator is not None and asks.coordinator not in compiling:
        return turned_away(context, "a plan of others", "plan.not_yours", unit=asks.coordinator)
    plan_id = await plan_store.add(context.conn, plan, asks, context.now)
    own = context.person.units("coordinator")[0]
    if asks.coordinator is None:
        await plan_store.give_to(context.conn, plan_id, own)
    await audit_log.note(context.conn, context.now, "draft", f"plan {plan_id}", context.person.id)
    carried = await carry(context, made, plan_id)
    head = [*word_head(context.texts, plan), *([carried] if carried else [])]
    return await _asked(context, plan_id, head, list(_summary(context, asks)))


async def _asked(context: Context, plan_id: int, head: list[Markup], rest: list[Markup | str]) -> Reply:
    """Show a draft, what is doubtful first; the numbers of the doubts stand until something else is asked."""
    draft, register = await open_draft(context, plan_id)
    doubts = find_doubts(draft, register)
    shown = Shown(plan_id, tuple(doubt.key for doubt in doubts))
    told = list(word_doubts(context.texts, doubts, shown))
    if not any(row.due for row in draft.rows):
        head = [*head, context.texts("draft.dateless")]
    text = lines(*head, *(("", *told, "") if told else ()), *rest, "", context.texts("plan.ask"))
    taps = (*buttons_of(context.texts, doubts, shown), *choices(context, plan_id))
    return reply(Outgoing(text, taps), topic=TOPIC, about=shown.write())


async def _again(context: Context, same: Same, plan: Plan) -> Reply | None:
    """Answer a document that is kept already; None where it takes the place of an older draft."""
    kept = same.plan
    if kept.amends is not None:
        return await version_chat.shown(context, kept)
    if not same.changed and kept.state == "draft":
        return await _asked(context, kept.id, [context.texts("plan.same_draft", plan=kept.name)], [])
    if not same.changed:
        return reply(Outgoing(context.texts("plan.same", plan=kept.name)))
    if kept.state == "live":
        return await version_chat.offered(context, kept, plan)
    if kept.coordinator_id not in context.person.units("coordinator"):
        return turned_away(context, f"plan {kept.id}", "plan.not_yours", unit=kept.coordinator or "")
    await plan_store.drop(context.conn, kept.id)
    return None


def choices(context: Context, plan_id: int) -> tuple[tuple[Choice, ...], ...]:
    """Return the buttons by which a draft goes live or is thrown away."""
    confirm_ = Choice(label(context.texts, "confirm"), f"confirm:{plan_id}")
    return ((confirm_, Choice(label(context.texts, "discard"), f"discard:{plan_id}")),)


def _summary(context: Context, asks: Commitments) -> Iterator[Markup | str]:
    """What was read without a doubt: who compiles, the dates, what groups were taken to mean."""
    yield _coordinator(context, asks)
    yield from _some(context, word_regimes(context.texts, asks))
    yield from _some(context, word_dated(context.texts, asks))
    yield from _some(context, word_groups(context.texts, asks))


def _coordinator(context: Context, asks: Commitments) -> Markup:
    if asks.coordinator:
        return context.texts("plan.coordinator", unit=asks.coordinator)
    own = next(seat.unit for seat in context.person.seats if seat.role == "coordinator")
    return context.texts("plan.no_coordinator", unit=own)


def _some(context: Context, rows: list[Markup]) -> Iterator[Markup]:
    for row in rows[:_SHOWN]:
        yield Markup("• {}").format(row)
    if len(rows) > _SHOWN:
        yield context.texts("plan.more", count=len(rows) - _SHOWN)


@button("confirm", "coordinator")
async def confirm(context: Context, argument: str) -> Reply:
    """Let a draft go live."""
    row = await mine(context, argument)
    if isinstance(row, Reply):
        return row
    if row.state != "draft" or row.amends is not None:
        return reply(Outgoing(context.texts("plan.same", plan=row.name)))
    count = await plan_store.go_live(
        context.conn, row.id, context.today, context.rules.ladders, context.rules.days
    )
    moved = {"was": "draft", "became": "live"}
    await audit_log.note(context.conn, context.now, "live", f"plan {row.id}", context.person.id, **moved)
    asked = await plan_store.asked_units(context.conn, row.id)
    empty = await unit_store.without(context.conn, "focal", asked.units, context.today)
    told = context.texts("plan.live", plan=row.name, count=count - asked.past, past=asked.past)
    return reply(Outgoing(lines(told, context.texts("plan.seats", count=len(empty)) if empty else None)))


@button("discard", "coordinator")
async def discard(context: Context, argument: str) -> Reply:
    """Throw a draft away."""
    row = await mine(context, argument)
    if isinstance(row, Reply):
        return row
    if not await plan_store.drop(context.conn, row.id):
        return reply(Outgoing(context.texts("plan.same", plan=row.name)))
    await audit_log.note(context.conn, context.now, "discard", f"plan {row.id}", context.person.id)
    return reply(Outgoing(context.texts("plan.discarded", plan=row.name)))


async def mine(context: Context, argument: str) -> plan_store.PlanRow | Reply:
    """Return the plan of that id where the person compiles it, else the sentence that says why not."""
    row = await plan_store.find(context.conn, id_in(argument))
    if row is None:
        return reply(Outgoing(context.texts("plan.gone")))
    owner = row if row.amends is None else await plan_store.get(context.conn, row.amends)
    if owner.coordinator_id not in context.person.units("coordinator"):
        return turned_away(context, f"plan {owner.id}", "plan.not_yours", unit=owner.coordinator or "")
    return row


BUTTONS: tuple[Button, ...] = (confirm, discard)
