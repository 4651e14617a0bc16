"""Short forms and words of the regions, put into the words that the patterns are written in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.common.text import fold


@dataclass(frozen=True, slots=True)
class _Row:
    """What a word stands for: only before or after some words, never beside others; "" is the text's edge."""

    means: str
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    never_before: frozenset[str] = frozenset()
    never_after: frozenset[str] = frozenset()
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain words; `places` tells where each character stood, None where none has moved."""

    text: str
    places: tuple[int, ...] | None = None

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Return where [start, end) of `text` stood in what was typed."""
        if self.places is None or start >= end:
            return (start, end) if self.places is None else (0, 0)
        return self.places[start], self.places[end - 1] + 1


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALWAYS = {
    "hông hổng hem hok hơm hk khg kg khôg khôông khum hôn nỏ": "không",
    "hớt": "hết",
    "cũg cug": "cũng",
    "mún": "muốn",
    "hum": "hôm",
    "nma nmà": "nhưng mà",
    "nhg nhưg nhug": "nhưng",
    "hnay hnai": "hôm nay",
    "hqua": "hôm qua",
    "cbi": "chuẩn bị",
    "lun": "luôn",
    "bjo bgio": "bao giờ",
    "thui": "thôi",
    "rùi ruì rùii òi ròi rôi ời": "rồi",
    "nka nhoa nhó nhen nghen heng hén nì nạ nhee nhaa nhê nhâ nờ hỉ tề ák nè": "nhé",
    "mần": "làm",
    "mơi": "mai",
    "chừ": "giờ",
    "rứa zậy dzậy z": "vậy",
    "gởi": "gửi",
    "tui": "tôi",
    "tụi": "bọn",
    "nựa": "nữa",
    "bựa": "hôm",
    "khoảg": "khoảng",
    "đag đg": "đang",
    "b/c": "báo cáo",
    "đ/c": "đồng chí",
    "bcáo bcao": "báo cáo",
    "nhìu": "nhiều",
    "chưng": "chừng",
    "gòi gùi": "rồi",
    "submit submitted": "nộp",
    "send sent": "gửi",
    "upload uploaded": "up",
    "finished completed complete": "xong",
    "percent pct": "phần trăm",
    "extend": "gia hạn",
    "kps kpscm": "không phát sinh",
    "delay": "lùi",
    "deadline": "thời hạn",
    "eng": "anh",
    "trển": "trên",
    "bển": "bên",
}
_WHERE = {
    "nạp": _Row(
        "nộp", never_before=_words("tiền điện năng đạn thẻ dữ data gas xăng khí"), never_after=_words("kết")
    ),
    "nap": _Row("nộp", before=_words("bc bao roi rồi r lên len về ve cho chưa chua hồ ho")),
    "bắn": _Row("gửi", before=_words("bc báo lên qua sang mail zalo file cho văn")),
    "đẩy": _Row("gửi", before=_words("bc báo qua file mail")),
    "con": _Row("em", before=_words("gửi nộp đã vừa xin chào báo"), after=frozenset(["", "dạ", "ơi"])),
    "bữa": _Row("hôm", before=_words("thứ nay ni qua hổm trước kia tê sau nọ này tới"), after=frozenset()),
    "hong": _Row(
        "không",
        never_before=_words("roi r rồi mat mất het hết may nang"),
        never_after=_words("bi hu may xe loa in dien"),
    ),
    "hổm": _Row("hôm trước"),
    "rày": _Row("nay", after=_words("hổm trước")),
    "nớ": _Row("kia"),
    "tê": _Row("kia", after=_words("hôm bữa bên phía đầu mai ngày")),
    "ni": _Row("nay", after=_words("hôm bữa bựa sáng chiều tối trưa đêm năm"), otherwise="này"),
    "mô": _Row("đâu", never_before=_words("hình tả phỏng tơ típ men")),
    "chi": _Row(
        "gì",
        after=_words("có làm mần đụng rớ được chưa không nỏ cần nói là k ko dc đc còn thiếu vướng"),
        never_before=_words(
            "bộ cục nhánh phí trả tiết đoàn hội ủy uỷ ngân thường đầu cho khác tiêu tiền ra lăng"
        ),
    ),
    "răng": _Row("sao", before=_words("mà rứa chưa cứ lại vẫn được rồi không nỏ cho thế"), after=frozenset()),
    "j": _Row("gì"),
    "ms": _Row("mới"),
    "chộ": _Row("thấy"),
    "trơn": _Row("cả", after=_words("hết sạch ráo hớt")),
    "trọi": _Row("cả", after=_words("hết sạch ráo hớt trơn")),
    "ráo": _Row("hết", before=_words("trọi trơn rồi trội")),
    "hè": _Row("nhé", before=frozenset([""]), after=_words("rồi xong nhé nghe cả thôi vậy hết đó")),
    "hí": _Row("nhé", before=frozenset([""])),
    "hà": _Row("thôi", before=frozenset([""]), after=_words("xíu chút tí em xã việc bữa ngày nữa đó")),
    "lm": _Row("làm"),
    "h": _Row("giờ", after=_words("bao bây mấy")),
    "ch": _Row(
        "chưa",
        before=_words(
            "lm làm xg xong xog có ký duyệt gửi nộp được dc đc hoàn triển thực đủ biết trình ai j gì"
        ),
    ),
    "bọn": _Row("bọn"),
    "tau": _Row("tôi", before=_words("xong xog làm mần đã vừa nộp gửi chưa đang")),
    "tao": _Row("tôi", before=_words("xong xog làm mần đã vừa nộp gửi chưa đang")),
}
_TABLE: dict[str, _Row] = {
    typed: _Row(means) for words, means in _ALWAYS.items() for typed in words.split()
} | _WHERE
_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)?")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}$")
_COMPLETE = re.compile(r"(?<!\w)ho[àa]n[ \t]+(\w{5,6})(?!\w)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_FRACTIONS = {"\u00bd": "50%", "\u00bc": "25%", "\u00be": "75%", "\u2153": "33%", "\u2154": "67%"}
_FRACTION = re.compile(rf"(?<![\w.,/-])[{''.join(_FRACTIONS)}](?![\w.,/%-])")
_NAMELIKE = re.compile(r"[/.@-]")


def _swapped(text: str) -> Iterator[tuple[int, int, str]]:
    """ "hoàn thnah", "hoàn thahnf": the letters are all there, in another order, a Telex key with them."""
    for match in _COMPLETE.finditer(text):
        typed = match[1].lower()
        letters = fold(typed).replace("f", "", 1)
        if fold(typed) != "thanh" and sorted(letters) == sorted("thanh"):
            yield match.start(1), match.end(1), "thành"


def in_plain_words(text: str) -> Plain:
    """Return NFC text with short forms written out, drawn-out letters cut ("rùiii"), and single blanks."""
    fractions = ((m.start(), m.end(), _FRACTIONS[m[0]]) for m in _FRACTION.finditer(text))
    blanks = ((m.start(), m.end(), " ") for m in _BLANKS.finditer(text))
    edits = sorted([*_written_out(text), *_swapped(text), *fractions, *blanks])
    if not edits:
        return Plain(text)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end, means in edits:
        pieces += [text[at:start], means]
        places += [*range(at, start), *(min(start + n, end - 1) for n in range(len(means)))]
        if means:
            places[-1] = end - 1
        at = end
    return Plain("".join([*pieces, text[at:]]), (*places, *range(at, len(text))))


def _written_out(text: str) -> Iterator[tuple[int, int, str]]:
    matches = list(_WORD.finditer(text))
    typed = [match[0].lower() for match in matches]
    for at, (match, word) in enumerate(zip(matches, typed, strict=True)):
        short = _cut_short(word)
        row = _TABLE.get(short)
        means = None if row is None else row.means if _holds(row, typed, at) else row.otherwise
        if means is not None and not _NAMELIKE.match(text[match.end() : match.end() + 1]):
            yield match.start(), match.end(), means
        elif short != word:
            yield match.start(), match.end(), short


def _holds(row: _Row, words: list[str], at: int) -> bool:
    behind = words[at + 1] if at + 1 < len(words) else ""
    ahead = words[at - 1] if at else ""
    if behind in row.never_before or ahead in row.never_after:
        return False
    return (not row.before or behind in row.before) and (not row.after or ahead in row.after)


def _cut_short(word: str) -> str:
    """ "rùiii" is "rùi", "ạaaa" is "ạ"; two letters alike may be Telex."""
    if len(word) < len("aaa") or word[-1] != word[-2]:
        return word
    cut = _DRAWN_OUT.sub(r"\1", word)
    if len(cut) == 1:
        return word  # "III"
    if cut != word and cut[-2] != cut[-1] and fold(cut[-2]) == fold(cut[-1]):
        cut = cut[:-1]
    return cut
