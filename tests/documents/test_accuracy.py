"""What is read from whole plans is what a careful person enters from them."""

import pytest

from documents.reading import read_plan
from domain.units import Register
from tests.documents.conftest import REAL, SAMPLE, source
from tests.samples.scoring import load_truth, score


@pytest.mark.parametrize("name", [*REAL, *SAMPLE])
def test_a_whole_plan_is_read_as_a_careful_person_reads_it(name: str, register: Register) -> None:
    text, truth = source(name)
    marks = score(read_plan(text.read_bytes(), text.name, register), load_truth(truth))
    assert min(marks.values()) >= 0.97, marks
