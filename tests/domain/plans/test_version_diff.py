"""What a later version of a plan changes."""

from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plans.commitments import Part
from domain.plans.version_diff import Clause, compare, match_dates

JUNE, JULY, NOVEMBER = date(2026, 6, 15), date(2026, 7, 1), date(2026, 11, 15)
TEA = "Chủ trì, phối hợp với Sở Công Thương mời hai đoàn khách đến thăm vùng chè"
BOOK = "Dịch sách giới thiệu chè sang tiếng nước ngoài"
FOOD = "Kiểm tra an toàn thực phẩm tại các cơ sở sao chè"


def duty(
    text: str,
    *units: str,
    id_: int = 1,
    section: str = "II.1",
    heading: str = "Sở Ngoại vụ",
    due: tuple[date, ...] = (),
    part: Part = "lead",
) -> Clause:
    return Clause(id_, "duty", section, heading, text, tuple((u, part) for u in units or (heading,)), due)


def report(text: str, *due: date, who: str = "Các cơ quan") -> Clause:
    return Clause(1, "report", "II.4", who, text, (("Sở Ngoại vụ", "lead"),), due, "half-yearly")


def test_the_same_words_are_kept_wherever_they_stand_now() -> None:
    found = compare([duty(TEA), duty(BOOK)], [duty(FOOD), duty(BOOK, section="III.2"), duty(TEA)])
    assert [clause.text for clause in found.added] == [FOOD]
    assert [pair.new.text for pair in found.kept] == [BOOK, TEA]
    assert (found.removed, found.changed) == ((), ())


def test_reworded_words_under_the_same_unit_are_a_change() -> None:
    (pair,) = compare([duty(BOOK)], [duty("Dịch và in sách giới thiệu chè sang ba thứ tiếng")]).changed
    assert pair.reworded
    assert not pair.moved


def test_other_words_in_the_same_place_are_another_duty() -> None:
    found = compare([duty(BOOK)], [duty(FOOD)])
    assert (found.added, found.removed) == ((duty(FOOD),), (duty(BOOK),))


def test_words_under_another_unit_must_be_more_alike() -> None:
    there = {"heading": "Sở Y tế", "section": "II.3"}
    reworded = "Dịch và in sách giới thiệu chè sang ba thứ tiếng"
    assert not compare([duty(BOOK)], [duty(reworded, **there)]).changed  # type: ignore[arg-type]  # texts both
    (pair,) = compare([duty(BOOK)], [duty(BOOK, **there)]).changed  # type: ignore[arg-type]  # texts both
    assert pair.left == {"Sở Ngoại vụ"}
    assert pair.joined == {"Sở Y tế"}


def test_a_partner_more_is_no_change_and_a_unit_more_that_answers_is() -> None:
    alone = duty(BOOK, "Sở Ngoại vụ")
    partner = Clause(1, "duty", "II.1", "Sở Ngoại vụ", BOOK, (*alone.parts, ("Sở Y tế", "partner")), ())
    both = duty(BOOK, "Sở Ngoại vụ", "Sở Y tế")
    assert compare([alone], [partner]).kept
    assert compare([alone], [both]).changed[0].joined == {"Sở Y tế"}


def test_what_is_said_twice_is_paired_in_order() -> None:
    old = [duty(BOOK, id_=1, heading="Sở Y tế"), duty(BOOK, id_=2), duty(BOOK, id_=3)]
    found = compare(old, [duty(BOOK, id_=7), duty(BOOK, id_=8, heading="Sở Y tế")])
    assert [(pair.old.id, pair.new.id) for pair in found.kept] == [(2, 7), (1, 8)]
    assert [clause.id for clause in found.removed] == [3]


def test_the_likest_are_paired_first() -> None:
    near, nearer = f"{BOOK} và tiếng dân tộc", f"{BOOK} mới"
    found = compare([duty(BOOK, id_=1)], [duty(near, id_=7), duty(nearer, id_=8)])
    assert [(pair.old.id, pair.new.id) for pair in found.changed] == [(1, 8)]
    assert [clause.id for clause in found.added] == [7]


def test_a_rule_of_the_same_reporters_is_the_same_rule_by_fewer_words() -> None:
    old, new = report("báo cáo trước ngày 15/6", JUNE), report("gửi kết quả trước ngày 01/7 về Sở", JULY)
    assert compare([old], [new]).changed[0].moved
    assert compare([old], [report(new.text, JULY, who="Sở Y tế")]).added


def test_a_rule_is_never_a_duty() -> None:
    assert compare([report(BOOK)], [duty(BOOK)]).added


def test_clauses_that_share_too_few_words_are_not_compared_further() -> None:
    words = f"{TEA} {BOOK} {FOOD}".split()
    drawn = Random(5)  # noqa: S311  (sample data, no secret)
    old, new = ([duty(" ".join(drawn.choices(words, k=30)), id_=n) for n in range(60)] for _ in range(2))
    began = perf_counter()
    for clause in new:
        for other in old:
            SequenceMatcher(None, other.text.split(), clause.text.split(), autojunk=False).ratio()
    each_with_each = perf_counter() - began
    began = perf_counter()
    found = compare(old, [replace(clause, heading="Sở Y tế") for clause in new])
    assert perf_counter() - began < each_with_each / 3
    assert len(found.added) == len(found.removed) == 60


@pytest.mark.parametrize(
    ("old", "new", "moved", "gone", "come"),
    [
        ((JUNE, NOVEMBER), (JUNE, NOVEMBER), {}, (), ()),
        ((JUNE, NOVEMBER), (JULY, NOVEMBER), {JUNE: JULY}, (), ()),
        ((JUNE,), (JUNE, NOVEMBER), {}, (), (NOVEMBER,)),
        ((JUNE, NOVEMBER), (JULY,), {JUNE: JULY}, (NOVEMBER,), ()),
        ((JULY,), (JUNE, NOVEMBER), {JULY: JUNE}, (), (NOVEMBER,)),
        ((), (JUNE,), {}, (), (JUNE,)),
        ((JUNE,), (), {}, (JUNE,), ()),
    ],
)
def test_a_date_that_moved_is_told_from_one_that_is_new(
    old: tuple[date, ...],
    new: tuple[date, ...],
    moved: dict[date, date],
    gone: tuple[date, ...],
    come: tuple[date, ...],
) -> None:
    found = match_dates(old, new)
    assert (found.moved, found.gone, found.come) == (moved, gone, come)


clauses = st.lists(
    st.builds(
        duty,
        st.lists(st.sampled_from(f"{TEA} {BOOK} {FOOD}".split()), min_size=1, max_size=8).map(" ".join),
        id_=st.integers(),
        heading=st.sampled_from(["Sở Ngoại vụ", "Sở Y tế"]),
    ),
    max_size=6,
)


@given(clauses, clauses)
def test_every_clause_is_told_of_once(old: list[Clause], new: list[Clause]) -> None:
    found = compare(old, new)
    pairs = (*found.changed, *found.kept)
    assert sorted([*found.removed, *(pair.old for pair in pairs)], key=repr) == sorted(old, key=repr)
    assert sorted([*found.added, *(pair.new for pair in pairs)], key=repr) == sorted(new, key=repr)


@given(clauses)
def test_a_plan_does_not_differ_from_itself(old: list[Clause]) -> None:
    found = compare(old, old)
    assert (found.added, found.removed, found.changed) == ((), (), ())
