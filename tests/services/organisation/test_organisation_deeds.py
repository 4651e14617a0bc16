"""Leaving, withdrawing, being erased and being away, without a chat."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.people import Person
from services.common.results import Refused
from services.organisation.agree import Newcomer, agree
from services.organisation.erase import Erased, erase_person
from services.organisation.invite_codes import hash_code
from services.organisation.join import Joined, join
from services.organisation.leave import Left, leave_seats
from services.organisation.note_unreachable import note_unreachable
from services.organisation.set_absence import AbsenceOverlaps, AbsenceSet, cancel_absence, set_absence
from services.organisation.withdraw import Withdrawn, withdraw_consent
from storage.common import audit_log
from storage.common.event_json import event_from_json
from storage.database.schema import outgoing
from storage.organisation import people_store, privacy_store
from tests.cast import HANG, LAM, LEADING, QUAN, TOAN, Somebody, Stage, words_of
from tests.set_clock import at

NOW, TODAY = at("2026-06-01 09:00"), date(2026, 6, 1)
MY = Somebody("c-my", "Sùng Thị Mỷ", LEADING)


async def person(conn: AsyncConnection, who: Somebody) -> Person:
    found = await people_store.find(conn, "memory", who.chat, TODAY)
    assert found is not None
    return found


async def told(conn: AsyncConnection) -> Sequence[tuple[int, str]]:
    """To whom the outbox tells what happened: (person id, event)."""
    rows = await conn.execute(select(outgoing.c.person_id, outgoing.c.event).order_by(outgoing.c.id))
    return [(row.person_id, event_from_json(row.event).kind) for row in rows if row.event]


async def audited(conn: AsyncConnection) -> list[str]:
    return [line.what for line in await audit_log.listing(conn)]


async def test_whoever_leaves_has_no_seat_and_the_coordinator_is_told_of_the_empty_one(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        quan, hang = await person(conn, QUAN), await person(conn, HANG)
        left = await leave_seats(conn, by=quan, now=NOW, today=TODAY)
        assert isinstance(left, Left)
        assert [(seat.unit, seat.role) for seat in left.vacant] == [(LEADING, "focal")]
        assert (await person(conn, QUAN)).seats == ()
        assert await told(conn) == [(hang.id, "seat_vacant")]
        assert (await audited(conn))[-1] == "leave"


async def test_a_seat_that_a_colleague_holds_too_is_not_vacant(stage: Stage) -> None:
    await stage.joins(MY)
    await stage.post()
    async with stage.database.writing() as conn:
        left = await leave_seats(conn, by=await person(conn, QUAN), now=NOW, today=TODAY)
        assert left.vacant == ()
        assert (await told(conn))[-1][1] == "seat_taken"  # of Mỷ's joining, nothing since


async def test_withdrawing_ends_the_consent_and_keeps_what_is_held(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        quan = await person(conn, QUAN)
        result = await withdraw_consent(conn, by=quan, now=NOW, today=TODAY)
        assert isinstance(result, Withdrawn)
        assert (await privacy_store.held(conn, quan.id)).agreed_at is None
        assert (await privacy_store.held(conn, quan.id)).name == QUAN.name
        assert await people_store.accounts(conn, quan.id) == ()
        assert (await audited(conn))[-2:] == ["leave", "withdraw"]


async def test_whoever_is_erased_is_a_number(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        quan = await person(conn, QUAN)
        assert isinstance(await erase_person(conn, by=quan, now=NOW, today=TODAY), Erased)
        assert (await privacy_store.held(conn, quan.id)).name == ""
        assert await people_store.find(conn, "memory", QUAN.chat, TODAY) is None
        assert (await audited(conn))[-2:] == ["leave", "erase"]


async def test_an_absence_is_noted_once_and_the_substitute_told_of_it_and_of_its_end(stage: Stage) -> None:
    first, last = date(2026, 6, 10), date(2026, 6, 12)
    async with stage.database.writing() as conn:
        quan, lam = await person(conn, QUAN), await person(conn, LAM)
        result = await set_absence(conn, lam.id, first, last, by=quan, now=NOW, today=TODAY)
        assert isinstance(result, AbsenceSet)
        assert (result.substitute.name, result.first, result.last) == (LAM.name, first, last)
        again = await set_absence(conn, lam.id, last, last, by=quan, now=NOW, today=TODAY)
        assert isinstance(again, AbsenceOverlaps)
        gone = await cancel_absence(conn, result.absence_id, by=lam, now=NOW, today=TODAY)
        assert gone == Refused("gone")
        await cancel_absence(conn, result.absence_id, by=quan, now=NOW, today=TODAY)
        assert await told(conn) == [(lam.id, "away"), (lam.id, "back")]


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (date(2026, 6, 12), date(2026, 6, 10), "reversed"),
        (date(2026, 5, 1), date(2026, 5, 31), "past"),
        (date(2026, 6, 1), date(2026, 7, 31), "too_long"),
    ],
)
async def test_days_that_will_not_do_are_refused(stage: Stage, first: date, last: date, reason: str) -> None:
    async with stage.database.writing() as conn:
        quan, lam = await person(conn, QUAN), await person(conn, LAM)
        result = await set_absence(conn, lam.id, first, last, by=quan, now=NOW, today=TODAY)
        assert isinstance(result, Refused)
        assert result.reason == reason
        assert await told(conn) == []


async def test_nobody_of_another_unit_stands_in(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        quan, toan = await person(conn, QUAN), await person(conn, TOAN)
        result = await set_absence(conn, toan.id, TODAY, TODAY, by=quan, now=NOW, today=TODAY)
        assert result == Refused("not_a_colleague")


async def test_that_somebody_is_out_of_reach_is_news_once(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        hang = await person(conn, HANG)
        assert await note_unreachable(conn, "memory", QUAN.chat, TODAY, "blocked")
        assert not await note_unreachable(conn, "memory", QUAN.chat, TODAY, "blocked")
        assert await told(conn) == [(hang.id, "unreachable")]
    await stage.post()
    assert QUAN.name in words_of(stage.channel.to(HANG)[-1])


async def test_what_waits_to_be_told_of_somebody_erased_meanwhile_is_not_told(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        quan, lam = await person(conn, QUAN), await person(conn, LAM)
        await set_absence(conn, lam.id, TODAY, TODAY, by=quan, now=NOW, today=TODAY)
        await note_unreachable(conn, "memory", QUAN.chat, TODAY, "blocked")
        await erase_person(conn, by=quan, now=NOW, today=TODAY)
    await stage.post()
    assert stage.channel.to(LAM) == []
    assert [QUAN.name in words_of(each) for each in stage.channel.to(HANG)] == [False]  # of the empty seat


async def test_what_happened_is_told_in_its_order_however_long_each_takes_to_word(stage: Stage) -> None:
    """Leave taken and taken back: who stood in must not read it the other way round."""
    for _ in range(5):
        async with stage.database.writing() as conn:
            quan, lam = await person(conn, QUAN), await person(conn, LAM)
            noted = await set_absence(conn, lam.id, TODAY, TODAY, by=quan, now=NOW, today=TODAY)
            assert isinstance(noted, AbsenceSet)
            await cancel_absence(conn, noted.absence_id, by=quan, now=NOW, today=TODAY)
    await stage.post()
    told = ["không nghỉ" in words_of(each) for each in stage.channel.to(LAM) if QUAN.name in words_of(each)]
    assert told == [False, True] * 5


async def test_nobody_is_stored_who_agrees_after_their_code_has_lost_its_worth(stage: Stage) -> None:
    code = hash_code(await stage.code(LEADING, "focal"))
    new = Newcomer("memory", MY.chat, MY.name, "vi")
    async with stage.database.writing() as conn:
        person_id = await agree(conn, code, "2026-11-vi", by=new, now=NOW, today=TODAY)
        assert isinstance(person_id, int)
        assert (await privacy_store.held(conn, person_id)).notice == "2026-11-vi"
        assert isinstance(await join(conn, code, person_id, now=NOW, today=TODAY), Joined)
        late = Newcomer("memory", "c-tre", "Người Đến Sau", "vi")
        assert await agree(conn, code, "2026-11-vi", by=late, now=NOW, today=TODAY) == Refused("wrong_code")
        assert await people_store.find(conn, "memory", "c-tre", TODAY) is None
