"""nhacviec plan import: the options, and what became of the file, in words or as data."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from markupsafe import Markup

from bot.cli.command_context import AsJson, Session, open_session, print_json, run_to_end
from bot.cli.plan_importing import PassedDates, PlanKept, Wanted, asked_rows, import_file
from bot.cli.version_commands import Amendment, date_rows, plan_row, print_amendment
from domain.plans.plan import Passage
from handlers.common.conversation import plain
from handlers.plans.date_wording import word_dates
from handlers.plans.rhythm_wording import word_coverage
from handlers.plans.unread_wording import word_passages
from handlers.reporting.status_chat import word_open

STAYS_DRAFT = 3
"""The exit code of an import after which the plan waits as a draft though it was to go live."""

_Draft = Annotated[bool, typer.Option("--draft")]
_Coordinator = Annotated[str | None, typer.Option(metavar="UNIT")]
_Amend = Annotated[bool, typer.Option("--amend")]
_Dates = Annotated[PassedDates | None, typer.Option(metavar="ask|keep")]
_WithUnread = Annotated[bool, typer.Option("--with-unread")]
_AsVersion = Annotated[bool, typer.Option("--as-version")]
_AsNew = Annotated[bool, typer.Option("--as-new")]


def import_(
    context: typer.Context,
    file: Path,
    draft: _Draft = False,
    coordinator: _Coordinator = None,
    amend: _Amend = False,
    reports: str | None = None,
    dates: _Dates = None,
    with_unread: _WithUnread = False,
    as_version: _AsVersion = False,
    as_new: _AsNew = False,
    as_json: AsJson = False,
) -> None:
    """Import a plan and print what became of it; the exit code tells where it stays a draft."""
    session = open_session(context)
    wanted = Wanted(draft, coordinator, amend, reports, with_unread, as_version, as_new, dates)
    outcome = run_to_end(import_file(session, file, wanted))
    if isinstance(outcome, Amendment):
        print_amendment(session, outcome, as_json=as_json)
        return
    if as_json:
        print_json(_as_data(outcome))
    else:
        for line in _word_imported(session, outcome, draft=draft):
            typer.echo(line)
    if outcome.plan.state == "draft" and not draft:
        raise typer.Exit(STAYS_DRAFT)


def _as_data(outcome: PlanKept) -> dict[str, object]:
    """Return what became of an import as data."""
    return {
        **plan_row(outcome.plan),
        "imported": outcome.is_new,
        "open": outcome.open,
        "carried": plain(outcome.carried) if outcome.carried else None,
        "asked": asked_rows(outcome.coverage),
        "dates": date_rows(outcome.dates),
        "unread": [
            {"section": passage.section, "text": passage.text, "why": passage.why}
            for passage in outcome.unread
        ],
    }


def _word_imported(session: Session, outcome: PlanKept, *, draft: bool) -> Iterator[str]:
    """Yield what became of an import in words; `draft`: it was asked for as one."""
    row, texts = outcome.plan, session.texts
    key = f"cli.{'imported' if outcome.is_new else 'same'}" + ("_draft" if row.state == "draft" else "")
    coordinator = row.coordinator or "?"
    yield texts(key, plan=row.name, count=row.assignments, coordinator=coordinator).unescape()
    if outcome.carried:
        yield plain(outcome.carried)
    for line in word_open(texts, outcome.open)[1:]:
        yield plain(Markup.escape(line))
    if coverage := word_coverage(texts, outcome.coverage):
        yield plain(coverage)
    yield from map(plain, word_dates(texts, outcome.dates))
    yield from word_unread(session, outcome.unread)
    if outcome.alike:
        yield texts("likeness.told_cli", plan=row.name, other=outcome.alike.name).unescape()
    if row.state == "draft" and not draft:
        yield from _why_draft(session, outcome)


def _why_draft(session: Session, outcome: PlanKept) -> Iterator[str]:
    """Yield by which option what was to go live goes live."""
    if outcome.coverage.unasked:
        yield session.texts("rhythm.kept").unescape()
    elif outcome.dates:
        yield session.texts("doubt.kept").unescape()
    elif outcome.unread:
        yield session.texts("unread.kept").unescape()


def word_unread(session: Session, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield which passages of a document became nothing."""
    if passages:
        yield plain(session.texts("unread.count", count=len(passages)))
    yield from map(plain, word_passages(session.texts, passages))
