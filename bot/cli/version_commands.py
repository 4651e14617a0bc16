"""A later version of a plan on the command line: its changes are printed, and applied with --amend."""

from collections.abc import Iterable
from dataclasses import dataclass

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction

from bot.cli.command_context import Session, fail, print_json
from domain.assignments.plan_following import Applied
from domain.plans.draft import Doubt
from domain.plans.version_diff import Changes, Clause
from handlers.common.conversation import plain
from handlers.plans.date_wording import word_dates
from handlers.plans.version_chat import word_applied, word_changes, word_head
from handlers.plans.version_notice import tell_units
from services.common.rules import Rules
from services.plans.apply_version import AsksVersionDates, VersionApplied, apply_version
from services.plans.import_plan import LaterVersion
from storage.plans import plan_store, version_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a later version changes; `applied` is None where that was not asked for."""

    plan: PlanRow
    changes: Changes
    applied: Applied | None
    dates: tuple[Doubt, ...] = ()
    """The doubts about dates for which it was not applied."""


async def take_later(
    session: Session,
    conn: AsyncConnection,
    rules: Rules,
    later: LaterVersion,
    trial: AsyncTransaction,
    *,
    amend: bool,
    passed_too: bool,
) -> Amendment:
    """Compare a later version with its plan and, if told to, apply it; else the import is rolled back.

    With `passed_too` it is applied though dates that it brings are past, unsure or outside its period.
    """
    changes = await version_store.changes(conn, later.version_id)
    if not amend:
        await trial.rollback()
        return Amendment(later.plan, changes, None)
    at = session.clock.now()
    result = await apply_version(conn, later.version_id, by=None, now=at, rules=rules, passed_too=passed_too)
    if isinstance(result, AsksVersionDates):
        await trial.rollback()
        return Amendment(later.plan, changes, None, result.doubts)
    applied = result.applied if isinstance(result, VersionApplied) else None
    row = await plan_store.get(conn, later.plan.id)
    if applied is not None:
        await tell_units(conn, session.wording(rules), row, applied.news, at)
    return Amendment(row, changes, applied)


def print_amendment(session: Session, amendment: Amendment, *, as_json: bool) -> None:
    """Print the changes. Raises Failed where they were not applied."""
    if as_json:
        applied = amendment.applied is not None
        print_json(
            {
                **plan_row(amendment.plan),
                "imported": False,
                "applied": applied,
                "changes": _changes(amendment.changes),
                "dates": date_rows(amendment.dates),
            }
        )
    else:
        for line in (
            word_head(session.texts, amendment.plan, amendment.changes),
            *word_changes(session.texts, amendment.changes),
            *word_dates(session.texts, amendment.dates),
        ):
            typer.echo(plain(line))
    if amendment.dates:
        count = len(amendment.dates)
        fail(session.texts("doubt.first_cli", plan=amendment.plan.name, count=count).unescape())
    if amendment.applied is None:
        fail(session.texts("amend.how_cli", plan=amendment.plan.name).unescape())
    if not as_json:
        typer.echo(plain(word_applied(session.texts, amendment.plan, amendment.applied)))


def plan_row(row: PlanRow) -> dict[str, object]:
    """Return a plan as it is printed."""
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "issuer": row.issuer,
        "issued_on": row.issued_on,
        "coordinator": row.coordinator,
        "state": row.state,
        "assignments": row.assignments,
    }


def date_rows(doubts: Iterable[Doubt]) -> list[dict[str, object]]:
    """Return as data the dates to look at: `why` is "passed", "outside" or what leaves the date unsure."""
    return [
        {
            "why": doubt.why or doubt.kind,
            "who": doubt.about,
            "due": doubt.row.due if doubt.row else (),
            "section": doubt.row.section if doubt.row else "",
            "text": doubt.row.text if doubt.row else "",
        }
        for doubt in doubts
    ]


def _changes(changes: Changes) -> dict[str, object]:
    return {
        "added": [_clause(clause) for clause in changes.added],
        "removed": [_clause(clause) for clause in changes.removed],
        "changed": [{"was": _clause(pair.old), "is": _clause(pair.new)} for pair in changes.changed],
        "kept": len(changes.kept),
    }


def _clause(clause: Clause) -> dict[str, object]:
    return {
        "kind": clause.kind,
        "section": clause.section,
        "heading": clause.heading,
        "text": clause.text,
        "units": sorted(clause.asked),
        "due": clause.due,
    }
