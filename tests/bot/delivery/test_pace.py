import asyncio
import itertools
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram import RATES
from bot.delivery.pace import SOON, Pace, Turn
from tests.bot.delivery.pace_kit import Road, people, settled


async def test_a_first_message_goes_at_once() -> None:
    road = Road()
    road.send("1")
    await road.reach(0)

    assert road.gone == [(0, "1")]


async def test_three_go_to_a_person_at_once_and_then_one_a_second_on_the_average() -> None:
    road = Road()
    road.send(*["1"] * 9)
    await road.reach(60)

    assert [round(at) for at in road.when("1")] == [0, 0, 0, 3, 3, 3, 6, 6, 6]


async def test_twenty_a_minute_go_to_a_group() -> None:
    road = Road()
    road.send(*["-100"] * 45)
    await road.reach(59.9)
    assert len(road.gone) == 20

    await road.reach(200)
    assert len(road.gone) == 45


async def test_who_would_have_to_wait_long_is_sent_back_and_makes_room() -> None:
    road = Road()
    road.send(*["-100"] * 25)
    road.pace.refused("7", SOON + 31)
    road.send("7", "8")
    await road.reach(2)

    assert {chat for _, chat, _ in road.sent_back} == {"-100", "7"}
    assert all(seconds > SOON for _, _, seconds in road.sent_back)
    assert road.when("8") != []


async def test_who_waits_for_an_answer_to_be_sent_is_never_sent_back() -> None:
    road = Road()
    road.pace.refused("7", SOON + 30)
    road.send("7", urgent=True)
    await road.reach(2)
    road.pace.send_back()
    await road.reach(60)

    assert road.gone == [(SOON + 30, "7")]
    assert road.sent_back == []


async def test_all_who_wait_can_be_sent_back_at_once() -> None:
    road = Road()
    road.send(*people(100))
    await road.reach(0.9)
    gone = len(road.gone)
    road.pace.send_back(5)
    await settled()

    assert len(road.sent_back) == 100 - gone > 0


async def test_nobody_waits_behind_a_chat_that_waits() -> None:
    road = Road()
    road.send(*["1"] * 10)
    await road.reach(1)
    road.send("2")
    await road.reach(1)

    assert road.when("2") == [1]


async def test_three_thousand_nudges_take_at_most_a_twentieth_more_than_thirty_a_second() -> None:
    road = Road()
    road.send(*people(3000))
    await road.reach(105)

    assert len(road.gone) == 3000


async def test_turns_come_one_by_one_and_a_late_timer_is_caught_up_with() -> None:
    road = Road()
    road.send(*people(100))
    await road.reach(0.5)
    road.time.now += 0.07  # the loop stands still
    await road.reach(2.5)

    times = [at for at, _ in road.gone]
    assert min(b - a for a, b in itertools.pairwise(times)) >= RATES.gap - 1e-9
    assert sum(at < 1 for at in times) >= 28
    assert crowded(road.gone, 30, 1.0) == []


async def test_nudges_go_in_the_order_in_which_they_came() -> None:
    road = Road()
    road.send(*people(100))
    await road.reach(10)

    assert [chat for _, chat in road.gone] == people(100)


async def test_whose_chat_has_had_less_goes_first() -> None:
    road = Road()
    road.send(*["1"] * 3, *["2"] * 3)
    await road.reach(1)

    assert [chat for _, chat in road.gone] == ["1", "2"] * 3


async def test_what_was_late_on_its_way_counts_as_sent_so_much_later() -> None:
    road = Road()
    (await turned(road, "1")).answered()
    await road.reach(5)
    turns = [await turned(road, str(chat)) for chat in range(2, 32)]
    began = road.time.now - 29 * RATES.gap
    await road.reach(began - 1000 + 29 * RATES.gap)
    for turn in turns:
        turn.answered()  # the first took 29 gaps, of which two thirds were on the way there
    road.send(*people(1))
    await road.reach(20)

    late = min(0.25, 29 * RATES.gap * 2 / 3)
    assert road.gone[-1][0] == pytest.approx(began - 1000 + late + 1.006, abs=0.005)


async def turned(road: Road, chat: str) -> Turn:
    """Get a turn and do not answer it."""
    task = asyncio.create_task(road.pace.turn(chat))
    await settled()
    while not task.done():
        road.time.strike()
        await settled()
    return await task


async def test_an_answer_goes_before_all_nudges_that_wait() -> None:
    road = Road()
    road.send(*people(500))
    await road.reach(2.5)
    before = len(road.gone)
    road.send("5000", urgent=True)
    await road.reach(2.7)

    assert road.gone[before][1] == "5000"
    assert len(road.gone) > before + 1


async def test_a_crowd_that_calls_at_once_is_not_let_go_at_once() -> None:
    road = Road()

    async def slow() -> None:
        road.time.now += 0.01
        (await road.pace.turn(str(road.time.now))).answered()
        road.gone.append((road.time.now - 1000.0, ""))

    crowd = [asyncio.create_task(slow()) for _ in range(100)]
    await road.reach(1)
    assert len(road.gone) == 1

    await road.reach(10)
    await asyncio.gather(*crowd)


