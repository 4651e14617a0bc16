"""Whatever a thumb leaves in a line that is not done, the line does not become done."""

from datetime import date
from itertools import takewhile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.updates import read_update

TABLE = Path(__file__).with_name("update_kinds.txt")
DAY, DUE = date(2020, 6, 8), date(2020, 6, 15)
SLIPS_THAT_MAY_PASS = 0.035


def not_done() -> list[str]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    told = takewhile(lambda line: line != "## done", lines)
    return [line.rpartition(" | ")[0] for line in told if line and not line.startswith("#")]


def is_done(text: str) -> bool:
    return read_update(text, today=DAY, due=DUE).state == "done"


@settings(deadline=None)  # the first text compiles the patterns
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


def test_hardly_a_letter_left_out_makes_a_line_done() -> None:
    """A slip can make one true word of another ("ko" and "ok"), so a few of many thousand may pass."""
    slips = [
        line[:at] + line[at + 1 :] for line in not_done() for at in range(len(line)) if line[at].isalpha()
    ]
    assert sum(map(is_done, slips)) < SLIPS_THAT_MAY_PASS * len(slips)
