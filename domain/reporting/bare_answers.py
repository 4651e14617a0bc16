"""Which answers cannot stand in a report as they were typed: no more than a state, or without diacritics.

"xong roi, cv so 45 ngay 28/3" tells a state, a number and a date: a report says them in words of its own.
"""

import re
import unicodedata
from datetime import date

from domain.common.text import fold

_PLAIN = frozenset(
    word
    for row in (
        "a ah anh ban bao bc ben cao chi cho chua co con cong cv da dang dat dc den dinh don",
        "dung duoc em gan gi gui het hien hoan hon k kh khai khoang khong ko la lam minh muc",
        "nam nao nay ngay nha nhe nhiem noi nop ok oke okie phan phat qd quyet r rat roi sinh",
        "so tat tb thang thanh theo thuc tiep tong tram tren trien tt tuc va van vang vi viec",
        "voi vu xong",
    )
    for word in row.split()
)
"""Folded words that tell no more than a state, a number, a date, a document, or courtesy."""
_SWAPPED_FROM = 4
"""Letters from which on a word with two of them swapped is no other word: "gửi" and "giữ" are two."""
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\S*\d\S*")
_DATED = re.compile(r"\bngay (\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?![/.\d-])")


def is_bare(text: str) -> bool:
    """Whether words tell nothing but a state, a number, a date or a document."""
    return all(_is_plain(word) for word in _WORD.findall(_NUMBER.sub(" ", fold(text))))


def _is_plain(word: str) -> bool:
    """Whether a folded word is one of those, or one with two letters swapped: "xogn", "thnah"."""
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return word in _PLAIN or (len(word) >= _SWAPPED_FROM and not _PLAIN.isdisjoint(swapped))


def is_unmarked(text: str) -> bool:
    """Whether words were typed without any diacritics, though some would bear them.

    A short word alone, a number of a document ("BC 4/BC-SCT"), "OK" are not enough to tell.
    """
    if any(unicodedata.combining(letter) or letter in "đĐ" for letter in unicodedata.normalize("NFD", text)):
        return False
    return len([word for word in _WORD.findall(_NUMBER.sub(" ", text)) if word.islower()]) > 1


def cited_on(text: str, said_on: date) -> date | None:
    """Return the date that words give to the document that they cite; None where there is none, or several.

    One without a year is the last such day up to `said_on`, the local day on which it was said.
    """
    dates = _DATED.findall(fold(text))
    if len(dates) != 1:
        return None
    day, month, year = dates[0]
    try:
        cited = date(int(year or said_on.year), int(month), int(day))
        return cited.replace(year=cited.year - 1) if not year and cited > said_on else cited
    except ValueError:
        return None
