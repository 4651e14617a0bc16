"""The coordinator's own duty to report: the draft on the morning after the units' date, and the outer date.

Both stand in the digest of that morning, so that a coordinator has one message.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.organisation.people import Person
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing
from handlers.common.wording import Wording, lines, short_date
from handlers.nudging.daily_message import Worded
from handlers.nudging.digest_message import word_digest
from handlers.reporting.status_chat import sent_choice
from services.common.rules import Rules
from services.reporting import status, summary
from services.reporting.report_scope import Scope
from services.reporting.report_upward import SentUp, report_upward
from storage.common.audit_anchors import last_anchor
from storage.nudging import digest_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import Round, Upward

_CODE = 16
"""How many letters of the audit's hash a person is shown: no other chain begins with them."""


@dataclass(frozen=True, slots=True)
class _Part:
    """What one plan adds to the morning: a line, the papers that are ordered, what can be done at once."""

    row: Markup
    orders: tuple[Order, ...] = ()
    choices: tuple[Choice, ...] = ()


async def word_morning(
    conn: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    """Word a coordinator's message of a local day: the digest, and what they have to report themselves.

    It ends with the head of the audit as it was signed last, which so stands on a phone as well.
    """
    morning = await _morning(conn, person, day, texts, rules)
    anchor = await last_anchor(conn) if morning else None
    if morning is None or anchor is None:
        return morning
    signed_on = short_date(texts, date.fromisoformat(anchor.day))
    head = texts("digest.audit", day=signed_on, count=anchor.count, code=anchor.hash[:_CODE])
    return replace(morning, message=replace(morning.message, text=lines(morning.message.text, "", head)))


async def _morning(
    conn: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    digest = await word_digest(conn, person, day, texts, rules)
    since = await digest_store.last_digest_at(conn, person.id)
    if since is None:
        return digest
    wording = Wording(texts, day, rules.days, rules.zone)
    before = since.astimezone(rules.zone).date()
    rows = [row for row in await plan_store.listing(conn, person.units("coordinator")) if row.state == "live"]
    parts = [
        part for row in reversed(rows) for part in await _of_plan(conn, wording, rules, person, row, before)
    ]
    if not parts:
        return digest
    orders = tuple(order for part in parts for order in part.orders)
    above = digest.message if digest else Outgoing(texts("digest.head", day=wording.day(day)))
    text = lines(above.text, "", *(part.row for part in parts))
    choices = (*above.choices, *(part.choices for part in parts if part.choices))
    return Worded(replace(above, text=text, choices=choices, orders=orders), digest.items if digest else {})


async def _of_plan(
    conn: AsyncConnection, wording: Wording, rules: Rules, person: Person, plan: PlanRow, before: date
) -> list[_Part]:
    rounds = await summary.rounds(conn, plan.id)
    over = [round_ for round_ in rounds if before <= round_.due_on < wording.today]
    coming = await status.next_upward(conn, plan.id)
    if over and await summary.asked_in(conn, plan.id, over[-1], wording.today):
        return [_draft(wording, plan, over[-1], coming)]
    hears_daily = plan.coordinator_id in person.units("focal", "leader")
    if coming is None or hears_daily or not _is_rung(wording, rules, plan, coming.last_on):
        return []
    return [await _reminder(conn, wording, plan, coming)]


def _is_rung(wording: Wording, rules: Rules, plan: PlanRow, due: date) -> bool:
    """Whether the ladder of reports has a rung on this day."""
    ladder = rules.ladders.of("report", plan.name)
    return ladder.next_on(due, wording.today - timedelta(days=1), wording.days) == wording.today


def _draft(wording: Wording, plan: PlanRow, round_: Round, coming: Upward | None) -> _Part:
    about = str(Scope(plan.id, str(round_.period)))
    what = wording.report(round_.period)
    orders = (Order("docx", about), Order("xlsx", about))
    if coming is None:
        return _Part(wording.texts("upward.draft", plan=plan.name, what=what), orders)
    facts = {"to": _to(wording.texts, coming), "outer": wording.day(coming.due_on)}
    return _Part(wording.texts("upward.draft_to", plan=plan.name, what=what, **facts), orders)


async def _reminder(conn: AsyncConnection, wording: Wording, plan: PlanRow, coming: Upward) -> _Part:
    stands = await status.standing(conn, plan.id, wording.today)
    if coming.last_on < wording.today:
        when = wording.texts("upward.late", days=wording.days.between(coming.last_on, wording.today))
    else:
        when = wording.left(coming.last_on)
    text = wording.texts(
        "upward.due",
        plan=plan.name,
        to=_to(wording.texts, coming),
        due=wording.day(coming.due_on),
        when=when,
        done=stands.reported,
        total=stands.asked,
    )
    draft = choice_of(wording.texts("button.sum_docx").unescape(), "sum", "docx", Scope(plan.id))
    return _Part(text, choices=(draft, sent_choice(wording.texts, coming)))


def _to(texts: Texts, coming: Upward) -> Markup | str:
    return "; ".join(coming.to) or texts("upward.above")


@button("sentup", "coordinator")
async def sent_up(context: Context, pressed: ButtonData) -> Reply:
    """Đã gửi báo cáo: the coordinator's duty to report by this date is done."""
    text = context.texts("said.done").unescape()
    done = await report_upward(
        context.conn, pressed.id(), text, by=context.person, now=context.now, rules=context.rules
    )
    if not isinstance(done, SentUp):
        return turned_away(context, "report upward")
    return reply(Outgoing(context.texts("upward.sent", to=_to(context.texts, done.upward))))


BUTTONS: tuple[Button, ...] = (sent_up,)
