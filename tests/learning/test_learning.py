"""The model: learned from the lines that stand here, and good on those that it never saw."""

from collections import Counter

import pytest

from domain.updates import read_update
from domain.updates.learned import JUDGEMENTS, judge
from domain.updates.learned_weights import LEARNED_FROM
from tests.learning.corpus import DUE, TODAY, Line, curated, digest, lines


def test_the_weights_are_learned_from_the_lines_as_they_stand() -> None:
    assert digest([*curated(), *lines()]) == LEARNED_FROM, "run: make learn"


def test_no_line_that_measures_is_learned_from() -> None:
    learned = {line.text.casefold() for line in (*curated(), *lines())}
    assert not [line.text for line in lines("unseen_lines.txt") if line.text.casefold() in learned]


def _outcome(line: Line) -> str:
    state = read_update(line.text, today=TODAY, due=DUE).state
    if state is None:
        return "right" if {"none", "ask"} & set(line.judgements) else "asked"
    if state in line.judgements:
        return "right"
    return "false done" if state == "done" else "false"


def test_unseen_lines_are_read_right_or_asked_about() -> None:
    """Floors below what was measured of 653 lines: 0.871 right, 0.038 false, two of them called done."""
    outcomes = Counter(map(_outcome, lines("unseen_lines.txt")))
    total = outcomes.total()
    assert outcomes["right"] / total >= 0.86
    assert (outcomes["false"] + outcomes["false done"]) / total <= 0.045
    assert outcomes["false done"] <= 3


@pytest.mark.parametrize("text", ["", "👍", "9" * 5000, "xong " * 2000, "\ud800", "¤▪«»"])
def test_any_text_is_judged(text: str) -> None:
    likelihoods = judge(text, ())
    assert set(likelihoods) == set(JUDGEMENTS)
    assert sum(likelihoods.values()) == pytest.approx(1)
