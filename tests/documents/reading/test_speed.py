"""Reading costs no more than a small multiple of taking the text out; `make bench` measures it closely."""

import pytest

from domain.organisation.register import Register
from tests.bench.reading import SAMPLE, Cost, costs, of_size

_ROUNDS, _SIZE = 4, 50_000


@pytest.fixture(scope="module")
def measured(register: Register) -> dict[str, Cost]:
    text = of_size(SAMPLE.read_text(encoding="utf-8"), _SIZE)
    return {cost.name: cost for cost in costs(text, register, _ROUNDS)}


@pytest.mark.parametrize(("kind", "outline", "whole"), [(".docx", 2.0, 3.5), (".pdf", 2.2, 3.5)])
def test_reading_costs_a_small_multiple_of_taking_the_text_out(
    kind: str, outline: float, whole: float, measured: dict[str, Cost]
) -> None:
    cost = measured[kind]
    assert min(cost.outline) < outline * min(cost.text)
    assert min(cost.whole) < whole * min(cost.text)
