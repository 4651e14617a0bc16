"""A later version of a plan: what it changes is shown, and applied when the coordinator says so."""

from collections.abc import Collection, Mapping, Sequence

from markupsafe import Markup

from config.texts import Texts
from domain.assignments.plan_following import Applied
from domain.plans.version_diff import Changes, Clause, Pair, Sign
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, lines, short, wording_of
from handlers.plans.date_wording import word_dates
from handlers.plans.plan_wording import word_carried
from handlers.plans.unread_wording import word_unread
from handlers.plans.version_notice import tell_units
from services.common.results import Refused
from services.plans.apply_version import AsksVersionDates, VersionApplied, apply_version
from services.plans.import_plan import LaterVersion
from services.plans.leave_change import ChangeLeft, leave_change
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, own_plan
from services.plans.undo_correction import CorrectionUndone, undo_correction
from storage.plans import draft_steps, plan_store, version_store
from storage.plans.plan_store import PlanRow

_SHOWN = 12
_WIDTH = 80
_LEFT: Mapping[Sign, str] = {"+": "added", "-": "removed", "~": "changed"}


async def shown(
    context: Context, later: LaterVersion, *, start: int = 0, done: Sequence[Markup] = ()
) -> Reply:
    """Show what a later version that waits would change in its plan, from the change `start` on.

    Each change can be left out; `done` says what has just been.
    """
    version = await plan_store.get(context.conn, later.version_id)
    changes = await version_store.changes(context.conn, version.id)
    rows = word_changes(context.texts, changes, await version_store.returning(context.conn, version.id))
    start = start if start < len(rows) else 0
    page = range(start, min(start + _SHOWN, len(rows)))
    numbered = [context.texts("amend.number", number=n + 1, change=rows[n]) for n in page]
    left = len(rows) - page.stop
    more = [context.texts("plan.more", count=left)] if left > 0 else []
    choices = (
        choice_of(context.texts("amend.apply").unescape(), "amend", version.id),
        choice_of(label(context.texts, "discard"), "discard", version.id),
    )
    handed_over = _handed_over(context.texts, later.plan, version)
    head = word_head(context.texts, version, changes)
    draft, _ = await open_draft(context.conn, version.id, context.rules, context.today)
    unread = word_unread(context.texts, draft.unread, later.plan.id, None)
    carried = word_carried(context.texts, later.carried)
    how = context.texts("amend.how_left") if rows else None
    ask = context.texts("amend.ask")
    text = lines(*done, head, carried, unread, *numbered, *more, handed_over, "", how, ask)
    taps = (
        *_left_buttons(context, version.id, changes, page),
        *await _turns(context, version.id, page, left),
    )
    return reply(Outgoing(text, (*taps, choices)))


def _left_buttons(
    context: Context, version_id: int, changes: Changes, page: range
) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for each change that is shown, by which it is left out, two in a row."""
    taps = [
        choice_of(label(context.texts, "as_before", number=n + 1), "asbefore", version_id, sign, *key.split())
        for n in page
        for sign, key in (changes.keys[n],)
    ]
    return tuple(tuple(taps[at : at + 2]) for at in range(0, len(taps), 2))


async def _turns(context: Context, version_id: int, page: range, left: int) -> tuple[tuple[Choice, ...], ...]:
    """Return the way on to further changes, and the way back from what was left out."""
    onward = choice_of(label(context.texts, "next_page"), "changes", version_id, page.stop)
    back = choice_of(label(context.texts, "undo"), "unleave", version_id)
    steps = await draft_steps.count(context.conn, version_id)
    return (*([(onward,)] if left > 0 else []), *([(back,)] if steps else []))


async def _again(context: Context, version_id: int, *, start: int = 0, done: Sequence[Markup] = ()) -> Reply:
    """Show a version that waits once more; what is none any more is told to be gone."""
    version = await own_plan(context.conn, version_id, context.person)
    match version:
        case PlanRow(amends=int(plan_id)):
            later = LaterVersion(await plan_store.get(context.conn, plan_id), version.id)
            return await shown(context, later, start=start, done=done)
        case NotTheirPlan():
            return turned_away(context, version.about, "plan.not_yours", unit=version.unit)
        case _:
            return reply(Outgoing(context.texts("plan.gone")))


@button("changes", "coordinator")
async def changes_from(context: Context, pressed: ButtonData) -> Reply:
    """Show the next page of a version's changes."""
    return await _again(context, pressed.id(), start=pressed.id(1))


@button("asbefore", "coordinator")
async def leave_out(context: Context, pressed: ButtonData) -> Reply:
    """Leave one change out: the plan stays there as it is."""
    key = f"{pressed.text(2)} {pressed.text(3)}"
    result = await leave_change(
        context.conn,
        pressed.id(),
        pressed.text(1),
        key,
        by=context.person,
        now=context.now,
        rules=context.rules,
    )
    if isinstance(result, ChangeLeft):
        return await _again(context, pressed.id(), done=[word_left(context.texts, result)])
    return await _again(context, pressed.id())


