"""Lines as officers type them, read as a careful person reads them (update_lines.txt, update_kinds.txt)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common.text import nfc
from domain.updates import Update, read_update
from domain.updates.days import _ROWS, Calendar, find_days
from domain.updates.keyboard import as_meant
from domain.updates.loose import Loose

TABLES = tuple(Path(__file__).with_name(name) for name in ("update_lines.txt", "update_kinds.txt"))
TODAY, DUE = "2020-06-08", "2020-06-15"
STATES = ("done", "in_progress", "not_started", "nil")
BLOCKED = {"blocked": True, "free": False}


def rows() -> list[tuple[str, tuple[str, ...]]]:
    lines = [line for table in TABLES for line in table.read_text(encoding="utf-8").splitlines()]
    pairs = (line.rpartition(" | ") for line in lines if line and not line.startswith("#"))
    return [(words, tuple(fields.split())) for words, _, fields in pairs]


def percent_near(said: Update, wanted: str) -> bool:
    return said.percent is not None and abs(said.percent - int(wanted)) <= 2


def holds(field: str) -> Callable[[Update, str], bool]:
    return lambda said, words: words.replace("_", " ") in (getattr(said, field) or "")


FIELDS: dict[str, Callable[[Update, str], bool]] = {
    "p=": percent_near,
    "of=": lambda said, wanted: "/".join(map(str, said.done_of or ["none"])) == wanted,
    "until=": lambda said, wanted: str(said.extension_to or "none") == wanted,
    "docs=": lambda said, wanted: (";".join(said.documents) or "none") == wanted,
    "doc~": lambda said, wanted: any(wanted in number for number in said.documents),
    "result~": holds("result"),
    "difficulty~": holds("difficulty"),
    "proposal~": holds("proposal"),
    "today=": lambda _said, _wanted: True,
    "due=": lambda _said, _wanted: True,
}


def is_so(said: Update, field: str) -> bool:
    if field.lstrip("!") in STATES:
        return (said.state == field.lstrip("!")) is not field.startswith("!")
    if field == "-":
        return said.state is None
    if field in ("ack", "asked"):
        return not said.says_something and said.acknowledged is (field == "ack")
    if field in BLOCKED:
        return said.blocked is BLOCKED[field]
    (name,) = (name for name in FIELDS if field.startswith(name))
    return FIELDS[name](said, field.removeprefix(name))


def day(name: str, fields: tuple[str, ...], usual: str) -> date:
    told = [field.removeprefix(name) for field in fields if field.startswith(name)]
    return date.fromisoformat(told[0] if told else usual)


def test_the_lines_are_read_as_a_careful_person_reads_them() -> None:
    wrong = []
    for words, fields in rows():
        said = read_update(words, today=day("today=", fields, TODAY), due=day("due=", fields, DUE))
        missed = [field for field in fields if not is_so(said, field)]
        wrong += [f"{words!r} is not {' '.join(missed)}: {said}"] if missed else []
    assert not wrong, "\n".join(wrong)


def test_no_line_of_the_table_is_there_twice() -> None:
    words = [words for words, _ in rows()]
    assert len(set(words)) == len(words)
    assert len(words) > 900


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddax xong roofi", "đã   xong rồi  "),
        ("chuwa lamf", "chưa  làm "),
        ("chuaw ddang dangd", "chưa  đang  đang "),
        ("DDUWOWCJ vuongws", "được     vướng  "),
        ("ddc 70%", "đc  70%"),
        ("hòan thành, thủy, hoà", "hoàn thành, thủy, hoà"),
        ("news, docker, link, tks, chx, bc 12/BC-xaf", "news, docker, link, tks, chx, bc 12/BC-xaf"),
    ],
)
def test_keys_left_over_become_the_marks_they_were_meant_for(typed: str, meant: str) -> None:
    assert as_meant(typed) == meant


@given(st.one_of(st.text(), st.text("adeouwsfrxj thngc ", max_size=30)))
def test_what_was_meant_is_as_long_as_what_was_typed(text: str) -> None:
    assert len(as_meant(nfc(text))) == len(nfc(text))


def test_no_row_of_days_needs_less_than_what_is_looked_for_first() -> None:
    now = Calendar(date(2020, 6, 8), date(2020, 6, 15))
    for words, _ in rows():
        patterns: list[Loose] = [pattern for pattern, _ in _ROWS]
        if any(pattern.search(words) for pattern in patterns):
            assert find_days(words, now), words


HOSTILE = """
ngày |1, |xong |xong 2 còn |được |2/3 tin |20/6 |0 0 |dạ |có nào |để em |hai mươi |đến hết quý |ddaxs |nên
aaw|ws|chưa có |1/A-|họp 8h |kinh phí chưa |10 xã |thêm tuần |(|kỳ này |còn nữa |sang |mai |Ậ| |đã gửi a
""".strip("\n")


@pytest.mark.parametrize("piece", ["\n", *HOSTILE.replace("\n", "|").split("|")])
def test_no_hostile_text_costs_more_than_its_length(piece: str) -> None:
    """It takes 0.05 s of the processor; what grows with the square of the length takes 0.4 s and more."""
    day = date(2020, 6, 8)
    read_update(piece * 8, today=day, due=day)  # so that every pattern is compiled
    started = process_time()
    read_update(("xong 1%, 2/3, 4 tin 20/6 " + piece * 4_096)[:4_096], today=day, due=day)
    assert process_time() - started < 0.25
