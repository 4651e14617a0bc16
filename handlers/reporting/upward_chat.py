"""The coordinator's own duty to report: the draft on the morning after the units' date, and the outer date.

Both stand in the digest of that morning, so that a coordinator has one message.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.organisation.people import Person
from domain.updates import Update
from handlers.common.context import Button, Context, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing
from handlers.common.wording import Wording, lines
from handlers.nudging.daily_message import Worded
from handlers.nudging.digest_message import word_digest
from handlers.reporting.report_scope import Scope
from handlers.reporting.status_chat import sent_choice
from services.common.rules import Rules
from storage.assignments import assignment_store, progress_store
from storage.assignments.assignment_store import Assignment
from storage.common import audit_log
from storage.nudging import digest_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting import plan_status, report_store
from storage.reporting.report_store import Round, Upward


@dataclass(frozen=True, slots=True)
class _Part:
    """What one plan adds to the morning: a line, the papers that are ordered, what can be done at once."""

    told: Markup
    orders: tuple[Order, ...] = ()
    choices: tuple[Choice, ...] = ()


async def word_morning(
    conn: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    """Word a coordinator's message of a local day: the digest, and what they have to report themselves."""
    digest = await word_digest(conn, person, day, texts, rules)
    since = await digest_store.since(conn, person.id)
    if since is None:
        return digest
    words = Wording(texts, day, rules.days, rules.zone)
    before = since.astimezone(rules.zone).date()
    rows = [row for row in await plan_store.listing(conn, person.units("coordinator")) if row.state == "live"]
    parts = [
        part for row in reversed(rows) for part in await _of_plan(conn, words, rules, person, row, before)
    ]
    if not parts:
        return digest
    orders = tuple(order for part in parts for order in part.orders)
    above = digest.message if digest else Outgoing(texts("digest.head", day=words.day(day)))
    told = lines(above.text, "", *(part.told for part in parts))
    choices = (*above.choices, *(part.choices for part in parts if part.choices))
    return Worded(replace(above, text=told, choices=choices, orders=orders), digest.items if digest else ())


async def _of_plan(
    conn: AsyncConnection, words: Wording, rules: Rules, person: Person, plan: PlanRow, before: date
) -> list[_Part]:
    known = await report_store.rounds(conn, plan.id)
    over = [one for one in known if before <= one.due_on < words.today]
    coming = next((one for one in await report_store.upward(conn, plan.id) if one.is_open), None)
    if over and await _was_asked(conn, plan, words.today, over[-1]):
        return [_draft(words, plan, over[-1], coming)]
    hears_daily = plan.coordinator_id in person.units("focal", "leader")
    if coming is None or hears_daily or not _is_rung(words, rules, plan, coming.due_on):
        return []
    return [await _reminder(conn, words, plan, coming)]


async def _was_asked(conn: AsyncConnection, plan: PlanRow, today: date, round_: Round) -> bool:
    """Whether units were asked for a round at all: one that was over when the plan came in has no draft."""
    owing = await report_store.owing(conn, plan.id, today, round_.due_on, round_.due_on)
    return any(one.duty_id is None for one in owing)


def _is_rung(words: Wording, rules: Rules, plan: PlanRow, due: date) -> bool:
    """Whether the ladder of reports has a rung on this day."""
    ladder = rules.ladders.of("report", plan.name)
    return ladder.next_on(due, words.today - timedelta(days=1), words.days) == words.today


def _draft(words: Wording, plan: PlanRow, round_: Round, coming: Upward | None) -> _Part:
    about = str(Scope(plan.id, str(round_.period)))
    what = words.report(round_.period)
    orders = (Order("docx", about), Order("xlsx", about))
    if coming is None:
        return _Part(words.texts("upward.draft", plan=plan.name, what=what), orders)
    facts = {"to": _to(words.texts, coming), "outer": words.day(coming.due_on)}
    return _Part(words.texts("upward.draft_to", plan=plan.name, what=what, **facts), orders)


async def _reminder(conn: AsyncConnection, words: Wording, plan: PlanRow, coming: Upward) -> _Part:
    stands = await plan_status.standing_of(conn, plan.id, words.today)
    if coming.due_on < words.today:
        when = words.texts("upward.late", days=words.days.between(coming.due_on, words.today))
    else:
        when = words.left(coming.due_on)
    told = words.texts(
        "upward.due",
        plan=plan.name,
        to=_to(words.texts, coming),
        due=words.day(coming.due_on),
        when=when,
        done=stands.reported,
        total=stands.asked,
    )
    draft = Choice(words.texts("button.sum_docx").unescape(), f"sum:docx:{Scope(plan.id)}")
    return _Part(told, choices=(draft, sent_choice(words.texts, coming)))


def _to(texts: Texts, coming: Upward) -> Markup | str:
    return "; ".join(coming.to) or texts("upward.above")


@button("sentup", "coordinator")
async def sent_up(context: Context, argument: str) -> Reply:
    """Đã gửi báo cáo: the coordinator's duty to report by this date is done."""
    found = await assignment_store.get(context.conn, [id_in(argument)])
    plan_id = found[0].plan_id if found else None
    if plan_id is None or found[0].coordinator_id not in context.person.units("coordinator"):
        return turned_away(context, "report upward")
    coming = next(
        (one for one in await report_store.upward(context.conn, plan_id) if found[0].id in one.ids), None
    )
    if coming is None:
        return turned_away(context, "report upward")
    for one in await assignment_store.get(context.conn, coming.ids):
        if one.is_open:
            await _done(context, one)
    return reply(Outgoing(context.texts("upward.sent", to=_to(context.texts, coming))))


async def _done(context: Context, one: Assignment) -> None:
    words = context.texts("said.done").unescape()
    await progress_store.record(
        context.conn, one, None, context.person.id, words, Update(state="done"), context.now
    )
    await assignment_store.move(context.conn, one.id, "done", blocked=False, finished_on=context.today)
    told = {"was": one.state, "became": "done"}
    await audit_log.note(
        context.conn, context.now, "progress", f"assignment {one.id}", context.person.id, **told
    )


BUTTONS: tuple[Button, ...] = (sent_up,)
