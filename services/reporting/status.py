"""Where a plan stands on a day; chat, pages, command line, digest and pictures ask here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.reporting.standing import Standing
from storage.assignments import extension_store
from storage.organisation import people_store
from storage.organisation.people_store import Contact
from storage.plans import plan_store
from storage.reporting import plan_status, report_store
from storage.reporting.report_store import Upward


@dataclass(frozen=True, slots=True)
class Status:
    """Where a plan stands, and what else its coordinator wants to know of it.

    `put_off` counts the assignments whose due date was moved at a unit's wish; `left_open` are the plan's
    words for whoever is asked that nobody has explained yet; `upward` is the coordinator's own next report.
    """

    standing: Standing
    put_off: int
    left_open: tuple[str, ...]
    upward: Upward | None


@dataclass(frozen=True, slots=True)
class UnitNotes:
    """Who answers for a unit; on how many lines of its open report it said something, and of how many."""

    contacts: tuple[Contact, ...] = ()
    lines: tuple[int, int] | None = None

    @property
    def focal(self) -> tuple[Contact, ...]:
        """The unit's focal points."""
        return tuple(contact for contact in self.contacts if contact.role == "focal")


async def status(conn: AsyncConnection, plan_id: int, today: date) -> Status:
    """Return where a plan stands on a local day."""
    return Status(
        standing=await standing(conn, plan_id, today),
        put_off=await extension_store.granted_of(conn, plan_id),
        left_open=await plan_store.left_open(conn, plan_id),
        upward=await next_upward(conn, plan_id),
    )


async def standing(
    conn: AsyncConnection, plan_id: int, today: date, unit_ids: Sequence[int] = ()
) -> Standing:
    """Return the figures of a plan alone, as of a local day; for some units, or for all."""
    return await plan_status.standing_of(conn, plan_id, today, unit_ids)


async def next_upward(conn: AsyncConnection, plan_id: int) -> Upward | None:
    """Return the coordinator's own next duty to report; None where nothing is left of it."""
    return next((upward for upward in await report_store.upward(conn, plan_id) if upward.is_open), None)


async def unit_notes(
    conn: AsyncConnection, plan_id: int, standing_: Standing, unit_ids: Sequence[int], today: date
) -> dict[int, UnitNotes]:
    """Return the notes on units of a plan by their ids; `found` is where the plan stands on `today`."""
    contacts: dict[int, list[Contact]] = {unit_id: [] for unit_id in unit_ids}
    for contact in await people_store.contacts(conn, unit_ids, today):
        contacts[contact.unit_id].append(contact)
    lines = await plan_status.answered_lines(conn, plan_id, standing_.round, unit_ids)
    return {unit_id: UnitNotes(tuple(contacts[unit_id]), lines.get(unit_id)) for unit_id in unit_ids}
