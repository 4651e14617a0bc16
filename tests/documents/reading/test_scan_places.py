"""Each passage of a scan is found on its page."""

from documents.reading.pdf_page import Page, Printed
from documents.reading.scan_places import scanned_pages
from domain.plans.plan import Passage

LINES = (
    ("KẾ HOẠCH phát triển du lịch năm 2024", "1. Sở Du lịch mở lớp tập huấn cho các hộ dân, báo cáo kết"),
    ("quả trước ngày 30 tháng 6.", "2. Sở Y tế cử cán bộ trực trong các ngày lễ hội."),
    (),
    ("3. Sở Tư pháp mở lớp học luật cho người dân.",),
)
PASSAGES = (
    LINES[0][0],
    f"{LINES[0][1]} {LINES[1][0]}",
    LINES[1][1],
    LINES[3][0],
)


def page(*texts: str) -> Page:
    return Page(tuple(Printed(text, 70, 500, 700) for text in texts), (), unsure=frozenset({"trực"}))


def test_a_page_begins_with_the_first_passage_that_has_more_words_on_it_than_before_it() -> None:
    passages = [Passage(at, "", text, "background") for at, text in enumerate(PASSAGES)]
    places = [each.passage for each in scanned_pages([page(*texts) for texts in LINES], passages)]
    assert places == [0, 2, 3, 3]  # the third page is empty


def test_a_document_without_passages_has_pages_all_the_same() -> None:
    (only,) = scanned_pages([page()], [])
    assert (only.passage, only.unsure) == (0, ("trực",))