@button("unleave", "coordinator")
async def take_back(context: Context, pressed: ButtonData) -> Reply:
    """Take the last change again that was left out."""
    result = await undo_correction(context.conn, pressed.id(), by=context.person, now=context.now)
    key = "draft.undone" if isinstance(result, CorrectionUndone) else "draft.nothing_undone"
    return await _again(context, pressed.id(), done=[context.texts(key, count=1)])


def word_left(texts: Texts, result: ChangeLeft) -> Markup:
    """Word that one change is left out."""
    return texts(f"amend.left_{_LEFT[result.sign]}", what=_what(result.clause))


def _handed_over(texts: Texts, plan: PlanRow, version: PlanRow) -> Markup | None:
    """Word that the later version is compiled by another unit, if it is."""
    if version.coordinator_id is None or version.coordinator_id == plan.coordinator_id:
        return None
    return texts("amend.coordinator", old=plan.coordinator or "", new=version.coordinator or "")


@button("amend", "coordinator")
async def amend(context: Context, pressed: ButtonData) -> Reply:
    """Let a later version take its plan's place."""
    result = await apply_version(
        context.conn,
        pressed.id(),
        by=context.person,
        now=context.now,
        rules=context.rules,
        passed_too=pressed.text(1) == "kept",
    )
    match result:
        case NotTheirPlan():
            return turned_away(context, result.about, "plan.not_yours", unit=result.unit)
        case Refused():
            return reply(Outgoing(context.texts("plan.gone")))
        case AsksVersionDates():
            return _ask_dates(context, result)
        case VersionApplied():
            unit_count = await tell_units(
                context.conn, wording_of(context), result.plan, result.applied.news, context.now
            )
            return reply(Outgoing(word_applied(context.texts, result.plan, result.applied, unit_count)))


def _ask_dates(context: Context, question: AsksVersionDates) -> Reply:
    """Say which dates that the version brings ask nobody, and offer to keep them."""
    text = lines(context.texts("doubt.first"), *word_dates(context.texts, question.doubts))
    keep = label(context.texts, "dates_keep", count=len(question.doubts))
    taps = (
        choice_of(keep, "amend", question.version.id, "kept"),
        choice_of(label(context.texts, "discard"), "discard", question.version.id),
    )
    return reply(Outgoing(text, (taps,)))


def word_head(texts: Texts, plan: PlanRow, changes: Changes) -> Markup:
    """Word how much a later version changes: "thêm 3, bỏ 1, đổi 2"."""
    if not (changes.added or changes.removed or changes.changed):
        return texts("amend.nothing", plan=plan.name)
    return texts(
        "amend.head",
        plan=plan.name,
        added=len(changes.added),
        removed=len(changes.removed),
        changed=len(changes.changed),
    )


def word_changes(texts: Texts, changes: Changes, returning: Collection[int] = ()) -> list[Markup]:
    """Word each change on a line: its section, its opening words, dates and units old and new.

    `returning` are the ids of added clauses that the plan once had: their progress is back with them.
    """
    return [
        *[
            texts(
                "amend.returned" if clause.id in returning else "amend.added",
                what=_what(clause),
                dates=_in_brackets(texts, clause),
            )
            for clause in changes.added
        ],
        *[texts("amend.removed", what=_what(clause)) for clause in changes.removed],
        *[texts("amend.changed", what=_what(pair.new), how=_how(texts, pair)) for pair in changes.changed],
    ]


def word_applied(texts: Texts, plan: PlanRow, done: Applied, units: int = 0) -> Markup:
    """Word what came of it, and how many units were told."""
    text = texts("amend.applied", plan=plan.name, new=done.new, moved=done.moved, cancelled=done.cancelled)
    back = texts("amend.applied_back", count=done.back) if done.back else None
    return lines(text, back, texts("amend.told", count=units) if units else None)


def _what(clause: Clause) -> str:
    """Its section and its opening words; a duty's after the unit under which the document puts it."""
    of = f"{clause.heading}: " if clause.kind == "duty" else ""
    return short(f"{clause.section} {of}{clause.text}", _WIDTH)


def _in_brackets(texts: Texts, clause: Clause) -> Markup:
    return Markup(" ({})").format(_dates(texts, clause)) if clause.due else Markup("")


def _dates(texts: Texts, clause: Clause) -> Markup:
    if not clause.due:
        return texts("amend.no_date")
    return Markup(", ").join(full_date(texts, day) for day in clause.due)


def _how(texts: Texts, pair: Pair) -> Markup:
    how: list[Markup] = []
    if pair.moved:
        how.append(texts("amend.dates", old=_dates(texts, pair.old), new=_dates(texts, pair.new)))
    how += _units(texts, pair)
    return Markup("; ").join(how or [texts("amend.words")])


def _units(texts: Texts, pair: Pair) -> Sequence[Markup]:
    rows = (("amend.joined", pair.joined), ("amend.left", pair.left))
    return [texts(key, units=", ".join(sorted(units))) for key, units in rows if units]


BUTTONS: tuple[Button, ...] = (amend, changes_from, leave_out, take_back)
