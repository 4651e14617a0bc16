"""nhacviec plan import: what is done with the file, step by step."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import typer
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.cli.command_context import Session, fail, opened, read_file
from bot.cli.version_commands import Amendment, take_later
from domain.organisation.register import Register
from domain.plans.asked_units import Coverage, coverage_of_draft
from domain.plans.date_doubts import unsettled_date_doubts
from domain.plans.draft import Doubt
from domain.plans.draft_change import DraftChange
from domain.plans.plan import Passage, Plan
from domain.plans.rhythms import make_rhythm
from handlers.plans.plan_wording import word_carried
from handlers.plans.rhythm_wording import rule_wording
from services.common.rules import Rules
from services.plans.choose_rhythm import choose_rhythm
from services.plans.confirm_draft import confirm_draft
from services.plans.correct_draft import correct_draft
from services.plans.import_plan import AlreadyKept, Imported, LaterVersion, import_plan
from services.plans.join_version import join_version, keep_apart
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan
from storage.organisation import unit_store
from storage.plans import likeness_store, plan_store
from storage.plans.plan_store import PlanRow

_TELLS_EVERY = 5.0
_NONE = "none"
"""The value of --reports by which nobody else is to be asked."""


class PassedDates(StrEnum):
    """What becomes of dates by which nobody would be asked: asked for from now on, or kept as they are."""

    ASK = "ask"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of the command."""

    draft: bool
    coordinator: str | None
    amend: bool
    reports: str | None
    with_unread: bool
    as_version: bool
    as_new: bool
    dates: PassedDates | None = None

    @property
    def goes_on(self) -> bool:
        """Whether something is said that lets a draft of the same document go live."""
        settles = self.reports is not None or self.dates is not None
        return settles or self.with_unread or self.as_version or self.as_new


@dataclass(frozen=True, slots=True)
class PlanKept:
    """The plan, whether it is new, the expressions that mean nobody, whom it asks, what is unread of it.

    `dates` are the doubts about dates by which nobody is asked, of a plan that has just come or is a draft;
    `carried` tells what became of the corrections of the draft in whose place it stands, if there were any;
    `alike` is a plan of which it may be a new version.
    """

    plan: PlanRow
    is_new: bool
    open: tuple[str, ...]
    coverage: Coverage
    unread: tuple[Passage, ...]
    dates: tuple[Doubt, ...]
    carried: Markup | None
    alike: PlanRow | None


async def import_file(session: Session, file: Path, wanted: Wanted) -> PlanKept | Amendment:
    """Import a plan's file. Raises Failed with the sentence that says what is wrong."""
    async with opened(session) as (database, rules):
        plan, at = await read_plan(session, file, rules.register), session.clock.now()
        async with database.writing() as conn:
            unit = wanted.coordinator and await unit_id(session, conn, rules.register, wanted.coordinator)
            trial = await conn.begin_nested()
            result = await import_plan(conn, plan, by=None, now=at, rules=rules, coordinator_id=unit or None)
            match result:
                case NotTheirPlan():
                    raise LookupError("the operator may import any plan")
                case LaterVersion():
                    later: LaterVersion | None = result
                case _:
                    later = await _go_on(session, conn, rules, result, wanted)
            if later is not None:
                keeps = wanted.dates is PassedDates.KEEP
                return await take_later(
                    session, conn, rules, later, trial, amend=wanted.amend, passed_too=keeps
                )
            return await _kept(session, conn, rules, result)


async def _go_on(
    session: Session, conn: AsyncConnection, rules: Rules, result: Imported | AlreadyKept, wanted: Wanted
) -> LaterVersion | None:
    """Let a draft that has just come, or of which an option says something, go live as the options say.

    Return it where it waits as a later version of a live plan instead.
    """
    row = result.plan
    if isinstance(result, AlreadyKept) and not (row.state == "draft" and wanted.goes_on):
        return None
    later = await _settle_likeness(session, conn, rules, row, wanted)
    if later is None:
        await _go_live(session, conn, rules, row.id, wanted)
    return later


async def _settle_likeness(
    session: Session, conn: AsyncConnection, rules: Rules, row: PlanRow, wanted: Wanted
) -> LaterVersion | None:
    """Take a draft for what the options say; return it where it waits as a later version of a live plan.

    Raises Failed where they say nothing, it would go live, and it or the plan that it is like has no number.
    """
    other = await likeness_store.resembled(conn, row.id)
    if other is None:
        return None
    if wanted.as_version:
        joined = await join_version(conn, row.id, by=None, now=session.clock.now(), rules=rules)
        return joined if isinstance(joined, LaterVersion) else None
    if wanted.as_new:
        await keep_apart(conn, row.id, by=None, now=session.clock.now())
    elif not wanted.draft and not (row.number and other.number):
        fail(session.texts("likeness.kept_cli", plan=row.name, other=other.name).unescape())
    return None


