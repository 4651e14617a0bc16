"""What is read from whole plans is what a careful person enters from them, whatever file they come in."""

from collections.abc import Callable

import pytest

from documents.reading import read_plan
from domain.organisation.register import Register
from tests.documents.conftest import REAL, SAMPLE, source
from tests.documents.making import make_docx, make_pdf
from tests.samples.scoring import load_truth, score

MAKERS: dict[str, Callable[[str], bytes]] = {".txt": str.encode, ".docx": make_docx, ".pdf": make_pdf}


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("name", [*REAL, *SAMPLE])
def test_a_whole_plan_is_read_as_a_careful_person_reads_it(
    name: str, suffix: str, register: Register
) -> None:
    text, truth = source(name)
    data = MAKERS[suffix](text.read_text(encoding="utf-8"))
    marks = score(read_plan(data, f"{name}{suffix}", register), load_truth(truth))
    assert min(marks.values()) >= 0.97, marks
