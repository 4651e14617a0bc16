"""What bears a secrecy mark is told from what has but the words of one."""

from pathlib import Path
from time import process_time

import pytest

from domain.common.secrecy import blotted, is_marked, is_marked_apart, is_stamp
from domain.common.secrecy_names import is_marked_name

TABLE = Path(__file__).with_name("secrecy_lines.txt")
NAMES = Path(__file__).with_name("secrecy_name_lines.txt")
ORDINARY = "## ordinary\n"
SAMPLES = Path(__file__).parents[2] / "samples"


def rows(table: Path) -> list[tuple[str, bool]]:
    """The lines of a table, and whether each bears a mark."""
    marked, _, ordinary = table.read_text(encoding="utf-8").partition(ORDINARY)
    marked = marked.partition("## bears a mark\n")[2]
    parts = ((marked, True), (ordinary, False))
    return [(line.replace(r"\n", "\n"), bears) for part, bears in parts for line in part.split("\n") if line]


@pytest.mark.parametrize(("text", "bears"), rows(TABLE))
def test_a_mark_is_seen_and_its_words_alone_are_none(text: str, bears: bool) -> None:
    assert is_marked(text) is bears


@pytest.mark.parametrize(("name", "bears"), rows(NAMES))
def test_a_mark_in_the_name_of_a_file_is_seen(name: str, bears: bool) -> None:
    assert is_marked_name(name) is bears


@pytest.mark.parametrize(
    ("text", "stamp", "apart"),
    [
        ("MẬT", True, True),
        ("MẬT  3", True, True),
        ("TỐI MÂT", True, False),
        ("Độ mật: Tối mật", True, True),
        ("(TÀI LIỆU THU HỒI)", True, True),
        ("M Ậ T", True, True),
        ("Mật", False, True),
        ("MAT", False, True),
        ("Mật - Trang 2", False, True),
        ("Tối mật", False, True),
        ("Tài liệu lưu hành nội bộ", False, True),
        ("Kế hoạch quý 2 (MẬT)", False, True),
        ("ONG MẬT", False, False),
        ("BÍ MẬT", False, False),
        ("Mật ong", False, False),
        ("Kế hoạch bảo vệ bí mật nhà nước", False, False),
    ],
)
def test_more_is_a_mark_beside_a_text_than_within_it(text: str, stamp: bool, apart: bool) -> None:
    assert (is_stamp(text), is_marked_apart(text)) == (stamp, apart)


def test_the_table_has_enough_of_both() -> None:
    bears = [bears for _, bears in rows(TABLE)]
    assert bears.count(True) >= 120
    assert bears.count(False) >= 300


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_sample_plans_bear_none(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text
    assert not is_marked(text)
    assert not any(map(is_marked, text.splitlines()))


@pytest.mark.parametrize(
    "piece",
    [
        "\n",
        " ",
        "- ",
        "-",
        "MẬT ",
        "MẬT, ",
        "M ",
        "TỐI ",
        "TỐI MẬT/",
        "/A",
        "ĐỘ MẬT : ",
        "(",
        '"',
        "Ậ",
        "<b ",
        "&#",
        "М",
        "A ",
    ],
)
def test_no_hostile_text_keeps_the_guard_busy(piece: str) -> None:
    """It takes some 5 ms; what grows with the square of the length takes 400."""
    started = process_time()
    is_marked(("mật x " + piece * 4_096)[:4_096])
    assert process_time() - started < 0.1


@pytest.mark.parametrize(
    "text",
    [
        "MẬT\n1 xong",
        "1 xong, BC 12/BC-STC (MẬT)",
        "báo cáo TỐI MẬT số 5",
        "TUYỆT MẬT",
        "Độ mật: x\nĐỘ MẬT: A",
        "TÀI LIỆU THU HỒI\n1. Kết quả",
        "kèm bản LƯU HÀNH NỘI BỘ",
        "XEM XONG  TRẢ LẠI",
    ],
)
def test_a_mark_is_seen(text: str) -> None:
    assert is_marked(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 xong, đã bán mật ong",
        "giữ bí mật nhà nước",
        "MẬT ONG HÀ KHÊ",
        "1 xong",
        "",
        "XONG MẬT ONG",
        "đã in sổ tay lưu hành nội bộ",
        "CÔNG TÁC BẢO MẬT",
        "đã gửi theo đường văn bản mật, số 12/BC-CAT",
    ],
)
def test_the_word_alone_is_no_mark(text: str) -> None:
    assert not is_marked(text)


def test_what_is_written_down_holds_the_mark_alone() -> None:
    payload = {
        "update_id": 7,
        "message": {"text": "1 xong (MẬT), tại km 12", "chat": {"id": 1}, "photo": [{"file_id": "a"}]},
        "caption": "đã xong",
    }
    assert blotted(payload) == {
        "update_id": 7,
        "message": {"text": "MẬT", "chat": {"id": 1}, "photo": [{"file_id": "a"}]},
        "caption": "đã xong",
    }
    assert is_marked(blotted(payload)["message"]["text"])