async def test_a_held_chat_waits_and_the_others_do_not() -> None:
    road = Road()
    road.pace.refused("1", 7)
    road.pace.refused("1", 2)
    road.send("1", "2")
    await road.reach(60)

    assert road.gone == [(0, "2"), (7, "1")]


async def test_where_several_chats_are_refused_within_a_moment_all_wait() -> None:
    road = Road()
    road.send(*people(40))
    await road.reach(0.5)
    before = len(road.gone)
    road.pace.refused("1", 5)
    road.pace.refused("1", 5)
    road.pace.refused("2", 5)
    await road.reach(0.6)
    assert len(road.gone) > before  # two chats are no crowd
    road.pace.refused("3", 5)
    before = len(road.gone)
    road.send("5000", urgent=True)
    await road.reach(60)

    at, chat = road.gone[before]
    assert (round(at, 3), chat) == (5.6, "5000")
    assert len(road.gone) == 41


async def test_refusals_that_lie_apart_are_each_chats_own() -> None:
    road = Road()
    for second, chat in enumerate(people(5)):
        await road.reach(1.5 * second)
        road.pace.refused(chat, 9)
    road.send("6")
    await road.reach(6.1)

    assert road.when("6") == [6.0]


async def test_who_gives_up_waiting_uses_nothing_up() -> None:
    road = Road()
    tasks = road.send(*["1"] * 6)
    await road.reach(1)
    for task in tasks[3:5]:
        task.cancel()
    await road.reach(60)
    road.send("1", "1")
    await road.reach(61)

    assert [round(at) for at in road.when("1")] == [0, 0, 0, 3, 60, 60]


async def test_who_has_just_given_up_is_passed_over() -> None:
    road = Road()
    tasks = road.send(*["1"] * 4)
    await road.reach(1)
    tasks[3].cancel()
    road.time.strike()  # before the task has run again
    road.send("1", "1", "1")
    await road.reach(3.5)

    assert [round(at) for at in road.when("1")] == [0, 0, 0, 3, 3, 3]


async def test_idle_chats_are_forgotten() -> None:
    road = Road()
    road.send(*people(200), *[f"-{chat}" for chat in people(200)])
    await road.reach(100)
    road.pace.refused("1", 5)
    await road.reach(200)
    road.pace.refused("2", 5)
    road.send("5000")
    await road.reach(200)

    assert road.all_gone()
    assert road.pace.remembered() == {"5000", "2"}


async def test_it_keeps_real_time_by_itself() -> None:
    loop, pace = asyncio.get_running_loop(), Pace(RATES)
    began = loop.time()
    for chat in people(15):
        (await pace.turn(chat)).answered()

    assert 14 * RATES.gap <= loop.time() - began < 2.0


@dataclass(frozen=True)
class Step:
    after: float
    chat: str
    count: int
    urgent: bool
    hold: float
    give_up: bool


STEPS = st.builds(
    Step,
    after=st.floats(0, 3),
    chat=st.sampled_from(["any", "1", "2", "-1"]),
    count=st.integers(1, 60),
    urgent=st.booleans(),
    hold=st.sampled_from([0.0, 0.0, 0.0, 2.5, 40.0]),
    give_up=st.booleans(),
)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    with asyncio.Runner() as runner:
        runner.run(test())


@settings(max_examples=40, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_no_limit_is_ever_broken_and_everybody_gets_a_turn(steps: list[Step]) -> None:
    async def play() -> None:
        road, others, at = Road(), itertools.count(10), 0.0
        for step in steps:
            at += step.after
            await road.reach(at)
            chats = [str(next(others)) if step.chat == "any" else step.chat for _ in range(step.count)]
            if step.hold:
                road.pace.refused(step.chat, step.hold)
            tasks = road.send(*chats, urgent=step.urgent)
            await settled()
            if step.give_up:
                tasks[-1].cancel()
        await road.reach(at + 3600)

        assert road.all_gone()
        assert crowded(road.gone, 30, 1.0) == []
        for chat in {chat for _, chat in road.gone}:
            times = [(when, to) for when, to in road.gone if to == chat]
            assert crowded(times, *((20, 60.0) if chat.startswith("-") else (3, 2.999))) == []

    run(play)


def crowded(gone: list[tuple[float, str]], most: int, seconds: float) -> list[float]:
    """Return where more than `most` messages begin within `seconds`, both ends counted."""
    times = [at for at, _ in gone]
    return [a for a, b in zip(times, times[most:], strict=False) if b - a <= seconds]


@pytest.mark.parametrize(("times", "found"), [([0.0, 0.5, 1.0], [0.0]), ([0.0, 0.5, 1.1], [])])
def test_the_test_sees_a_crowd(times: list[float], found: list[float]) -> None:
    assert crowded([(at, "1") for at in times], 2, 1.0) == found