async def _go_live(
    session: Session, conn: AsyncConnection, rules: Rules, plan_id: int, wanted: Wanted
) -> None:
    """Do what the options say of a draft's rhythm and dates; let it go live unless it is to stay one."""
    at = session.clock.now()
    if wanted.reports is not None and wanted.reports != _NONE:
        await _choose(session, conn, rules, plan_id, wanted.reports, at)
    if wanted.dates is PassedDates.ASK:
        await _ask_passed(session, conn, rules, plan_id)
    if not wanted.draft:
        unasked_too, unread_too = wanted.reports == _NONE, wanted.with_unread
        await confirm_draft(
            conn,
            plan_id,
            by=None,
            now=at,
            rules=rules,
            unasked_too=unasked_too,
            unread_too=unread_too,
            passed_too=wanted.dates is PassedDates.KEEP,
        )


async def _ask_passed(session: Session, conn: AsyncConnection, rules: Rules, plan_id: int) -> None:
    """Let what was due before today be asked for from now on."""
    draft, known = await open_draft(conn, plan_id, rules, session.today)
    for doubt in unsettled_date_doubts(draft):
        if doubt.kind == "passed":
            change = DraftChange(doubt.key, "ask")
            await correct_draft(conn, draft, known, change, by=None, now=session.clock.now(), rules=rules)


async def _choose(
    session: Session, conn: AsyncConnection, rules: Rules, plan_id: int, reports: str, at: datetime
) -> None:
    draft, _ = await open_draft(conn, plan_id, rules, session.today)
    rhythm = make_rhythm(reports, draft)
    if rhythm is None:
        fail(session.texts("rhythm.bad", words=reports).unescape())
    wording = rule_wording(session.texts, rhythm)
    await choose_rhythm(conn, plan_id, rhythm, wording, by=None, now=at, rules=rules)


async def _kept(
    session: Session, conn: AsyncConnection, rules: Rules, result: Imported | AlreadyKept | LaterVersion
) -> PlanKept:
    """Return the plan as it is kept now, with what is open about it."""
    plan_id, is_new = result.plan.id, isinstance(result, Imported)
    row, left = await plan_store.get(conn, plan_id), await plan_store.left_open(conn, plan_id)
    draft, _ = await open_draft(conn, plan_id, rules, session.today)
    return PlanKept(
        row,
        is_new,
        left,
        coverage_of_draft(draft, session.today),
        draft.unread,
        unsettled_date_doubts(draft) if is_new or row.state == "draft" else (),
        word_carried(session.texts, result.carried) if isinstance(result, Imported) else None,
        await likeness_store.resembled(conn, plan_id),
    )


def asked_rows(coverage: Coverage) -> list[dict[str, object]]:
    """Return each unit with a duty, the dates on which it is asked, and its duties that no date covers."""
    return [
        {"unit": unit.unit, "dates": list(unit.dates), "uncovered": list(unit.uncovered)}
        for unit in coverage.units
    ]


async def unit_id(session: Session, conn: AsyncConnection, known: Register, name: str) -> int:
    """Return the id of a unit by any of its spellings. Raises Failed."""
    unit = known.find(name)
    ids = await unit_store.ids(conn)
    id_ = ids.get(unit.name if unit else name)
    if id_ is None:
        fail(session.texts("cli.no_unit", unit=name).unescape())
    return id_


async def read_plan(session: Session, file: Path, known: Register) -> Plan:
    """Read a plan file, as within the chat. Raises Failed with the sentence that says what is wanted."""
    from documents.reading import Unreadable
    from documents.reading.safely import read_safely

    try:
        return await read_safely(read_file(file, session), file.name, known, _telling(session))
    except Unreadable as wrong:
        fail(session.texts(f"unreadable.{wrong.reason}", name=file.name).striptags())


def _telling(session: Session) -> Callable[[int, int], None]:
    """Return what says on standard error how many pages are read, at most once in some seconds."""
    heard_at = time.monotonic()

    def tell(read: int, pages: int) -> None:
        nonlocal heard_at
        if read < pages and time.monotonic() - heard_at >= _TELLS_EVERY:
            heard_at = time.monotonic()
            typer.echo(session.texts("reading.page", page=read + 1, pages=pages).unescape(), err=True)

    return tell
