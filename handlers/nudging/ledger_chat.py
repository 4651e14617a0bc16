"""/sodondoc (/ledger): the ledger of nudges as a workbook, for the units of the plans that one compiles."""

from collections import Counter
from datetime import datetime, tzinfo

from config.texts import Texts
from documents.writing.tracking_workbook import Labels, LedgerRow, write_ledger
from domain.nudging.day_ranges import read_span
from handlers.common.context import Context, Reply, command, reply
from handlers.common.conversation import Outgoing, Paper
from handlers.common.wording import channel_names, full_date, short
from storage.nudging import nudge_ledger
from storage.nudging.nudge_ledger import Entry

_HEADS = ("number", "day", "unit", "person", "role", "kind", "channel", "state", "why", "sent", "answered")
_LOST = ("failed", "unsure")


@command("ledger", "sodondoc", "coordinator")
async def ledger(context: Context, argument: str) -> Reply:
    """Send the ledger of a period, of the last 30 days where none is named."""
    span = read_span(argument, context.today)
    if span is None:
        return reply(Outgoing(context.texts("ledger.unclear", words=short(argument, 60))))
    texts, (first, last) = context.texts, span
    days = {"first": full_date(texts, first), "last": full_date(texts, last)}
    entries = await nudge_ledger.entries(
        context.conn,
        first,
        last,
        context.rules.zone,
        kinds=nudge_ledger.ASKING,
        coordinators=context.person.units("coordinator"),
    )
    if not entries:
        return reply(Outgoing(texts("ledger.none", **days)))
    rows = tuple(row(texts, context.rules.zone, entry) for entry in entries)
    data = write_ledger(labels(texts), rows)
    states = Counter(entry.state for entry in entries)
    text = texts(
        "ledger.told",
        **days,
        count=len(entries),
        sent=states["sent"],
        answered=sum(entry.answered_at is not None for entry in entries),
        lost=sum(states[state] for state in _LOST),
        again=_again(argument),
    )
    name = f"{texts('ledger.file')}-{first.isoformat()}-{last.isoformat()}.xlsx"
    return reply(Outgoing(text, papers=(Paper(name, data),)))


def _again(argument: str) -> str:
    """What to type for the same file once more: a file that was lost in a crash is not sent by itself."""
    return f" {short(argument, 40)}" if argument.strip() else ""


def labels(texts: Texts) -> Labels:
    """Return the name of the ledger's sheet and the heads of its columns."""
    return Labels(
        str(texts("ledger.sheet")), tuple(str(texts(f"ledger.head_{head}")) for head in (*_HEADS, "attempts"))
    )


def row(texts: Texts, zone: tzinfo, entry: Entry) -> LedgerRow:
    """Return one message as a row; its moments are told in the time of `zone`."""
    state = texts(f"ledger.state_{entry.state}")
    return LedgerRow(
        day=entry.day,
        unit=", ".join(entry.units),
        person=entry.person,
        role=str(texts(f"role.{entry.role}")) if entry.role else "",
        kind=str(texts(f"ledger.kind_{entry.kind}")),
        channel=channel_names(texts, filter(None, (entry.channel, entry.passed_to))),
        state=str(
            texts("ledger.repeated", state=state) if entry.repeated and entry.state == "sent" else state
        ),
        why=_why(texts, entry),
        sent_at=_local(zone, entry.sent_at),
        answered_at=_local(zone, entry.answered_at),
        attempts=entry.attempts,
        failed=entry.state in _LOST or entry.why == "unreachable",
    )


def _why(texts: Texts, entry: Entry) -> str:
    """A reason in words; what a server said in its own is left as it is. What arrived needs none."""
    if entry.why is None or entry.state == "sent":
        return ""
    key = f"ledger.why_{entry.why}"
    return str(texts(key)) if texts.has(key) else entry.why


def _local(zone: tzinfo, moment: datetime | None) -> datetime | None:
    return moment.astimezone(zone) if moment else None
