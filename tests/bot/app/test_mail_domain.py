"""What a domain lacks, as DNS shows it; answers are bytes written by hand after RFC 1035."""

import struct

import pytest

from bot.app.mail_domain import missing_records, query, read_answer

ASKED = b"\x04tinh\x07example\x00"


def answer(*records: bytes, number: int = 7, flags: int = 0x8180, name: bytes = b"\xc0\x0c") -> bytes:
    """An answer with TXT records, each of them strings with their lengths before them."""
    head = struct.pack("!6H", number, flags, 1, len(records), 0, 0) + ASKED + b"\x00\x10\x00\x01"
    bodies = (name + b"\x00\x10\x00\x01\x00\x00\x00\x3c" + struct.pack("!H", len(r)) + r for r in records)
    return head + b"".join(bodies)


def test_a_question_names_its_labels_with_their_lengths() -> None:
    asked = query("tinh.example", 7)
    assert asked == b"\x00\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + ASKED + b"\x00\x10\x00\x01"


def test_the_strings_of_a_record_are_one_text() -> None:
    told = answer(b"\x06v=spf1\x05 -all", b"\x03abc", name=ASKED)
    assert list(read_answer(told, 7)) == ["v=spf1 -all", "abc"]


def test_a_name_that_is_not_there_has_no_records() -> None:
    assert list(read_answer(answer(flags=0x8183), 7)) == []


@pytest.mark.parametrize(
    ("told", "error"),
    [
        (answer(flags=0x8182), OSError),
        (answer(flags=0x8380), OSError),
        (answer(number=8), ValueError),
        (answer(b"\x06v=spf1")[:30], (struct.error, IndexError)),
        (b"", struct.error),
    ],
)
def test_what_is_no_whole_answer_is_not_taken_for_one(told: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        list(read_answer(told, 7))


def test_a_domain_lacks_what_none_of_its_records_says() -> None:
    records = {"tinh.example": ("google=1", "V=SPF1 mx -all"), "_dmarc.tinh.example": ()}
    assert missing_records("tinh.example", records.__getitem__) == ("DMARC",)
    records["_dmarc.tinh.example"] = ("v=DMARC1; p=none",)
    assert missing_records("tinh.example", records.__getitem__) == ()
