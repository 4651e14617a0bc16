"""Hostile repeats cost every reader of text what their length costs, no more."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from bot.app.wiring import load_days, load_register
from documents.reading import Unreadable, read_plan
from documents.reading.stamps import refuse_marked_text
from domain.assignments.extension_replies import read_decision
from domain.common.secrecy import is_marked, is_marked_apart, is_stamp
from domain.common.secrecy_names import is_marked_name
from domain.common.small_talk import read_aside
from domain.deadlines import read_deadline
from domain.organisation.absence import read_leave
from domain.organisation.name_lookup import read_names
from domain.plans.correction_replies import read_corrections
from domain.plans.pasted_text import is_part, is_plan
from domain.reporting.summary_query import read_query
from domain.requests.moments import read_moment
from domain.updates import read_until, read_update, split_items

DAY, NOW = date(2026, 6, 1), datetime(2026, 6, 1, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
REGISTER, DAYS = load_register(), load_days()
HEAD = """UBND TỈNH HÀ KHÊ
KẾ HOẠCH
Quảng bá chè Hà Khê năm 2026
III. TỔ CHỨC THỰC HIỆN
1. Sở Du lịch: Chủ trì mở 02 lớp. """
TAIL = "\n2. Sở Y tế: Chủ trì khám.\n"
MESSAGES: dict[str, Callable[[str], object]] = {
    "mark": is_marked,
    "mark apart": is_marked_apart,
    "stamp": is_stamp,
    "name of a file": is_marked_name,
    "aside": read_aside,
    "update": lambda text: read_update(text, today=DAY, due=None),
    "until": lambda text: read_until(text, today=DAY, due=None),
    "items": split_items,
    "plan": is_plan,
    "part of a plan": is_part,
    "corrections": read_corrections,
    "leave": lambda text: read_leave(text, DAY),
    "decision": lambda text: read_decision(text, today=DAY, due=None),
    "report asked for": lambda text: read_query(text, DAY),
    "names of units": lambda text: read_names(text, REGISTER, REGISTER.units, DAY),
    "moment": lambda text: read_moment(text, NOW, time(17), DAYS),
    "deadline": lambda text: read_deadline(text, DAY, date(2026, 12, 31)),
}
PIECES = ("\n", "a ", "1. ", "(", "ngày 1/", "xong, ", "Sở Y tế, ", "MẬT ", "trước ngày ")
PLAN_PIECES = (
    *(
        "\n",
        "\n \n",
        "\t\n",
        "a ",
        "1.\n",
        "- A\n",
        "(",
        "ngày 1/1/2026 ",
        "Sở Y tế, ",
        "|",
        "trước ngày 1/1 ",
    ),
    *("Sở Y tế chủ trì\n", "báo cáo ", "Báo cáo trước ngày 5/5\n", "I. A\n", "Phụ lục\n", "*", "UBND tỉnh "),
)


def spent(read: Callable[[str], object], text: str) -> float:
    """The seconds of the processor that reading takes; of two tries the better."""
    tries = []
    for _ in range(2):
        started = process_time()
        with suppress(Unreadable):
            read(text)
        tries.append(process_time() - started)
    return min(tries)


@pytest.mark.parametrize("reader", MESSAGES)
def test_a_message_costs_no_more_than_its_length(reader: str) -> None:
    read = MESSAGES[reader]
    for piece in PIECES:
        short, long = ((piece * size)[:size] for size in (1_000, 4_000))
        read(short)
        assert spent(read, long) < 0.1 + 8 * spent(read, short), piece


@pytest.mark.parametrize("piece", PLAN_PIECES)
def test_a_document_costs_no_more_than_its_length(piece: str) -> None:
    def read(text: str) -> object:
        return read_plan((HEAD + text + TAIL).encode(), "a.txt", REGISTER)

    short, long = ((piece * size)[:size] for size in (8_000, 32_000))
    assert spent(read, long) < 0.2 + 8 * spent(read, short)


def test_thirty_thousand_blank_lines_are_read_at_once() -> None:
    started = process_time()
    assert len(read_plan((HEAD + "\n" * 30_000 + TAIL).encode(), "a.txt", REGISTER).duties) == 2
    refuse_marked_text("\n" * 30_000)
    assert process_time() - started < 2.0
