"""Several programs on one server, killed and stopped: nothing is lost, each chat keeps its order."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial

import pytest

from storage.database.postgres_peers import STANDS_STILL
from tests.botapi import User
from tests.e2e.conftest import fill
from tests.e2e.inside import finishes_the_round, gather, query, unanswered
from tests.e2e.kit import Office, Running
from tests.e2e.test_crashes import answers, asked, recorded, says_something, unmarked
from tests.postgres_server import PostgresServer

DAY = "2026-06-04"
ROLES = ("work", "work", "receive")
STRIKES = 6


class Crew:
    """Programs that share a database, each started again when it was killed."""

    def __init__(self, office: Office, crowd: list[User]) -> None:
        self.office, self.crowd = office, crowd
        self.astray: Counter[int] = Counter()
        """By chat: the messages that were under way when a program was struck, which may come again."""
        self.running: list[Running] = []

    def start(self) -> None:
        """Start them all, and wait until they have found one another."""
        self.running = [self._begun(role) for role in ROLES]
        for place in range(len(ROLES)):
            self.joined(place)

    def joined(self, place: int) -> None:
        """Wait until a program runs: one that was not there yet is not worth a strike."""
        one = self.running[place]
        until = time.monotonic() + 60
        while '"event": "joined"' not in one.err:
            assert one.status is None, one.err
            assert time.monotonic() < until
            time.sleep(0.05)

    def _begun(self, role: str) -> Running:
        return self.office.begins("run", "--role", role, as_of=f"{DAY}T08:00+07:00")

    def kill(self, place: int) -> None:
        """Kill a program, and start another in its place."""
        self.running[place].kill()
        self._note_astray()
        self.running[place] = self._begun(ROLES[place])

    def stop(self, place: int) -> None:
        """Let a program stand still."""
        os.kill(self.running[place].process, signal.SIGSTOP)
        self._note_astray()

    def go_on(self, place: int) -> None:
        os.kill(self.running[place].process, signal.SIGCONT)

    def ends_well(self) -> None:
        for one in self.running:
            one.stop()

    def sender(self) -> int:
        """Return the place of the program whose duty is to send."""
        taken = [place for place, one in enumerate(self.running) if '"duty": "send"' in one.err]
        assert len(taken) == 1, taken
        return taken[0]

    def _note_astray(self) -> None:
        doubled = Counter({user.id: copies(self.office, user) for user in self.crowd})
        self.astray += (unmarked(self.office, self.crowd) - doubled) | begun(self.office)


@pytest.fixture
def crew(empty: Office, imported: bytes, server: PostgresServer) -> Iterator[Crew]:
    """An installation on a server, one focal point in each unit that owes a report, no program yet."""
    empty.database.touch(mode=0o600)
    empty.database.write_bytes(imported)
    empty.stands_on(asyncio.run(server.furnished("office", partial(fill, empty.database))))
    crew = Crew(empty, gather(empty, 1))
    yield crew
    for one in crew.running:
        if one.status is None:
            os.kill(one.process, signal.SIGCONT)


def begun(office: Office) -> Counter[int]:
    """Return by chat how many messages are written down as about to leave, and not as arrived."""
    nudges = query(
        office,
        "select account.chat from outgoing join account on account.person_id = outgoing.person_id"
        " where outgoing.state = 'claimed' and outgoing.doubts > 0",
    )
    answers = query(office, "select chat from incoming where answered_at is null and doubts > 0")
    return Counter(int(str(chat)) for (chat,) in (*nudges, *answers))


def copies(office: Office, user: User) -> int:
    """Return how many messages a person has had more than once."""
    told = answers(office.api, user)
    return max(0, asked(office.api, user) - 1) + len(told) - len(set(told))


def is_over(crew: Crew, typed: dict[int, list[int]]) -> None:
    """Wait until all is answered and sent, and look at what the people and the database have of it."""
    office, crowd = crew.office, crew.crowd
    first = crew.running[0]
    finishes_the_round(office, crowd, first, DAY)  # it waits for a minute at most
    office.waits_for(lambda: office.api.pending == 0 and unanswered(office) == 0, first, within=90)
    for user in crowd:
        assert recorded(office, user) == typed[user.id], "each said once, in its order"
        assert list(dict.fromkeys(answers(office.api, user))) == typed[user.id]
        assert asked(office.api, user) >= 1
        assert copies(office, user) <= crew.astray[user.id], "only what was under way comes twice"


def test_any_of_them_may_be_killed_or_stopped_at_any_moment(crew: Crew) -> None:
    chance = random.Random(20261130)  # noqa: S311 - it chooses moments, it keeps no secret
    typed: dict[int, list[int]] = {user.id: [] for user in crew.crowd}
    with crew.office.api.faults.delay(0.05, method="sendMessage", accepted=True):
        crew.start()
        for _ in range(STRIKES):
            for _ in range(3):
                says_something(chance.sample(crew.crowd, 3), typed)
                time.sleep(chance.uniform(0.1, 0.5))
            place = chance.randrange(len(ROLES))
            crew.joined(place)
            if chance.random() < 2 / 3:
                crew.kill(place)
            else:
                crew.stop(place)
                says_something(chance.sample(crew.crowd, 3), typed)
                time.sleep(chance.uniform(0.2, 1.5))
                crew.go_on(place)
        is_over(crew, typed)
    crew.ends_well()


def test_who_stood_still_past_its_time_sends_and_records_nothing_more(crew: Crew) -> None:
    """The one that sends is stopped in the midst of a round; another goes on, then it wakes."""
    typed: dict[int, list[int]] = {user.id: [] for user in crew.crowd}
    office, crowd = crew.office, crew.crowd
    with office.api.faults.delay(0.3, method="sendMessage", accepted=True):
        crew.start()
        says_something(crowd[:10], typed)
        asked_some = lambda: sum(asked(office.api, user) for user in crowd) >= 10  # noqa: E731
        office.waits_for(asked_some, crew.running[0], within=90)
        asleep = crew.sender()
        crew.stop(asleep)
        before = len(office.api.log.sends)
        says_something(crowd[10:20], typed)
        other = crew.running[1 - asleep]
        office.waits_for(lambda: len(office.api.log.sends) > before + 5, other, within=6 * STANDS_STILL)
        crew.go_on(asleep)
        says_something(crowd, typed)
        is_over(crew, typed)
        assert "session_lost" in crew.running[asleep].err, "it has been told that it is late"
    crew.ends_well()
