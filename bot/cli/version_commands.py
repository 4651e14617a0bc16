"""A later version of a plan on the command line: its changes are printed, and applied with --amend."""

from dataclasses import dataclass

import typer
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction

from bot.cli.command_context import Session, fail, show
from domain.assignments.plan_following import Applied
from domain.plans.version_diff import Changes, Clause
from handlers.common.conversation import plain
from handlers.plans.version_chat import word_applied, word_changes, word_head
from handlers.plans.version_notice import tell_units
from services.common.rules import Rules
from services.plans.apply_version import VersionApplied, apply_version
from services.plans.import_plan import LaterVersion
from storage.plans import plan_store, version_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a later version changes; `applied` is None where that was not asked for."""

    plan: PlanRow
    changes: Changes
    applied: Applied | None


async def take_later(
    now: Session,
    conn: AsyncConnection,
    rules: Rules,
    later: LaterVersion,
    trial: AsyncTransaction,
    *,
    amend: bool,
) -> Amendment:
    """Compare a later version with its plan and, if told to, apply it; else the import is rolled back."""
    changes = await version_store.changes(conn, later.version_id)
    if not amend:
        await trial.rollback()
        return Amendment(later.plan, changes, None)
    at = now.clock.now()
    result = await apply_version(conn, later.version_id, by=None, now=at, rules=rules)
    applied = result.applied if isinstance(result, VersionApplied) else None
    row = await plan_store.get(conn, later.plan.id)
    if applied is not None:
        await tell_units(conn, now.wording(rules), row, applied.news, at)
    return Amendment(row, changes, applied)


def tell(now: Session, told: Amendment, *, as_json: bool) -> None:
    """Print the changes. Raises Failed where they were not applied."""
    if as_json:
        applied = told.applied is not None
        show(
            {**plan_row(told.plan), "imported": False, "applied": applied, "changes": _changes(told.changes)}
        )
    else:
        for line in (word_head(now.texts, told.plan, told.changes), *word_changes(now.texts, told.changes)):
            typer.echo(plain(line))
    if told.applied is None:
        fail(now.texts("amend.how_cli", plan=told.plan.name).unescape())
    if not as_json:
        typer.echo(plain(word_applied(now.texts, told.plan, told.applied)))


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


def _changes(found: Changes) -> dict[str, object]:
    return {
        "added": [_clause(clause) for clause in found.added],
        "removed": [_clause(clause) for clause in found.removed],
        "changed": [{"was": _clause(pair.old), "is": _clause(pair.new)} for pair in found.changed],
        "kept": len(found.kept),
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
