"""A plan sent as a file into the chat: read, doubted, confirmed; and files that are none."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from documents.reading.recogniser import can_recognise
from tests.botapi import User
from tests.e2e.kit import SAMPLES, Office, Warm, installed, serving, texts

EVENING = "2026-02-02T18:00+07:00"
DIGITAL = (SAMPLES / "chuyen-doi-so-2026.txt").read_bytes()
SCIENCE = "Sở Khoa học và Công nghệ"


@dataclass
class Context:
    """A coordinator, and the focal point of the same unit."""

    office: Office
    coordinator: User
    focal: User


@pytest.fixture(scope="module")
def context(warm: Warm, imported: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    folder = tmp_path_factory.mktemp("desk")
    with serving() as api, installed(warm, folder, api) as office:
        office.database.write_bytes(imported)
        people = office.seats({401: (SCIENCE, "coordinator"), 402: (SCIENCE, "focal")})
        with office.running(EVENING):
            yield Context(office, *people)


def scanned_pdf() -> bytes:
    """Return a PDF of one page on which there is no text."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 4\n0000000000 65535 f \n" + table + tail


def test_a_plan_is_live_when_the_coordinator_has_confirmed_what_was_read(context: Context) -> None:
    context.coordinator.uploads("chuyen-doi-so-2026.txt", DIGITAL)
    read = context.coordinator.wait_for("Đã đọc: 2981/QĐ-UBND")
    assert f"Đơn vị tổng hợp: {SCIENCE}" in read.text
    assert "Cần xem lại" in read.text
    assert "Chưa nhắc ai" in read.text
    assert read.labels[-2:] == ["Xác nhận kế hoạch", "Bỏ"]
    assert state_of(context.office) == "draft"
    context.coordinator.presses("Theo ngày báo cáo của kế hoạch")
    context.coordinator.wait_for("Sẽ hỏi 47/47 đơn vị có nhiệm vụ")
    context.coordinator.presses("Xác nhận kế hoạch")
    context.coordinator.wait_for("Kế hoạch chưa có hiệu lực")  # a date of January has passed
    context.coordinator.presses("Giữ các hạn này (1)")
    context.coordinator.wait_for("giữ như đã đọc")
    context.coordinator.presses("Xác nhận kế hoạch")
    context.coordinator.wait_for("1 đoạn của văn bản chưa rõ giao việc gì")  # who pays is told in two clauses
    context.coordinator.presses("Vẫn xác nhận")
    context.coordinator.wait_for("2981/QĐ-UBND đã có hiệu lực")
    assert state_of(context.office) == "live"
    context.coordinator.uploads("ban-khac.txt", DIGITAL)
    context.coordinator.wait_for("đã được nhập, không có gì thay đổi")
    context.focal.types("/viec")
    context.focal.wait_for("2981/QĐ-UBND")


def state_of(office: Office) -> str:
    plans = {plan["number"]: plan for plan in office.does("plan", "list", "--json").json}
    return str(plans["2981/QĐ-UBND"]["state"])


def test_a_focal_points_file_is_not_taken(context: Context) -> None:
    context.focal.uploads("chuyen-doi-so-2026.txt", DIGITAL)
    context.focal.wait_for("Chưa nhận được loại tệp")
    assert "Xác nhận kế hoạch" not in context.focal.messages[-1].labels


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("trong.txt", b" \n\n ", "không có chữ nào"),
        ("quet.pdf", scanned_pdf(), "không có chữ nào" if can_recognise() else "bản quét"),
        ("thu-moi.txt", "Kính mời anh chị em dự liên hoan cuối năm.".encode(), "không thấy nhiệm vụ"),
        ("hong.docx", b"PK\x03\x04 not a document", "hỏng"),
        ("chuong-trinh.exe", b"MZ\x90\x00", "Chưa đọc được loại tệp"),
    ],
)
def test_a_file_that_is_no_plan_gets_one_sentence_and_leaves_nothing(
    context: Context, name: str, data: bytes, found: str
) -> None:
    before, stored = len(context.coordinator.messages), context.office.does("plan", "list", "--json").json
    context.coordinator.uploads(name, data)
    answer = context.coordinator.wait_for(found)
    assert "Đề nghị" in answer.text
    assert len(texts(context.coordinator)) == before + 1
    assert context.office.does("plan", "list", "--json").json == stored
