"""A later version of a plan: what it changes is shown, and applied when the coordinator says so."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from config.texts import Texts
from domain.plans.commitments import commit
from domain.plans.plan import Plan
from domain.plans.version_diff import Changes, Clause, Pair
from handlers.assignments.item_list import wording
from handlers.common.context import Button, Context, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, lines, short
from handlers.plans.version_notice import tell_units
from storage.common import audit_log
from storage.plans import plan_store, version_store
from storage.plans.plan_store import PlanRow
from storage.plans.version_store import Applied

_SHOWN = 12
_WIDTH = 80


async def offered(context: Context, kept: PlanRow, plan: Plan) -> Reply:
    """Keep a later version of the live plan `kept` beside it, and show what it would change."""
    if not _compiles(context, kept):
        return _not_theirs(context, kept)
    asks = commit(plan, context.rules.register, context.today)
    later = await version_store.propose(context.conn, kept.id, plan, asks, context.now)
    await audit_log.note(context.conn, context.now, "amendment", f"plan {kept.id}", context.person.id)
    return await shown(context, await plan_store.get(context.conn, later))


async def shown(context: Context, later: PlanRow) -> Reply:
    """Show a later version that waits."""
    kept = await plan_store.get(context.conn, later.amends or 0)
    if not _compiles(context, kept):
        return _not_theirs(context, kept)
    found = await version_store.changes(context.conn, later.id)
    told = word_changes(context.texts, found, await version_store.returning(context.conn, later.id))
    more = [context.texts("plan.more", count=len(told) - _SHOWN)] if len(told) > _SHOWN else []
    head = word_head(context.texts, later, found)
    choices = (
        Choice(context.texts("amend.apply").unescape(), f"amend:{later.id}"),
        Choice(label(context.texts, "discard"), f"discard:{later.id}"),
    )
    text = lines(
        head, *told[:_SHOWN], *more, _handed_over(context.texts, kept, later), "", context.texts("amend.ask")
    )
    return reply(Outgoing(text, (choices,)))


def _compiles(context: Context, kept: PlanRow) -> bool:
    return kept.coordinator_id in context.person.units("coordinator")


def _not_theirs(context: Context, kept: PlanRow) -> Reply:
    return turned_away(context, f"plan {kept.id}", "plan.not_yours", unit=kept.coordinator or "")


def _handed_over(texts: Texts, kept: PlanRow, later: PlanRow) -> Markup | None:
    """Word that the later version is compiled by another unit, if it is."""
    if later.coordinator_id is None or later.coordinator_id == kept.coordinator_id:
        return None
    return texts("amend.coordinator", old=kept.coordinator or "", new=later.coordinator or "")


@button("amend", "coordinator")
async def amend(context: Context, argument: str) -> Reply:
    """Let a later version take its plan's place."""
    later = await plan_store.find(context.conn, id_in(argument))
    if later is None or later.amends is None:
        return reply(Outgoing(context.texts("plan.gone")))
    kept = await plan_store.get(context.conn, later.amends)
    if not _compiles(context, kept):
        return _not_theirs(context, kept)
    done = await version_store.apply(
        context.conn, later.id, context.today, context.rules.ladders, context.rules.days
    )
    await audit_log.note(context.conn, context.now, "amended", f"plan {kept.id}", context.person.id)
    row = await plan_store.get(context.conn, kept.id)
    told = await tell_units(context.conn, wording(context), row, done.news, context.now)
    return reply(Outgoing(word_applied(context.texts, later, done, told)))


def word_head(texts: Texts, plan: PlanRow, found: Changes) -> Markup:
    """Word how much a later version changes: "thêm 3, bỏ 1, đổi 2"."""
    if not (found.added or found.removed or found.changed):
        return texts("amend.nothing", plan=plan.name)
    return texts(
        "amend.head",
        plan=plan.name,
        added=len(found.added),
        removed=len(found.removed),
        changed=len(found.changed),
    )


def word_changes(texts: Texts, found: Changes, returning: Collection[int] = ()) -> list[Markup]:
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
            for clause in found.added
        ],
        *[texts("amend.removed", what=_what(clause)) for clause in found.removed],
        *[texts("amend.changed", what=_what(pair.new), how=_how(texts, pair)) for pair in found.changed],
    ]


def word_applied(texts: Texts, plan: PlanRow, done: Applied, units: int = 0) -> Markup:
    """Word what came of it, and how many units were told."""
    told = texts("amend.applied", plan=plan.name, new=done.new, moved=done.moved, cancelled=done.cancelled)
    back = texts("amend.applied_back", count=done.back) if done.back else None
    return lines(told, back, texts("amend.told", count=units) if units else None)


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


BUTTONS: tuple[Button, ...] = (amend,)
