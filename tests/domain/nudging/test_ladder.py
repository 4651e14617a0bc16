import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments.lifecycle import is_held
from domain.common.workdays import Workdays
from domain.nudging.ladder import BadLadder, Ladder, Ladders, Rung, parse_ladders

DAYS = Workdays()
DUE = date(2026, 6, 15)  # a Monday
SHIPPED = Path(__file__).parents[3] / "config" / "ladder.toml"
BOTH = ["focal", "leader"]
DATA: dict[str, Any] = {
    "acknowledged_keeps": 3,
    "hours": {"from": "07:30", "until": "17:00", "noon": ["11:30", "13:30"]},
    "report": {
        "rungs": [
            {"after": 7, "every": 2, "hears": BOTH, "words": "late"},
            {"before": 0, "hears": BOTH, "words": "today"},
            {"before": 1, "hears": ["focal"], "words": "soon"},
            {"before": 7, "hears": ["focal"], "words": "early"},
            {"before": 3, "hears": ["focal"], "words": "soon"},
            {"before": 14, "hears": ["focal"], "words": "early"},
            {"after": 1, "every": 1, "hears": BOTH, "words": "late"},
            {"after": 11, "every": 2, "hears": [*BOTH, "coordinator"], "words": "letter"},
        ]
    },
    "duty": {"rungs": [{"before": 1, "hears": ["focal"], "words": "soon"}]},
    "request": {"hours_before": [2], "rungs": [{"before": 0, "hears": ["focal"], "words": "today"}]},
    "plan": {"88/KH-UBND": {"report": {"rungs": [{"before": 5, "hears": ["focal"], "words": "early"}]}}},
}
LADDERS = parse_ladders(DATA)
LADDER = LADDERS.of("report")


def june(*days: int) -> list[date]:
    return [date(2026, 6, day) for day in days]


def climbed(
    ladder: Ladder, due: date, count: int, *, acknowledged: bool = False, wanted: date | None = None
) -> list[date]:
    day, found = date(2026, 1, 1), []
    for _ in range(count):
        after = ladder.next_on(due, day, DAYS, acknowledged=acknowledged, wanted=wanted)
        if after is None:
            break
        found.append(after)
        day = after
    return found


def test_it_asks_before_on_the_day_daily_after_and_then_every_second_day() -> None:
    early = [date(2026, 5, 26), *june(4, 10, 12, 15)]
    daily = june(16, 17, 18, 19, 22, 23)
    every_second = [*june(24, 26, 30), date(2026, 7, 2), date(2026, 7, 6)]
    assert climbed(LADDER, DUE, 16) == early + daily + every_second


def test_a_ladder_may_end_before_the_date() -> None:
    assert climbed(LADDERS.of("duty"), DUE, 9) == june(12)
    assert climbed(LADDERS.of("request"), DUE, 9) == june(15)


def test_a_plan_may_have_a_ladder_of_its_own_for_one_kind() -> None:
    assert climbed(LADDERS.of("report", "88/kh-ubnd"), DUE, 9) == june(8)
    assert LADDERS.of("duty", "88/KH-UBND") == LADDERS.of("duty")
    assert LADDERS.of("report", "89/KH-UBND") == LADDER


def test_whoever_has_seen_it_is_spared_all_but_the_last_three_up_to_the_date() -> None:
    assert climbed(LADDER, DUE, 5, acknowledged=True) == june(10, 12, 15, 16, 17)


def test_what_falls_due_on_a_sunday_is_asked_for_on_friday() -> None:
    assert climbed(LADDER, date(2026, 6, 14), 6)[3:] == june(11, 12, 15)


def test_while_a_wish_waits_nobody_is_asked_from_the_due_date_up_to_the_one_wished_for() -> None:
    assert climbed(LADDER, DUE, 8, wanted=date(2026, 6, 22))[1:] == june(4, 10, 12, 23, 24, 26, 30)
    assert [day for day in june(12, 14, 15, 19, 22, 23) if is_held(DUE, date(2026, 6, 22), day)] == june(
        15, 19, 22
    )
    assert not is_held(DUE, None, DUE)


