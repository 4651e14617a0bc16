"""Power cuts and restarts: nobody is missed, nothing is lost, only what was in flight is doubled."""

import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence

import pytest

from tests.botapi import BotApi, User
from tests.e2e.inside import finishes_the_round, gather, number, query, unanswered
from tests.e2e.kit import Office

RUNG_DAYS = ("2026-06-04", "2026-06-10", "2026-06-15")
KILLS_A_DAY, SPEAKERS = 8, 3
BATCH = 24
"""How many messages the program takes out of its outbox at a time: it can lose track of no more."""
NUDGE = re.compile("cần báo cáo|Kính đề nghị")
RECORDED = re.compile(r"Đã ghi việc 1: đang thực hiện, (\d+)%")


@pytest.fixture
def crowd(office: Office) -> list[User]:
    """Ninety-two focal points, two in each unit that owes the report of 15 June."""
    return gather(office, 2)


class TestAKill:
    def test_in_the_middle_of_a_round_misses_nobody_and_doubles_only_what_was_in_flight(
        self, office: Office, crowd: list[User]
    ) -> None:
        with office.api.faults.delay(0.05, method="sendMessage", accepted=True):
            one = office.begins("run", as_of=f"{RUNG_DAYS[0]}T08:00+07:00")
            office.waits_for(lambda: count(office.api, crowd) > len(crowd) // 2, one)
            one.kill()
            astray = unmarked(office, crowd)
            assert len(astray) <= BATCH
            assert 0 < count(office.api, crowd) < len(crowd)
            with office.running(f"{RUNG_DAYS[0]}T08:01+07:00") as again:
                finishes_the_round(office, crowd, again, RUNG_DAYS[0])
        assert_each_was_asked(office.api, crowd, once=1, twice=astray)

    def test_twice_as_messages_leave_gives_these_up_and_sends_all_others(
        self, office: Office, crowd: list[User]
    ) -> None:
        with office.api.faults.delay(60, method="sendMessage") as fault:
            for _ in range(2):
                before = fault.struck
                one = office.begins("run", as_of=f"{RUNG_DAYS[0]}T08:00+07:00")
                office.waits_for(lambda: fault.struck > before, one)  # noqa: B023
                one.kill()
        with office.running(f"{RUNG_DAYS[0]}T08:01+07:00") as again:
            finishes_the_round(office, crowd, again, RUNG_DAYS[0])
        unsure = given_up(office)
        assert 0 < unsure.total() <= BATCH
        assert {user.id: asked(office.api, user) for user in crowd} == {
            user.id: 1 - unsure[user.id] for user in crowd
        }

    def test_leaves_what_was_received_to_be_answered_in_order_and_once(
        self, office: Office, crowd: list[User]
    ) -> None:
        with office.api.faults.delay(60, method="sendMessage"):
            one = office.begins("run", as_of=f"{RUNG_DAYS[0]}T18:00+07:00")
            for percent in (10, 20, 30):
                for user in crowd[::2]:
                    user.types(f"1 được {percent}%")
            office.waits_for(lambda: office.api.pending == 0 and stored(office) == 3 * len(crowd[::2]), one)
            one.kill()
        assert count(office.api, crowd) == 0
        with office.running(f"{RUNG_DAYS[0]}T18:01+07:00") as again:
            office.waits_for(lambda: all(len(answers(office.api, user)) >= 3 for user in crowd[::2]), again)
        for user in crowd[::2]:
            assert answers(office.api, user) == [10, 20, 30]
            assert recorded(office, user) == [10, 20, 30]

    def test_at_any_moment_of_some_days_loses_nothing_and_does_nothing_twice(self, office: Office) -> None:
        crowd = gather(office, 1)
        chance = random.Random(20260615)  # noqa: S311 - it chooses moments, it keeps no secret
        typed: dict[int, list[int]] = {user.id: [] for user in crowd}
        doubled: Counter[int] = Counter()
        untold: Counter[int] = Counter()
        with office.api.faults.delay(0.02, method="sendMessage", accepted=True):
            for number, day in enumerate(RUNG_DAYS, 1):
                for _ in range(KILLS_A_DAY):
                    says_something(chance.sample(crowd, SPEAKERS), typed)
                    before = unmarked(office, crowd)
                    killed_at_random(office, day, chance)
                    astray = unmarked(office, crowd) - before
                    assert astray.total() <= BATCH + SPEAKERS
                    doubled += astray
                with office.running(f"{day}T08:30+07:00") as again:
                    finishes_the_round(office, crowd, again, day)
                    office.waits_for(lambda: unanswered(office) == 0 and office.api.pending == 0, again)
                untold |= answers_given_up(office)
                unsure = given_up(office)
                missed = [user.id for user in crowd if asked(office.api, user) + unsure[user.id] < number]
                assert not missed, f"{missed}, not sent: {not_sent(office, day)}"
        for user in crowd:
            extra = asked(office.api, user) - len(RUNG_DAYS)
            told = answers(office.api, user)
            assert recorded(office, user) == typed[user.id]
            heard = list(dict.fromkeys(told))
            assert heard == [percent for percent in typed[user.id] if percent in heard]
            assert len(typed[user.id]) - len(heard) <= untold[user.id]
            assert extra + len(told) - len(typed[user.id]) <= doubled[user.id]


class TestAStop:
    def test_under_load_ends_soon_and_well_and_nothing_is_doubled_or_lost(
        self, office: Office, crowd: list[User]
    ) -> None:
        chance = random.Random(1506)  # noqa: S311 - it chooses moments, it keeps no secret
        with office.api.faults.delay(0.2, method="sendMessage", accepted=True):
            for _ in range(4):
                one = office.begins("run", as_of=f"{RUNG_DAYS[0]}T08:00+07:00")
                for user in chance.sample(crowd, 10):
                    user.types("/trogiup")
                before, more = count(office.api, crowd), chance.randrange(1, 25)
                office.waits_for(lambda: count(office.api, crowd) >= before + more, one)  # noqa: B023
                assert one.stop() < 10
            with office.running(f"{RUNG_DAYS[0]}T08:30+07:00") as again:
                finishes_the_round(office, crowd, again, RUNG_DAYS[0])
                office.waits_for(lambda: unanswered(office) == 0 and office.api.pending == 0, again)
        assert_each_was_asked(office.api, crowd, once=1, twice=[])
        helped = sum("giúp được gì" in sent.text for user in crowd for sent in office.api.accepted(user.id))
        assert helped == 40

    def test_ends_soon_though_the_server_is_down_and_answers_wait(
        self, office: Office, crowd: list[User]
    ) -> None:
        one = office.begins("run", as_of=f"{RUNG_DAYS[0]}T18:00+07:00")
        fault = office.api.faults.drop_before(method="sendMessage")
        for user in crowd[:10]:
            user.types("1 được 10%")
        office.waits_for(lambda: fault.struck >= 5 and office.api.pending == 0, one)
        assert one.stop() < 10
        fault.lift()
        with office.running(f"{RUNG_DAYS[0]}T18:30+07:00") as again:
            office.waits_for(lambda: all(answers(office.api, user) for user in crowd[:10]), again)
        assert [answers(office.api, user) for user in crowd[:10]] == [[10]] * 10


def killed_at_random(office: Office, day: str, chance: random.Random) -> None:
    """Start the program and kill it: after some of its first calls, or a while after it began to receive."""
    log, polls = office.api.log.requests, office.polls()
    calls = len(log) + chance.randrange(3)
    one = office.begins("run", as_of=f"{day}T08:00+07:00")
    if chance.random() < 1 / 4:
        office.waits_for(lambda: len(log) >= calls, one)
    else:
        office.waits_for(lambda: office.polls() > polls, one)
        time.sleep(chance.uniform(0, 0.8))
    time.sleep(chance.uniform(0, 0.04))
    one.kill()


def says_something(people: Iterable[User], typed: dict[int, list[int]]) -> None:
    for user in people:
        typed[user.id].append(len(typed[user.id]) + 1)
        user.types(f"1 được {typed[user.id][-1]}%")


def assert_each_was_asked(api: BotApi, crowd: Sequence[User], *, once: int, twice: Iterable[int]) -> None:
    counts = {user.id: asked(api, user) for user in crowd}
    assert {chat for chat, times in counts.items() if times < once} == set()
    assert {chat for chat, times in counts.items() if times > once} <= set(twice)
    assert max(counts.values()) <= once + 1


def unmarked(office: Office, crowd: Sequence[User]) -> Counter[int]:
    """Return by chat how many messages were accepted, in all, beyond those that the program knows of.

    Of an answered update it keeps no more than that it came: whose it was, the server knows.
    """
    rows = query(office, "select chat, count(*) from outgoing where state = 'sent' group by chat")
    sent = Counter({int(str(chat)): int(str(times)) for chat, times in rows})
    answered = query(office, "select update_id from incoming where answered_at is not null")
    done = Counter(office.api.chat_of(int(str(update_id))) or 0 for (update_id,) in answered)
    told = Counter({user.id: len(office.api.accepted(user.id)) for user in crowd})
    return told - sent - done


def asked(api: BotApi, user: User) -> int:
    return sum(NUDGE.search(sent.text) is not None for sent in api.accepted(user.id))


def given_up(office: Office) -> Counter[int]:
    """Return by chat how many messages were cut off twice while they left: no third copy is sent."""
    rows = query(
        office,
        "select account.chat from outgoing join account on account.person_id = outgoing.person_id"
        " where outgoing.state = 'unsure' and outgoing.doubts = 2",
    )
    return Counter(int(str(chat)) for (chat,) in rows)


def answers_given_up(office: Office) -> Counter[int]:
    """Return by chat how many answers may have been cut off twice while they left."""
    rows = query(office, "select update_id from incoming where doubts = 2")
    return Counter(office.api.chat_of(int(str(update_id))) or 0 for (update_id,) in rows)


def not_sent(office: Office, day: str) -> list[tuple[object, ...]]:
    """Return person, state, beginnings without an answer and claims of what did not go out."""
    found = "select person_id, state, doubts, attempts from outgoing where day = ? and state != 'sent'"
    return query(office, found, day)


def answers(api: BotApi, user: User) -> list[int]:
    """Return the percentages that a person was told to have been recorded, in order."""
    return [int(found[1]) for sent in api.accepted(user.id) for found in RECORDED.finditer(sent.text)]


def recorded(office: Office, user: User) -> list[int]:
    """Return the percentages that were recorded for a person, in order."""
    rows = query(
        office,
        "select percent from progress join account on account.person_id = progress.person_id"
        " where account.chat = ? order by progress.id",
        str(user.id),
    )
    return [int(str(percent)) for (percent,) in rows]


def count(api: BotApi, crowd: Sequence[User]) -> int:
    return sum(asked(api, user) for user in crowd)


def stored(office: Office) -> int:
    return number(office, "select count(*) from incoming")
