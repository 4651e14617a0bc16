"""Minh chứng: what work has files that show it, and these files, for the unit and for who compiles."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

import structlog
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.common.file_names import safe_name
from handlers.assignments.item_numbering import owed
from handlers.common.button_data import ButtonData, choice_of, id_in
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Choice, Order, Outgoing, Paper
from handlers.common.wording import label, lines, short, wording_of
from storage.assignments import assignment_store, evidence_store
from storage.assignments.evidence_files import EvidenceStore
from storage.assignments.evidence_store import Evidence
from storage.plans import plan_store

KIND = "files"
"""The kind of an order for files of evidence; it is about their ids, with commas between."""
_FILES, _BYTES = 10, 45 * 2**20
"""What one message brings at most, but for a set, which stays together: a messenger's set has ten."""
_SHOWN = 60
_NAME, _WHAT = 60, 80
OWN = "own"
_log = structlog.get_logger()


def files_choice(texts: Texts, assignment_id: int, count: int = 0, number: int | None = None) -> Choice:
    """Return the button that brings an assignment's files; with their `count`, or its `number` in a list."""
    name = "files_numbered" if number else "files_count" if count else "files"
    return choice_of(label(texts, name, count=count, number=number), "files", assignment_id)


async def own_choice(context: Context, ones: Iterable[Assignment]) -> tuple[tuple[Choice, ...], ...]:
    """Return a row with the button that lists what of the unit's work has files; no row where none has."""
    count = sum((await evidence_store.counts(context.conn, [assignment.id for assignment in ones])).values())
    return ((choice_of(label(context.texts, "files_count", count=count), "proof", OWN),),) if count else ()


async def plan_choice(context: Context, plan_id: int) -> Choice | None:
    """Return the button that lists which units sent files for a plan; None where none did."""
    count = sum(sender.count for sender in await evidence_store.senders(context.conn, plan_id))
    return choice_of(label(context.texts, "files_count", count=count), "proof", plan_id) if count else None


@button("proof", "member")
async def listed(context: Context, pressed: ButtonData) -> Reply:
    """List one's own work that has files; to who compiles a plan its units, or the work of one of them."""
    if pressed.text() == OWN:
        return await _work(context, await owed(context))
    plan = await plan_store.find(context.conn, pressed.id())
    if plan is None or plan.coordinator_id not in context.person.units("coordinator"):
        return turned_away(context, f"plan {pressed.id()}")
    if not pressed.text(1):
        return await _units(context, plan.id, plan.name)
    ones = await assignment_store.of_units(context.conn, [pressed.id(1)])
    return await _work(context, [assignment for assignment in ones if assignment.plan_id == plan.id])


async def _units(context: Context, plan_id: int, name: str) -> Reply:
    senders = await evidence_store.senders(context.conn, plan_id)
    if not senders:
        return reply(Outgoing(context.texts("proof.none")))
    rows = tuple(
        (
            choice_of(
                _label(context, evidence_sender.unit, evidence_sender.count),
                "proof",
                plan_id,
                evidence_sender.unit_id,
            ),
        )
        for evidence_sender in senders[:_SHOWN]
    )
    more = context.texts("proof.more", count=len(senders) - _SHOWN) if len(senders) > _SHOWN else None
    head = context.texts(
        "proof.units",
        plan=name,
        units=len(senders),
        count=sum(evidence_sender.count for evidence_sender in senders),
    )
    return reply(Outgoing(lines(head, more), rows))


async def _work(context: Context, ones: Sequence[Assignment]) -> Reply:
    """Let somebody choose what to see the files of; where only one thing has any, bring them at once."""
    counts: Counter[int] = Counter()
    for (assignment_id, _), count in (
        await evidence_store.counts(context.conn, [assignment.id for assignment in ones])
    ).items():
        counts[assignment_id] += count
    shown = [assignment for assignment in ones if counts[assignment.id]]
    if not shown:
        return reply(Outgoing(context.texts("proof.none")))
    if len(shown) == 1:
        return await _bring(context, shown[0], 0)
    wording = wording_of(context)
    rows = tuple(
        (
            choice_of(
                _label(context, f"{wording.what(assignment).unescape()}", counts[assignment.id]),
                "files",
                assignment.id,
            ),
        )
        for assignment in shown[-_SHOWN:]
    )
    return reply(Outgoing(context.texts("proof.work", unit=shown[0].unit), rows))


