"""Reading costs no more than a small multiple of taking the text out; `make bench` measures it closely."""

import pytest

from documents.reading import read_text
from domain.organisation.register import Register
from tests.bench.reading import SAMPLE, Cost, costs, in_turn, of_size

_ROUNDS, _SIZE = 4, 50_000
_SMALL, _LARGE = 250_000, 2_000_000


@pytest.fixture(scope="module")
def measured(register: Register) -> dict[str, Cost]:
    text = of_size(SAMPLE.read_text(encoding="utf-8"), _SIZE)
    return {cost.name: cost for cost in costs(text, register, _ROUNDS)}


# A PDF's outline includes the look for secrecy marks, which once laid its pages out again within the whole.
@pytest.mark.parametrize(("kind", "outline", "whole"), [(".docx", 2.0, 7.0), (".pdf", 3.0, 5.0)])
def test_reading_costs_a_small_multiple_of_taking_the_text_out(
    kind: str, outline: float, whole: float, measured: dict[str, Cost]
) -> None:
    cost = measured[kind]
    assert min(cost.outline) < outline * min(cost.text)
    assert min(cost.whole) < whole * min(cost.text)


def test_the_cost_grows_no_faster_than_the_text_up_to_two_megabytes(register: Register) -> None:
    sample = SAMPLE.read_text(encoding="utf-8")
    small, large = (of_size(sample, size) for size in (_SMALL, _LARGE))
    costs_ = in_turn([lambda: read_text(small, register), lambda: read_text(large, register)], 1)
    (short,), (long,) = costs_
    assert long < 1.5 * short * _LARGE / _SMALL
