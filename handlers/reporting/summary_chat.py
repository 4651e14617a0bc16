"""/summary (/tonghop): what has been done in a round, on the phone in short, in full as .docx and .xlsx."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from markupsafe import Markup

from config.texts import Texts
from domain.common.text import squeeze
from handlers.common.button_data import ButtonData, button_data, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing
from handlers.common.wording import Wording, lines, short, wording_of
from handlers.reporting import summary_scope
from handlers.reporting.period_wording import view_period
from services.reporting.report_scope import Scope, View, read_scope, view_of
from services.reporting.summary import Summary, summarize, summary_of
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import LatestUpdate

_SAID, _WIDTH, _DUTY, _NAMES = 8, 200, 80, 12
"""How many sayings stand in a message, how long they and their duties may be, how many units are named."""
_CHOICES = 14


@command("summary", "tonghop", "member")
async def compile_summary(context: Context, argument: str) -> Reply:
    """Compile what units have said: all of them for the coordinator, a unit's own for its people."""
    rows = await summary_scope.mine(context)
    if not rows:
        return reply(Outgoing(context.texts("summary.none")))
    if argument.strip():
        return await _answer_query(context, rows, argument)
    messages = [await _message(context, Scope(row.id)) for row in rows]
    return (
        reply(*(message for message in messages if message))
        if any(messages)
        else reply(Outgoing(context.texts("summary.none")))
    )


async def _answer_query(context: Context, rows: Sequence[PlanRow], argument: str) -> Reply:
    """Take a plan, a period, a unit, a part or a kind of report, in any order."""
    match = await summary_scope.understand(context, rows, argument)
    if match.scopes and match.cycle:
        return reply(*[await _cycle(context, scope) for scope in match.scopes])
    messages = [await _message(context, scope) for scope in match.scopes]
    shown = [message for message in messages if message is not None]
    if shown:
        return reply(*shown)
    if match.choices:
        return reply(Outgoing(match.why, tuple((choice,) for choice in match.choices[:_CHOICES])))
    return reply(Outgoing(match.why))


async def _message(context: Context, scope: Scope) -> Outgoing | None:
    """The text of a scope with its buttons; None where it has nothing for this person."""
    allowed_scope = await summary_scope.allowed(context, scope)
    if allowed_scope is None:
        return None
    summary = await summarize(context.conn, allowed_scope, context.rules.reports, context.today)
    if summary is None or (summary.view.scope.unit_ids and not summary.stands.units and not summary.updates):
        return None
    text = word_summary(wording_of(context), summary, most=_SAID)
    return Outgoing(text, _buttons(context, scope, summary.view))


def _buttons(context: Context, scope: Scope, view: View) -> tuple[tuple[Choice, ...], ...]:
    """The papers, and other cuts of the same answers; a unit's people have only their own."""
    compiles = view.plan.coordinator_id in context.person.units("coordinator")
    ways = ["when"] if len(view.rounds) > 1 or compiles else []
    ways += ["units", "parts"] if compiles else []
    return (
        tuple(_choice(context, what, scope) for what in ("docx", "xlsx")),
        *((tuple(_choice(context, what, scope) for what in ways),) if ways else ()),
    )


def _choice(context: Context, what: str, scope: Scope) -> Choice:
    return choice_of(context.texts(f"button.sum_{what}").unescape(), "sum", what, scope)


Cut = Callable[[str], str]
Quote = Callable[[LatestUpdate, Cut], Markup]
"""How words are quoted: cut as they are to be, they may lead to the messages that they stood in."""


def quoted(update: LatestUpdate, cut: Cut) -> Markup:
    """What a unit said stays its own words."""
    return Markup.escape(cut(update.text))


