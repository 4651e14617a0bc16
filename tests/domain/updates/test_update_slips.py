"""Whatever a thumb leaves in a line that is not done, the line does not become done."""

from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.updates import read_update

TABLE = Path(__file__).with_name("update_kinds.txt")
FRESH = Path(__file__).with_name("fresh_lines.txt")
DAY, DUE = date(2020, 6, 8), date(2020, 6, 15)
SLIPS_THAT_MAY_PASS = 0.035
FRESH_SLIPS_THAT_MAY_PASS = 0.01
EVERY = 9


def not_done() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    told = takewhile(lambda line: line != "## done", lines)
    return [line.rpartition(" | ")[0] for line in told if line and not line.startswith("#")]


def is_done(text: str) -> bool:
    return read_update(text, today=DAY, due=DUE).state == "done"


@settings(deadline=None, derandomize=True)  # the first text compiles the patterns
@given(
    line=st.sampled_from(not_done()),
    before=st.sampled_from(["", "🙂 ", "  ", "dạ "]),
    after=st.sampled_from(["", " 👍", "  ", " ạ", "!!!", "..."]),
    spaces=st.sampled_from([" ", "  ", "\t"]),
    shouted=st.booleans(),
)
def test_pictures_spaces_capitals_and_particles_make_nothing_done(
    line: str, before: str, after: str, spaces: str, shouted: bool
) -> None:
    text = f"{before}{line}{after}".replace(" ", spaces)
    assert not is_done(text.upper() if shouted else text)


@pytest.mark.parametrize("after", ["", " ạ", " ạ ạ", " anh ạ", " anh ạ à", " em vậy ạ"])
@pytest.mark.parametrize("before", ["", "dạ ", "DẠ "])
def test_a_question_stays_one_under_any_courtesies(before: str, after: str) -> None:
    assert not is_done(f"{before}xong rồi hả{after}")


def test_hardly_a_letter_left_out_makes_a_line_done() -> None:
    """A slip can make one true word of another ("ko" and "ok"), so a few of many thousand may pass."""
    slips = [
        line[:at] + line[at + 1 :] for line in not_done() for at in range(len(line)) if line[at].isalpha()
    ]
    assert sum(map(is_done, slips)) < SLIPS_THAT_MAY_PASS * len(slips)


def fresh_not_done() -> list[str]:
    """Every ninth of the fresh lines that may in no reading be done, nor nothing."""
    lines = (line.rpartition(" | ") for line in FRESH.read_text(encoding="utf-8").splitlines())
    rows = [words for words, bar, fields in lines if bar and "done" not in fields and fields != "-"]
    return rows[::EVERY]


def slips_of(line: str) -> set[str]:
    """The line with one letter left out, or two that follow each other swapped."""
    places = [at for at in range(len(line)) if line[at].isalpha()]
    missing = {line[:at] + line[at + 1 :] for at in places}
    swapped = {line[:at] + line[at + 1 : at + 2] + line[at] + line[at + 2 :] for at in places}
    return (missing | swapped) - {line}


def test_hardly_a_slip_makes_a_fresh_line_done() -> None:
    slips = [slip for line in fresh_not_done() for slip in slips_of(line)]
    assert sum(map(is_done, slips)) < FRESH_SLIPS_THAT_MAY_PASS * len(slips)


def test_no_sign_picture_or_particle_makes_a_fresh_line_done() -> None:
    shapes = (
        "dạ {}",
        "{} ạ",
        "{} 👍",
        "{}!!!",
        "{}...",
        "✅ {}",
        "{} nhé anh",
        "{}\n",
        "  {}  ",
        "em báo cáo: {}",
    )
    texts = [shape.format(line) for line in fresh_not_done() for shape in shapes]
    assert [text for text in texts if is_done(text) or is_done(text.upper())] == []
