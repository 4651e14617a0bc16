"""What is taken of a letter: the line that was written, not what stands below it."""

import pytest

from bot.channels.mail_text import html_text, reply_text

LINE = "1 xong, BC số 12/BC-SNgV"
LETTERS = {
    "alone": LINE,
    "gmail": f"{LINE}\n\nVào Th 4, 10 thg 6, 2026 vào lúc 08:00 Nhắc Việc <a@b.vn> đã viết:\n> 2 xong",
    "gmail, wrapped": f"{LINE}\n\nVào Th 4, 10 thg 6, 2026 vào lúc 08:00 Nhắc Việc\n<a@b.vn> đã viết:\n> 2",
    "gmail, English": f"{LINE}\n\nOn Wed, Jun 10, 2026 at 8:00 AM Nhac Viec <a@b.vn> wrote:\n\n> 2 xong",
    "outlook": f"{LINE}\n\n________________________________\nFrom: Nhắc Việc <a@b.vn>\nSent: x\n\n2 xong",
    "outlook, Vietnamese": f"{LINE}\n\nTừ: Nhắc Việc <a@b.vn>\nĐã gửi: Thứ Tư\n\n2 xong",
    "original message": f"{LINE}\n\n-----Original Message-----\n2 xong",
    "signature": f"{LINE}\n-- \nTrần Minh Quân\nSở Ngoại vụ, 0909 123 456",
    "greeting": f"{LINE}\n\nTrân trọng,\nTrần Minh Quân",
    "phone": f"{LINE}\n\nĐã gửi từ iPhone của tôi",
    "phone, English": f"{LINE}\r\n\r\nSent from my Galaxy",
    "disclaimer": f"{LINE}\n\nThư này và các tệp kèm theo chỉ dành cho người nhận 2 xong",
    "quoted only": f"{LINE}\n> 2 xong\n> 3 xong",
}


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_the_line_alone_is_taken(letter: str) -> None:
    assert reply_text(letter) == LINE


@pytest.mark.parametrize(
    "text",
    [
        "1 xong\n2 đang làm 50%\n3 chưa",
        "Ngày 20/6 gửi báo cáo, xin lùi",
        "từ 1/6 đã làm: 2/3 tin",
        "Trân trọng báo cáo: 1 xong",
        "vướng kinh phí\n\nxin lùi đến 20/6",
    ],
)
def test_what_is_said_stays_whole(text: str) -> None:
    assert reply_text(text) == text


def test_a_letter_that_only_quotes_says_nothing() -> None:
    assert reply_text("> 1 xong\n> 2 xong") == ""


def test_html_loses_what_it_quotes_and_hides() -> None:
    markup = (
        "<html><style>p{color:red}</style><body><div>1 xong,&nbsp;BC số 12</div><div>2 &lt; 3</div>"
        '<div class="gmail_quote">Vào hôm qua đã viết: 3 xong</div></body></html>'
    )
    assert reply_text(html_text(markup)) == "1 xong, BC số 12\n2 < 3"


def test_hostile_markup_takes_no_time() -> None:
    for piece in ("<", "<div ", "<!--", "<style>", "> ", "Vào "):
        reply_text(html_text(piece * 100_000))