def _label(context: Context, what: str, count: int) -> str:
    return label(context.texts, "files_of", what=short(what, 40), count=count)


@button("files", "member")
async def files(context: Context, pressed: ButtonData) -> Reply:
    """Bring the files of an assignment and of its lines, from the file on that is named behind the colon."""
    assignments = await assignment_store.get(context.conn, [pressed.id()])
    if not assignments or not _may_see(context, assignments[0]):
        return turned_away(context, f"assignment {pressed.id()}")
    return await _bring(context, assignments[0], pressed.id(1))


def _may_see(context: Context, assignment: Assignment) -> bool:
    own = assignment.unit_id in context.person.units("focal", "leader")
    return own or assignment.coordinator_id in context.person.units("coordinator")


async def _bring(context: Context, assignment: Assignment, start: int) -> Reply:
    evidence = await evidence_store.of(context.conn, [assignment.id])
    page, rest = _page([each for each in evidence if each.id >= start])
    if not page:
        return reply(
            Outgoing(
                context.texts(
                    "proof.none_here", unit=assignment.unit, what=wording_of(context).what(assignment)
                )
            )
        )
    head = context.texts(
        "proof.head", unit=assignment.unit, what=wording_of(context).what(assignment), count=len(evidence)
    )
    more = (choice_of(label(context.texts, "next_page"), "files", assignment.id, rest),) if rest else ()
    order = Order(KIND, ",".join(str(each.id) for each in page))
    acting = ", ".join(dict.fromkeys(short(each.name, _NAME) for each in page if each.acts))
    warns = context.texts("proof.acts", names=acting) if acting else None
    text = lines(head, *_told(context, page), warns)
    return reply(Outgoing(text, (more,) if more else (), orders=(order,)))


def _page(evidence: Sequence[Evidence]) -> tuple[list[Evidence], int | None]:
    """Return the files that go out at once, and with which one the rest begins; no set is cut in two."""
    page: list[Evidence] = []
    for _, some in groupby(evidence, key=lambda evidence: evidence.album or evidence.id):
        album = list(some)
        too_many = len(page) + len(album) > _FILES
        too_big = sum(evidence.size for evidence in (*page, *album)) > _BYTES
        if page and (too_many or too_big):
            return page, album[0].id
        page += album
    return page, None


def _told(context: Context, page: Sequence[Evidence]) -> list[Markup]:
    """A line for each item that has files: what it is, and what they are called."""
    names: dict[str | None, Counter[str]] = {}
    for evidence in page:
        names.setdefault(evidence.about, Counter())[short(evidence.name, _NAME)] += 1
    return [
        context.texts(
            "proof.row" if about else "proof.whole",
            what=short(about or "", _WHAT),
            names=Markup(", ").join(_named(context, name, count) for name, count in some.items()),
        )
        for about, some in names.items()
    ]


def _named(context: Context, name: str, count: int) -> Markup:
    return context.texts("proof.alike", name=name, count=count) if count > 1 else Markup.escape(name)


async def ordered(conn: AsyncConnection, orders: Iterable[Order]) -> tuple[Evidence, ...]:
    """Return what orders of KIND are about; what was taken back since is left out."""
    ids = [id_in(part) for order in orders for part in order.about.split(",")]
    return await evidence_store.get(conn, ids) if ids else ()


def fetched(folder: Path, evidence: Iterable[Evidence]) -> tuple[tuple[Paper, ...], tuple[str, ...]]:
    """Read files from the store in `folder`; return them, each once, and the names of those that are gone.

    Takes its time: call it in a thread.
    """
    store = EvidenceStore(folder)
    papers, gone = [], []
    for file in {item.sha256: item for item in reversed(list(evidence))}.values():
        name = safe_name(file.name, file.media_type)
        try:
            papers.append(Paper(name, store.get(file.sha256)))
        except OSError:
            _log.warning("evidence_missing", evidence=file.id)
            gone.append(name)
    return tuple(reversed(papers)), tuple(reversed(gone))


BUTTONS: tuple[Button, ...] = (listed, files)