def word_summary(
    wording: Wording, summary: Summary, *, most: int | None = None, quote: Quote = quoted
) -> Markup:
    """Word the summary of a view: `most` sayings, cut short, for a phone; all of them in full else."""
    texts, view, stands = wording.texts, summary.view, summary.stands
    head = texts(
        "summary.head",
        plan=view.plan.name,
        period=view_period(wording, view),
        title=short(view.plan.title, 120),
        now=wording.full(wording.today),
        done=stands.reported,
        total=stands.asked,
    )
    body = [*_by_parts(wording, summary, most, quote), *_whole(wording, summary, most, quote)]
    return lines(
        head,
        *(body or ["", texts("summary.nothing")]),
        texts("summary.more", count=len(summary.updates) - most)
        if most and len(summary.updates) > most
        else None,
        "",
        _missing(texts, summary, most) if stands.units or stands.asked else None,
    )


def _missing(texts: Texts, summary: Summary, most: int | None) -> Markup:
    in_round = any(unit.has_reported is not None for unit in summary.stands.units)
    units = [
        unit.unit
        for unit in summary.stands.units
        if (unit.has_reported is False if in_round else not unit.answered)
    ]
    if not units:
        return texts("summary.all_in")
    named = units[:_NAMES] if most else units
    shown_names = ", ".join(named) + (
        str(texts("summary.and_more", count=len(units) - len(named))) * (len(named) < len(units))
    )
    return texts("summary.missing", count=len(units), units=shown_names)


def _by_parts(wording: Wording, summary: Summary, most: int | None, quote: Quote) -> list[Markup | str]:
    """Group by the plan's own headings: "II.3. ..." above the duty and what the units said of it."""
    duties = {duty.id: duty for duty in summary.duties}
    shown: list[Markup | str] = []
    part: tuple[str, str] | None = None
    about: int | None = None
    for update in _first(summary, most):
        duty = duties.get(update.duty_id or 0)
        if duty is None:
            continue
        under = (".".join(duty.section.split(".")[:2]), duty.heading)
        if under != part:
            part = under
            shown += ["", wording.texts("summary.part", section=under[0], title=short(under[1]))]
        if duty.id != about:
            about = duty.id
            shown.append(
                wording.texts("summary.duty", text=short(duty.text, _DUTY) if most else squeeze(duty.text))
            )
        shown.append(wording.texts("summary.said", unit=update.unit, words=quote(update, _cut(most))))
    return shown


def _whole(wording: Wording, summary: Summary, most: int | None, quote: Quote) -> list[Markup | str]:
    due = {owing.id: owing.due_on for owing in summary.owing}
    if not summary.view.takes_all:
        return []
    shown = [
        wording.texts(
            "summary.whole_said",
            unit=update.unit,
            what=wording.day(due[update.assignment_id]),
            words=quote(update, _cut(most)),
        )
        for update in _first(summary, most)
        if update.duty_id is None
    ]
    return ["", wording.texts("summary.whole"), *shown] if shown else []


def _first(summary: Summary, most: int | None) -> Sequence[LatestUpdate]:
    """The sayings that are shown, in the plan's order: what hinders somebody before the rest."""
    if most is None or len(summary.updates) <= most:
        return summary.updates
    pressing = sorted(summary.updates, key=lambda update: (not update.blocked, -update.said_at.timestamp()))[
        :most
    ]
    pressing_ids = {id(update) for update in pressing}
    return [update for update in summary.updates if id(update) in pressing_ids]


def _cut(most: int | None) -> Cut:
    return partial(short, width=_WIDTH) if most else squeeze


@button("sum", "member")
async def chosen(context: Context, pressed: ButtonData) -> Reply:
    """A button under a summary: its papers, or another cut of it."""
    what, rest = pressed.text(), pressed.rest(1)
    scope, run = read_scope(rest), _WAYS.get(what)
    allowed_scope = await summary_scope.allowed(context, scope) if scope else None
    if scope is None or allowed_scope is None or run is None:
        return turned_away(context, "summary")
    view = await view_of(context.conn, allowed_scope, context.rules.reports, context.today)
    return (
        reply(await run(context, scope, view)) if view else reply(Outgoing(context.texts("error.old_button")))
    )


