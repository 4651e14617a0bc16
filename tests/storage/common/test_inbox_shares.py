"""Several programs take up what was received: each chat is one program's at a time, in its order."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.common import inbox, terms
from storage.common.inbox import Received
from storage.database.engine import Database
from storage.database.opening import open_database
from tests.postgres_server import PostgresServer
from tests.set_clock import at

NOW = at("2026-06-01 09:00")
SOON, LATER = NOW + timedelta(seconds=30), NOW + inbox.LEASE + timedelta(seconds=1)


@pytest.fixture
async def database(server: PostgresServer) -> AsyncIterator[Database]:
    opened = await open_database(await server.migrated())
    yield opened
    await opened.close()


async def received(database: Database, *chats: str) -> None:
    """Let a message come into each of the chats, one after the other, numbered on from those before."""
    async with database.reading() as conn:
        before, _ = await inbox.unanswered(conn)
    rows: list[tuple[str, str, dict[str, str]]] = [
        (str(before + place), chat, {}) for place, chat in enumerate(chats, 1)
    ]
    await database.write(lambda conn: inbox.store(conn, "c", rows, NOW))


async def claim(
    database: Database, *, now: object = NOW, answers: bool = False, but: tuple[int, ...] = (), limit: int = 9
) -> list[Received]:
    return await database.claim(
        lambda conn: inbox.claim(conn, ["c"], now, limit, but, answers=answers)  # type: ignore[arg-type]
    )


def ids(rows: list[Received]) -> list[tuple[str, str]]:
    return [(row.chat, row.update_id) for row in rows]


async def handle(database: Database, row: Received) -> bool:
    return await database.write(lambda conn: inbox.handled(conn, row.id, "[]", NOW))


async def test_a_chat_is_taken_as_a_whole_and_what_comes_later_waits_for_it(database: Database) -> None:
    await received(database, "a", "b", "a")
    mine = await claim(database, limit=1)
    assert ids(mine) == [("a", "1"), ("a", "3")]
    await received(database, "a")
    assert ids(await claim(database)) == [("b", "2")]
    await handle(database, mine[0])
    assert await claim(database) == []
    await handle(database, mine[1])
    assert ids(await claim(database)) == [("a", "4")]


async def test_what_a_program_leaves_behind_goes_over_when_its_lease_ends_and_is_done_once(
    database: Database,
) -> None:
    await received(database, "a")
    (asleep,) = await claim(database)
    assert await claim(database, now=SOON) == []
    (taken,) = await claim(database, now=LATER)
    assert taken.id == asleep.id
    assert await handle(database, taken)
    assert not await handle(database, asleep)


async def test_a_lease_is_kept_for_as_long_as_somebody_works(database: Database) -> None:
    await received(database, "a")
    (mine,) = await claim(database)
    await database.write(lambda conn: inbox.keep(conn, [mine.id], SOON))
    assert await claim(database, now=LATER) == []
    assert len(await claim(database, now=LATER + timedelta(seconds=30))) == 1


async def test_answers_are_for_the_one_that_sends_in_the_order_of_their_chat(database: Database) -> None:
    await received(database, "a", "a", "a")
    others = await claim(database)
    await received(database, "a")
    await handle(database, others[0])
    sends = await claim(database, answers=True)
    assert ids(sends) == [("a", "1")], "the second is still in another program's hands, the rest behind it"
    in_hand = (sends[0].id,)
    assert await claim(database, answers=True, but=in_hand) == []
    for row in others[1:]:
        await handle(database, row)
    assert ids(await claim(database, answers=True, but=in_hand)) == [("a", "2"), ("a", "3"), ("a", "4")]
    assert await claim(database) == [], "the fourth is to be handled by the one that sends"


async def test_many_who_claim_at_a_time_share_the_chats_and_break_no_order(database: Database) -> None:
    await received(database, *(f"{number % 20}" for number in range(100)))
    shares = await asyncio.gather(*(claim(database, limit=3) for _ in range(12)))
    taken = [row.id for share in shares for row in share]
    assert len(taken) == len(set(taken))
    while rest := await claim(database):
        taken += [row.id for row in rest]
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 100
    for share in shares:
        assert all(len([row for row in share if row.chat == chat]) == 5 for chat in {r.chat for r in share})


async def test_nothing_is_sent_or_marked_in_a_term_that_is_over(database: Database) -> None:
    await received(database, "a")
    (row,) = await claim(database)
    await handle(database, row)
    term = await database.write(terms.begin)
    assert await database.write(lambda conn: inbox.note_sending(conn, row.id, 0, 1, term))
    await database.write(terms.begin)
    assert not await database.write(lambda conn: inbox.note_sending(conn, row.id, 0, 2, term))
    await database.write(lambda conn: inbox.answered(conn, row.id, NOW, term))
    (left,) = await claim(database, answers=True)
    assert left.doubts == 1


async def test_what_a_dead_program_had_is_released_and_still_noted_by_one(database: Database) -> None:
    await received(database, "a", "a")
    (first, _) = await claim(database)
    assert await claim(database) == []
    await database.write(inbox.release)
    assert ids(await claim(database)) == [("a", "1"), ("a", "2")]
    assert await handle(database, first)
    assert not await handle(database, first)
