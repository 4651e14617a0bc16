"""What units hear of a later version that was applied: other dates, what is called off, what is back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.plan_following import News
from domain.organisation.people import Role
from handlers.common.conversation import Outgoing, to_json
from handlers.common.wording import Wording, lines, short
from storage.assignments import assignment_store
from storage.common import outbox
from storage.organisation import absence_store, unit_store
from storage.plans.plan_store import PlanRow

_SHOWN = 10


async def tell_units(
    conn: AsyncConnection,
    words: Wording,
    plan: PlanRow,
    news: Sequence[News],
    now: datetime,
    *,
    head: Markup | None = None,
) -> int:
    """Tell each focal point what the new version of `plan` means to their units, in one notice.

    Where a unit has no focal point its leaders are told; where it has nobody, nobody is. Returns how many
    units were told. `head` opens the notice; without it, that a later version was applied.
    """
    theirs: defaultdict[int, list[News]] = defaultdict(list)
    for new in news:
        theirs[new.unit_id].append(new)
    told = {unit_id: await _told(conn, words, ones) for unit_id, ones in theirs.items()}
    head = head or words.texts("amended.head", plan=plan.name)
    names = {unit_id: name for name, unit_id in (await unit_store.ids(conn)).items()}
    hearers = await _hearers(conn, words, list(theirs))
    for person_id, unit_ids in hearers.items():
        parts = [lines(words.texts("amended.unit", unit=names[one]), *told[one]) for one in unit_ids]
        text = lines(head, *parts, "", words.texts("amended.how"))
        topic = f"amended:{plan.id}:{now.timestamp():.0f}"
        message = to_json((Outgoing(text),))
        await outbox.put_notice(conn, [person_id], words.today, topic, message)
    return len({one for unit_ids in hearers.values() for one in unit_ids})


async def _hearers(conn: AsyncConnection, words: Wording, unit_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return by person the units of whose news they hear."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    left = set(unit_ids)
    roles: tuple[Role, ...] = ("focal", "leader")
    for role in roles:
        for person_id, unit_id in await absence_store.hearers(conn, left, [role], words.today):
            found[person_id].append(unit_id)
        left -= {unit_id for heard in found.values() for unit_id in heard}
    return found


async def _told(conn: AsyncConnection, words: Wording, news: Sequence[News]) -> list[Markup]:
    """Word a unit's news, one line each: "Báo cáo 6 tháng đầu năm 2026: hạn mới 22/6 (hạn cũ 15/6)"."""
    found = await assignment_store.get(
        conn, [new.assignment_id for new in news if new.assignment_id is not None]
    )
    owed = {assignment.id: assignment for assignment in found}
    told = []
    for one in news[:_SHOWN]:
        about = owed.get(one.assignment_id or 0)
        what = short(one.text, 90) if about is None else words.what(about)
        due = words.due(about) if about else ""
        was = words.day(one.was) if one.was else ""
        key = one.turn if about or one.turn != "back" else "back_line"
        told.append(words.texts(f"amended.{key}", what=what, due=due, was=was))
    if len(news) > _SHOWN:
        told.append(words.texts("amended.more", count=len(news) - _SHOWN))
    return told
