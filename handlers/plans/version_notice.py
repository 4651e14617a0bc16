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
    word: Wording,
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
    news_by_unit: defaultdict[int, list[News]] = defaultdict(list)
    for new in news:
        news_by_unit[new.unit_id].append(new)
    worded = {unit_id: await _told(conn, word, unit_news) for unit_id, unit_news in news_by_unit.items()}
    head = head or word.texts("amended.head", plan=plan.name)
    names = {unit_id: name for name, unit_id in (await unit_store.ids(conn)).items()}
    hearers = await _hearers(conn, word, list(news_by_unit))
    for person_id, unit_ids in hearers.items():
        parts = [
            lines(word.texts("amended.unit", unit=names[unit_id]), *worded[unit_id]) for unit_id in unit_ids
        ]
        text = lines(head, *parts, "", word.texts("amended.how"))
        topic = f"amended:{plan.id}:{now.timestamp():.0f}"
        message = to_json((Outgoing(text),))
        await outbox.put_notice(conn, [person_id], word.today, topic, message)
    return len({unit_id for unit_ids in hearers.values() for unit_id in unit_ids})


async def _hearers(conn: AsyncConnection, word: Wording, unit_ids: Sequence[int]) -> dict[int, list[int]]:
    """Return by person the units of whose news they hear."""
    units_by_person: defaultdict[int, list[int]] = defaultdict(list)
    left = set(unit_ids)
    roles: tuple[Role, ...] = ("focal", "leader")
    for role in roles:
        for person_id, unit_id in await absence_store.hearers(conn, left, [role], word.today):
            units_by_person[person_id].append(unit_id)
        left -= {unit_id for unit_ids_heard in units_by_person.values() for unit_id in unit_ids_heard}
    return units_by_person


async def _told(conn: AsyncConnection, word: Wording, news: Sequence[News]) -> list[Markup]:
    """Word a unit's news, one line each: "Báo cáo 6 tháng đầu năm 2026: hạn mới 22/6 (hạn cũ 15/6)"."""
    assignments = await assignment_store.get(
        conn, [new.assignment_id for new in news if new.assignment_id is not None]
    )
    by_id = {assignment.id: assignment for assignment in assignments}
    worded = []
    for new in news[:_SHOWN]:
        about = by_id.get(new.assignment_id or 0)
        what = short(new.text, 90) if about is None else word.what(about)
        due = word.due(about) if about else ""
        was = word.day(new.was) if new.was else ""
        key = new.turn if about or new.turn != "back" else "back_line"
        worded.append(word.texts(f"amended.{key}", what=what, due=due, was=was))
    if len(news) > _SHOWN:
        worded.append(word.texts("amended.more", count=len(news) - _SHOWN))
    return worded
