"""Papers on order: gathered in one reading transaction, written in a thread, named so that they are found.

Office documents are in Vietnamese, whatever language their reader speaks with the bot.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from config.files import FOLDER
from config.texts import load_texts
from documents.writing.picture import draw_status
from documents.writing.report_document import write_report
from documents.writing.tracking_workbook import write_cycle, write_tracking
from domain.common.text import fold
from handlers.assignments import evidence_list
from handlers.common.conversation import Order, Outgoing, Paper
from handlers.common.wording import Wording, lines
from handlers.nudging import ledger_chat
from handlers.reporting.period_wording import view_period
from handlers.reporting.report_draft import report_of
from handlers.reporting.table_rows import board_of, cycle_labels, cycle_rows, tracking_of
from services.common.rules import Rules
from services.reporting.cycle import cycle
from services.reporting.report_scope import View, read_scope, view_of
from services.reporting.summary import Summary, summary_of
from storage.assignments.evidence_files import folder_of
from storage.database.engine import Database
from storage.nudging import nudge_ledger

PAGES = 6
"""Pictures that are sent at most; whoever has more units reads the table."""
_A_YEAR = timedelta(days=366)
_log = structlog.get_logger()
_UNFIT = re.compile(r"[^a-z0-9]+")

Write = Callable[[], tuple[Paper, ...]]
"""Writes papers from what is gathered, none with a bad template; takes its time: call it in a thread."""


async def fill(database: Database, rules: Rules, message: Outgoing, now: datetime) -> Outgoing:
    """Return a message with the papers that it orders; where one cannot be made any more it says so."""
    if not message.orders:
        return message
    written = [order for order in message.orders if order.kind != evidence_list.KIND]
    async with database.reading() as conn:
        writes = [await prepare(conn, rules, order, now) for order in written]
        evidence = await evidence_list.ordered(
            conn, (order for order in message.orders if order not in written)
        )
    made = [await asyncio.to_thread(write) for write in writes if write is not None]
    files, gone = await asyncio.to_thread(evidence_list.fetched, folder_of(database.path), evidence)
    texts = vietnamese(rules, now).texts
    text = lines(
        message.text,
        texts("paper.gone") if None in writes else None,
        texts("paper.bad_template") if () in made else None,
        texts("proof.gone", names=", ".join(gone)) if gone else None,
    )
    papers = (*(paper for made_papers in made for paper in made_papers), *files)
    return replace(message, text=text, papers=(*message.papers, *papers), orders=())


async def prepare(conn: AsyncConnection, rules: Rules, order: Order, now: datetime) -> Write | None:
    """Gather what an order needs; None where its plan, its round or its report is not there any more."""
    scope, words = read_scope(order.about), vietnamese(rules, now)
    view = await view_of(conn, scope, rules.reports, words.today) if scope else None
    gather = _KINDS.get(order.kind)
    return await gather(conn, rules, words, view, now) if view and gather else None


def vietnamese(rules: Rules, now: datetime) -> Wording:
    """The language of office documents, and the local day."""
    return Wording(load_texts("vi"), now.astimezone(rules.zone).date(), rules.days, rules.zone)


async def _report(conn: AsyncConnection, rules: Rules, words: Wording, view: View, now: datetime) -> Write:
    summary = await summary_of(conn, view, words.today)
    template = FOLDER / "templates" / view.report.template if view.report else None
    report = report_of(words, rules.reports, summary)
    name = file_name(words, "report", view, "docx", summary)

    def write() -> tuple[Paper, ...]:
        from documents.writing.word import BadTemplate  # as heavy as the writer, and only its own

        try:
            return (Paper(name, write_report(report, template)),)
        except (BadTemplate, FileNotFoundError) as wrong:
            _log.warning("bad_template", why=str(wrong))
            return ()

    return write


async def _tracking(conn: AsyncConnection, rules: Rules, words: Wording, view: View, now: datetime) -> Write:
    summary = await summary_of(conn, view, words.today)
    entries = await _ledger(conn, words, summary)
    rows = [ledger_chat.row(words.texts, words.zone, entry) for entry in entries]
    name = file_name(words, "tracking", view, "xlsx", summary)
    return lambda: (
        Paper(name, write_tracking(tracking_of(words, summary, ledger_chat.labels(words.texts), rows))),
    )


async def _ledger(conn: AsyncConnection, words: Wording, summary: Summary) -> list[nudge_ledger.Entry]:
    """The nudges that units of the view had in its round."""
    plan, names = summary.view.plan, {owing.unit for owing in summary.owing}
    first = max(summary.view.since, words.today - _A_YEAR)
    compiled = [plan.coordinator_id] if plan.coordinator_id is not None else []
    entries = await nudge_ledger.entries(
        conn, first, words.today, words.zone, kinds=nudge_ledger.ASKING, coordinators=compiled
    )
    return [entry for entry in entries if names & set(entry.units)]


async def _picture(conn: AsyncConnection, rules: Rules, words: Wording, view: View, now: datetime) -> Write:
    view = replace(view, round=None)  # a status is about all that is due next, whatever round it is of
    board = board_of(words, await summary_of(conn, view, words.today), now)
    name = partial(file_name, words, "picture", view)
    return lambda: tuple(
        Paper(name(f"{page}.png"), drawn) for page, drawn in enumerate(draw_status(board)[:PAGES], 1)
    )


async def _cycle(conn: AsyncConnection, rules: Rules, words: Wording, view: View, now: datetime) -> Write:
    counts = await cycle(conn, view.plan.id, words.today, view.scope.unit_ids)
    rows, often = cycle_rows(words, counts)
    units, duties = cycle_labels(words.texts)
    name = file_name(words, "cycle", view, "xlsx")
    return lambda: (Paper(name, write_cycle(units, rows, duties, often)),)


Gather = Callable[[AsyncConnection, Rules, Wording, View, datetime], Awaitable[Write]]
_KINDS: dict[str, Gather] = {"docx": _report, "xlsx": _tracking, "png": _picture, "cycle": _cycle}


def file_name(words: Wording, kind: str, view: View, suffix: str, summary: Summary | None = None) -> str:
    """Return a file's name in plain letters: what it is, of which plan and period, of which unit or part."""
    scope, units = view.scope, summary.stands.units if summary else ()
    parts = [
        str(words.texts(f"paper.{kind}")),
        scope.report,
        view.plan.name,
        view_period(words, view) if summary and view.round else f"{words.today:%d-%m-%Y}",
        *(unit.unit for unit in units if len(scope.unit_ids) == 1),
        scope.part,
    ]
    return f"{_UNFIT.sub('-', fold(' '.join(parts))).strip('-')[:100]}.{suffix}"