async def _text(context: Context, scope: Scope, view: View) -> Outgoing:
    return await _message(context, scope) or Outgoing(context.texts("summary.nothing"))


async def _docx(context: Context, scope: Scope, view: View) -> Outgoing:
    return _paper(context, "docx", view)


async def _xlsx(context: Context, scope: Scope, view: View) -> Outgoing:
    return _paper(context, "xlsx", view)


def _paper(context: Context, kind: str, view: View) -> Outgoing:
    text = context.texts(
        f"paper.here_{kind}", plan=view.plan.name, period=view_period(wording_of(context), view)
    )
    return Outgoing(text, orders=(Order(kind, str(view.scope)),))


async def _cycle(context: Context, scope: Scope, view: View | None = None) -> Outgoing:
    allowed_scope = await summary_scope.allowed(context, replace(scope, period="", report=""))
    if allowed_scope is None:
        return Outgoing(context.texts("error.old_button"))
    return Outgoing(context.texts("paper.here_cycle"), orders=(Order("cycle", str(allowed_scope)),))


async def _when(context: Context, scope: Scope, view: View) -> Outgoing:
    """The other rounds, the operator's reports that fit, and what is left after the cycle."""
    wording, texts = wording_of(context), context.texts
    kinds = {round_.period.kind for round_ in view.rounds}
    rounds = [
        Choice(
            _capital(str(wording.period(round_.period) or wording.full(round_.due_on))),
            _text_of(scope, period=str(round_.period)),
        )
        for round_ in view.rounds[-_CHOICES:]
    ]
    named = [
        Choice(definition.name, _text_of(scope, report=definition.key, period=""))
        for definition in context.rules.reports.definitions
        if (definition.round in kinds or definition.round == "ad hoc")
        and definition.plan in (None, view.plan.number)
    ]
    after = choice_of(
        texts("button.sum_cycle").unescape(),
        "sum",
        "cycle",
        replace(scope, period="", report="", part=""),
    )
    return Outgoing(texts("summary.when"), tuple((choice,) for choice in (*rounds, *named, after)))


def _text_of(scope: Scope, **changes: str) -> str:
    return button_data("sum", "text", replace(scope, **changes))  # type: ignore[arg-type]  # fields that are texts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


async def _units(context: Context, scope: Scope, view: View) -> Outgoing:
    summary = await summary_of(context.conn, view, context.today)
    choices = [
        choice_of(
            short(unit.unit, 60),
            "sum",
            "text",
            replace(scope, unit_ids=(unit.unit_id,), part="", report=""),
        )
        for unit in summary.stands.units
    ]
    text = context.texts("summary.units", count=len(choices))
    return Outgoing(text, tuple((choice,) for choice in choices[:_CHOICES]))


async def _parts(context: Context, scope: Scope, view: View) -> Outgoing:
    """The parts of the plan, and the items of those that are laid out by what is to be done."""
    summary = await summary_of(context.conn, replace(view, scope=replace(view.scope, part="")), context.today)
    places: dict[str, str] = {}
    for duty in summary.duties:
        steps = duty.section.split(".")
        places.setdefault(steps[0], "")
        places.setdefault(".".join(steps[:2]), duty.heading)
    choices = [
        choice_of(
            short(f"{place}. {title}" if title else str(context.texts("summary.whole_part", part=place)), 60),
            "sum",
            "text",
            replace(scope, part=place, report=""),
        )
        for place, title in sorted(places.items(), key=lambda place_title: (place_title[1] != "",))
        if len(place) <= 16
    ]
    return Outgoing(context.texts("summary.parts"), tuple((choice,) for choice in choices[:_CHOICES]))


_WAYS = {
    "text": _text,
    "docx": _docx,
    "xlsx": _xlsx,
    "cycle": _cycle,
    "when": _when,
    "units": _units,
    "parts": _parts,
}
BUTTONS: tuple[Button, ...] = (chosen,)
