"""The calendar of somebody's deadlines, at a secret address.

It shows what their units owe, and what the plans that they compile ask for.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from config.texts import load_texts
from documents.writing.calendar_file import CalendarEntry, write_calendar
from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from handlers.common.button_data import id_in
from handlers.common.wording import Wording
from services.common.rules import Rules
from storage.assignments import assignment_store
from storage.database.engine import Database
from storage.organisation import calendar_key_store, people_store
from storage.plans import plan_store


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """Gives calendars. Where the rules are `content_free`, they tell only when something is due."""

    database: Database
    rules: Rules
    now: Callable[[], datetime]

    def route(self) -> Route:
        """Return the address; "?ke-hoach=7" chooses one plan."""
        return Route("/lich/{key}.ics", self.feed)

    async def feed(self, request: Request) -> Response:
        """Give the calendar; 304 where the reader has it as it is. Raises HTTPException 404."""
        now = self.now()
        today = now.astimezone(self.rules.zone).date()
        plan_id = id_in(request.query_params.get("ke-hoach", ""))
        async with self.database.reading() as conn:
            person_id = await calendar_key_store.owner(conn, request.path_params["key"])
            if person_id is None:
                raise HTTPException(404)
            person = await people_store.get(conn, person_id, today)
            owed = await self._owed(conn, person, plan_id)
            compiled = await self._compiled(conn, person, plan_id)
        words = Wording(load_texts(person.language), today, self.rules.days, self.rules.zone)
        entries = [*self._entries(words, owed, "unit"), *self._entries(words, compiled, "plan")]
        mark = f'"{hashlib.sha256(repr((person.language, entries)).encode()).hexdigest()[:32]}"'
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={"ETag": mark})
        stamp = datetime.combine(today, time(0), self.rules.zone)
        data = write_calendar(str(words.texts("calendar.name")), entries, stamp=stamp)
        return Response(data, media_type="text/calendar; charset=utf-8", headers={"ETag": mark})

    async def _owed(self, conn: AsyncConnection, person: Person, plan_id: int) -> list[Assignment]:
        """What the person's units still have to answer."""
        mine = await assignment_store.of_units(conn, person.units("focal", "leader"))
        return [owed for owed in mine if owed.is_open and plan_id in (0, owed.plan_id)]

    async def _compiled(self, conn: AsyncConnection, person: Person, plan_id: int) -> list[Assignment]:
        """What still has to be answered in the live plans that the person compiles."""
        plans = await plan_store.listing(conn, person.units("coordinator"))
        live = [plan.id for plan in plans if plan.state == "live" and plan_id in (0, plan.id)]
        return [owed for id_ in live for owed in await assignment_store.of_plan(conn, id_) if owed.is_open]

    def _entries(self, words: Wording, owed: list[Assignment], whose: str) -> list[CalendarEntry]:
        """One entry an item of a unit; for who compiles, one a date and thing, with how many units owe it."""
        together: dict[tuple[date, str, str], list[Assignment]] = defaultdict(list)
        for each in owed:
            what = str(words.what(each).unescape())
            name = f"{each.id}" if whose == "unit" else f"{each.plan_id}-{each.rule_id}-{each.duty_id}"
            together[each.last_on, what, name].append(each)
        return [
            self._entry(
                words, day, what, f"{whose}-{name}-{day}" if whose == "plan" else f"{whose}-{name}", some
            )
            for (day, what, name), some in together.items()
        ]

    def _entry(self, words: Wording, day: date, what: str, uid: str, owed: list[Assignment]) -> CalendarEntry:
        first, count = owed[0], len({each.unit_id for each in owed})
        title = (
            words.texts("calendar.secret")
            if self.rules.content_free
            else words.texts("calendar.title", what=what)
        )
        details = words.texts(
            "calendar.units" if uid.startswith("plan") else "calendar.unit",
            unit=first.unit,
            count=count,
            plan=first.plan or words.texts("nudge.requests"),
            due=words.due(first),
        )
        return CalendarEntry(
            uid=f"{uid}@nhacviec",
            day=day,
            safe=self.rules.days.on_or_before(day),
            title=str(title.unescape()),
            details="" if self.rules.content_free else str(details.unescape()),
        )