@given(st.integers(1, 60), st.integers(-40, 90), st.sampled_from(["report", "duty", "request"]))
def test_an_unanswered_wish_is_never_silence_for_ever(later: int, since: int, kind: Any) -> None:
    wanted, after = DUE + timedelta(later), DUE + timedelta(since)
    again = LADDERS.of(kind).next_on(DUE, after, DAYS, wanted=wanted)
    if after <= wanted:
        assert again is not None
        assert after < again <= DAYS.on_or_after(wanted + timedelta(1))
        assert not is_held(DUE, wanted, again)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.dates(date(2025, 10, 1), date(2027, 3, 1)))
def test_the_next_rung_is_later_and_a_working_day_and_late_ones_are_two_days_apart_at_most(
    due: date, after: date
) -> None:
    again = LADDER.next_on(due, after, DAYS)
    assert again is not None
    assert again > after
    assert DAYS.is_working(again)
    passed_over = [after + timedelta(n) for n in range(1, (again - after).days)]
    assert len([day for day in passed_over if day > due and DAYS.is_working(day)]) <= 1


def test_the_leader_hears_from_the_day_itself_and_the_coordinator_from_the_letter_on() -> None:
    days = [DUE + timedelta(n) for n in range(-30, 30)]
    told = {who: [day for day in days if LADDER.hears(who, DUE, day, DAYS)] for who in ("focal", "leader")}
    assert told["focal"] == days
    assert told["leader"] == [day for day in days if day >= DUE]
    heard = [day for day in days if LADDER.hears("coordinator", DUE, day, DAYS)]
    assert heard[0] == date(2026, 6, 30)  # 11 working days after Monday 15 June


@pytest.mark.parametrize(
    ("day", "tone"),
    [
        (date(2026, 1, 5), "early"),
        (date(2026, 6, 9), "early"),
        (date(2026, 6, 10), "soon"),
        (date(2026, 6, 14), "soon"),  # the Sunday before
        (date(2026, 6, 15), "today"),
        (date(2026, 6, 16), "late"),
        (date(2026, 6, 29), "late"),
        (date(2026, 6, 30), "letter"),
    ],
)
def test_each_day_has_the_tone_of_the_last_rung_that_has_come(day: date, tone: str) -> None:
    assert LADDER.at(DUE, day, DAYS).tone == tone


def test_the_operators_rungs_are_sorted() -> None:
    assert [rung.offset for rung in LADDER.rungs] == [-14, -7, -3, -1, 0, 1, 7, 11]
    assert LADDER.rungs[-1] == Rung(11, frozenset({"focal", "leader", "coordinator"}), "letter", 2)
    assert LADDER.first == 14
    assert LADDERS.of("request").hours_before == (2,)


def test_the_shipped_file_is_a_ladder() -> None:
    shipped = parse_ladders(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))
    assert isinstance(shipped, Ladders)
    assert shipped.of("report").at(DUE, DUE, DAYS).hears == {"focal", "leader"}


RUNG = {"before": 1, "hears": ["focal"], "words": "soon"}


@pytest.mark.parametrize(
    ("rungs", "named"),
    [
        ([], "no rungs"),
        (7, "no rungs"),
        ([{**RUNG, "before": -1}], "before"),
        ([{**RUNG, "before": "7"}], "before"),
        ([{**RUNG, "before": 251}], "before"),
        ([{**RUNG, "after": 1}], "either before or after"),
        ([{"hears": ["focal"], "words": "soon"}], "either before or after"),
        ([{**RUNG, "every": 2}], "come again"),
        ([{**RUNG, "hears": []}], "nobody"),
        ([{**RUNG, "hears": ["chủ tịch"]}], "chủ tịch"),
        ([{**RUNG, "hears": "focal"}], "focal"),
        ([{**RUNG, "words": "angry"}], "angry"),
        ([{"before": 1, "hears": ["focal"]}], "None"),
        ([RUNG, RUNG], "two rungs"),
    ],
)
def test_a_wrong_rung_is_refused_and_named(rungs: object, named: str) -> None:
    with pytest.raises(BadLadder, match=f"report.*{named}"):
        parse_ladders({**DATA, "report": {"rungs": rungs}})


@pytest.mark.parametrize("key", ["acknowledged_keeps", "hours", "report", "duty", "request"])
def test_a_missing_entry_is_named(key: str) -> None:
    with pytest.raises(BadLadder, match=key):
        parse_ladders({name: value for name, value in DATA.items() if name != key})
