"""Answers that cannot stand in a report as they were typed."""

from datetime import date

import pytest

from domain.reporting.bare_answers import cited_on, is_bare, is_unmarked

SAID_ON = date(2026, 6, 2)


@pytest.mark.parametrize(
    "text",
    [
        "xong",
        "xong roi, cv so 45 ngay 28/3",
        "ok xong r nhé",
        "đã gửi BC số 12/BC-SNgV ngày 10/6/2026",
        "dang lam dc 50%",
        "đạt 9/12",
        "ko co gi phat sinh",
        "100% nha a",
        "xogn",
        "hoàn thnàh r ạ",
    ],
)
def test_a_state_a_number_a_date_are_bare(text: str) -> None:
    assert is_bare(text)


@pytest.mark.parametrize(
    "text",
    [
        "đã tổ chức 3 hội nghị",
        "xong phần biên tập",
        "được 50%, mới mời được 1 đoàn",
        "xong, trừ kinh phí",
        "t7 in",
        "giu nguyen",
    ],
)
def test_what_tells_of_the_work_is_not(text: str) -> None:
    assert not is_bare(text)


@pytest.mark.parametrize(
    ("text", "unmarked"),
    [
        ("thieu kinh phi", True),
        ("da to chuc 3 hoi nghi", True),
        ("thiếu kinh phí", False),
        ("da gui thư mời", False),
        ("BC 4/BC-SCT", False),
        ("OK", False),
        ("xong", False),
    ],
)
def test_words_without_diacritics_are_unmarked(text: str, unmarked: bool) -> None:
    assert is_unmarked(text) is unmarked


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("cv so 45 ngay 28/3", date(2026, 3, 28)),
        ("BC số 12/BC-SNgV ngày 10/12", date(2025, 12, 10)),
        ("ngày 10-6-2024", date(2024, 6, 10)),
        ("ngày 31/2", None),
        ("ngày 1/3 và ngày 2/3", None),
        ("BC 12/BC-SNgV", None),
    ],
)
def test_the_day_of_a_document_is_the_last_such_day(text: str, day: date | None) -> None:
    assert cited_on(text, SAID_ON) == day
