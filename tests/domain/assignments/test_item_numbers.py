"""Numbers stay with their items while these are open, and rest a week before another item has them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from domain.assignments.item_numbers import ItemNumber, ItemNumbers, give_numbers

MONDAY = date(2026, 6, 1)


def given(*numbers: tuple[int, int] | tuple[int, int, date]) -> ItemNumbers:
    return ItemNumbers(tuple(ItemNumber(*each) for each in numbers))


def test_items_are_numbered_in_their_order_and_keep_that() -> None:
    first = ItemNumbers().joined(give_numbers(ItemNumbers(), [70, 30, 50], MONDAY))
    assert [first.of(70), first.of(30), first.of(50)] == [1, 2, 3]
    assert give_numbers(first, [50, 30, 70], MONDAY) == ()


def test_a_new_item_gets_the_lowest_free_number() -> None:
    before = given((70, 1), (50, 3))
    assert give_numbers(before, [70, 50, 90, 95], MONDAY) == (ItemNumber(90, 2), ItemNumber(95, 4))


@pytest.mark.parametrize(
    ("ended", "number"), [(MONDAY, 2), (MONDAY - timedelta(days=6), 2), (MONDAY - timedelta(days=7), 1)]
)
def test_a_number_rests_for_a_week_after_its_item_is_over(ended: date, number: int) -> None:
    assert give_numbers(given((70, 1, ended)), [90], MONDAY) == (ItemNumber(90, number),)


def test_an_item_that_is_open_again_has_its_old_number_back() -> None:
    assert give_numbers(given((70, 1, MONDAY), (80, 2)), [70], MONDAY) == (ItemNumber(70, 1),)


def test_an_item_whose_number_another_one_has_meanwhile_gets_a_new_one() -> None:
    long_ago = given((70, 1, date(2026, 5, 1)))
    meanwhile = long_ago.joined(give_numbers(long_ago, [80], MONDAY))
    assert (meanwhile.behind(1), meanwhile.of(70)) == (80, None)
    assert give_numbers(meanwhile, [80, 70], MONDAY) == (ItemNumber(70, 2),)


def test_colleagues_have_the_same_number_where_it_is_free() -> None:
    assert give_numbers(given((70, 1)), [80, 90], MONDAY, {80: {4}, 90: {1}}) == (
        ItemNumber(80, 4),
        ItemNumber(90, 2),
    )


def ended(numbers: ItemNumbers, gone: set[int], today: date) -> ItemNumbers:
    """Return the numbers after these items were over."""
    is_over = {each.assignment_id for each in numbers.given if each.ended_on is None} & gone
    return ItemNumbers(
        tuple(
            replace(each, ended_on=today) if each.assignment_id in is_over else each for each in numbers.given
        )
    )


@pytest.mark.parametrize("seed", range(200))
def test_in_any_history_numbers_are_stable_and_unique(seed: int) -> None:
    """Items open, end and open again on random days; they are shown in any order, now and then."""
    dice, today, numbers = Random(seed), MONDAY, ItemNumbers()  # noqa: S311 - no secret
    shown: dict[int, int] = {}
    """The open items that have been shown, with the number that somebody has read."""
    last: dict[int, tuple[int, date]] = {}
    """By number: which item was seen under it, and the last day on which it was open."""
    for _ in range(60):
        today += timedelta(days=dice.randrange(4))
        gone = {id_ for id_ in shown if dice.random() < 0.3}
        last |= {shown[id_]: (id_, today) for id_ in gone}
        numbers = ended(numbers, gone, today)
        waiting = {id_: number for id_, number in shown.items() if id_ not in gone}
        order = dice.sample(range(30), dice.randrange(5)) + sorted(waiting)
        elsewhere = {id_: {dice.randrange(1, 9)} for id_ in order if dice.random() < 0.3}
        numbers = numbers.joined(give_numbers(numbers, dice.sample(order, len(order)), today, elsewhere))
        shown = {id_: numbers.of(id_) or 0 for id_ in order}
        assert shown | waiting == shown, "an open item keeps its number"
        assert len(set(shown.values())) == len(shown), "no two items have one"
        for id_, number in shown.items():
            other, day = last.get(number, (id_, today))
            assert other == id_ or today >= day + timedelta(days=7), "nor within a week"
            assert numbers.behind(number) == id_
        last |= {number: (id_, today) for id_, number in shown.items()}
