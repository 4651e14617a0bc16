"""Unknown words beside words of completion: "chưa", "gần" or "trừ" may be meant, with a letter amiss."""

import re
from itertools import pairwise

from domain.common.text import fold
from domain.updates.loose import loose
from domain.updates.phrases import BARE_WORDS, COURTESY_WORDS
from domain.updates.word_groups import ALREADY, AMOUNT_MARK, DOCUMENT_MARK, FINISH, TAIL


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Words that turn "xong" into something that is not done.
_HEDGES = _words(
    """
    chưa không gần sắp suýt tạm mới chỉ còn trừ riêng thiếu chờ đợi nếu khi phải cần nhờ hứa định sẽ nữa
    mai mốt kia đang muốn hẹn hoãn trả lại sửa lát tí tuần tháng quý chiều tối nhưng bị nhầm chắc tưởng
    nghe để hầu đâu nào giờ báo đề trong sớm nhiều
    """
)
_HEDGE_PAIRS = (
    ("cơ", "bản"),
    ("coi", "như"),
    ("xem", "như"),
    ("gần", "như"),
    ("hầu", "như"),
    ("hầu", "hết"),
    ("dự", "kiến"),
    ("kế", "hoạch"),
    ("mục", "tiêu"),
    ("phấn", "đấu"),
    ("chỉ", "còn"),
    ("sơ", "bộ"),
    ("một", "số"),
    ("một", "phần"),
    ("trả", "lại"),
    ("làm", "lại"),
    ("sửa", "lại"),
    ("bị", "trả"),
    ("tạm", "thời"),
    ("hình", "như"),
    ("có", "lẽ"),
    ("nghe", "nói"),
    ("cố", "gắng"),
    ("tranh", "thủ"),
    ("đa", "số"),
    ("phần", "lớn"),
)
# Words of their own, although a hedge may become one of them by a slip.
_REAL = frozenset(
    _words("""
    ai am an ao ba ca cac cai cha chau chi chu cua da dan di do dua e ga ha hai ham han hang he hi hieu ho
    hoa hoac hung it k la li ma mi mo mon mu nam nha nhe nho no o oi ok phi phia ra ran sa san sau su ta
    tan tang than to tong tran tu tung u uy uong đi hải lạ nữ từ tả ra sa phi mi ma con kh hiếu hưng hà
    ham nhi nhất chị nu na ban so loi bo gi tron gio co tieu đủ tới này du toi nay cv sử mớ
    """),
)
_ONLY_WHERE_REINFORCED = frozenset(["cha", "chau", "ta"])
_NO_SYLLABLES = frozenset(
    _words("""
    app backdrop banner banrol bc bcao brochure camera clip cty cv daily dh dt dvc email excel facebook
    fanpage fax file fb gm gpmb hddt hs infographic internet ioffice kh kp ktxh kv livestream logo mail
    maket market mttq nd ndung ntm ok okie oke online pa pano panô pdf photo podcast poster qd qh qlvb qđ
    link https www com
    radio scan sgd skh slide standee tb tivi tt ttr tv ubnd vb video vp web website wifi word xdcb zalo ac
    tật tần tick click status icon
    drive onedrive gdrive gg gmail inbox teams viber form sheet server format final deadline link
    full post up all draft outline check đc dc nv nvu sp mn ae bt cb cbcc hđ hđnd lđ tks r roi cta bta mn
    """),
)
_SYLLABLE = re.compile(
    r"(?:ngh|gh|ng|nh|th|tr|ch|ph|kh|gi|qu|[bcdghklmnpqrstvx])?"
    r"(?:uye|uya|uoi|uou|ieu|yeu|oai|oay|oao|oeo|uay|uyu|ia|ie|iu|ua|uo|ue|uy|ui|uu|oa|oe|oi|oo|ai|ao|au|ay|"
    r"eo|eu|ye|"
    r"[aeiouy])(?:ng|nh|ch|[cmnpt])?"
)
_FINISH = loose(FINISH)
_REINFORCED = loose(rf"đã|đả|vừa|{ALREADY}|hết|đủ|[{AMOUNT_MARK}{DOCUMENT_MARK}]+", whole_words=False)
_TAIL = loose(TAIL, whole_words=False)
_WORD = re.compile(r"(?<!\w)[^\W\d_]+")


def _slips(word: str) -> set[str]:
    """What becomes of a word where one letter is missing or two stand in each other's place."""
    missing = {word[:at] + word[at + 1 :] for at in range(len(word))}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)}
    return (missing | swapped) - {word, ""}


_MARKED = frozenset().union(*map(_slips, _HEDGES))
_PLAIN = frozenset().union(*(_slips(fold(word)) for word in _HEDGES)) - {fold(word) for word in _HEDGES}
_STEP_WORDS = ("họp", "soạn", "trình", "kiến", "ký", "là", "thì", "chẳng", "trưa", "ngày")
_STEPS = frozenset().union(*map(_slips, _STEP_WORDS)) - {"kin", "tình", "hợp", "này"}
_PLAIN_STEPS = frozenset().union(*(_slips(fold(word)) for word in _STEP_WORDS)) - {"tinh", "so"}
_ROMAN = ("I", "V", "X")
_BEFORE_A_NAME = loose(
    r"(?<!\w)(?:xã|phường|huyện|thị trấn|thị xã|tỉnh|thôn|buôn|bản|làng|ấp|anh|chị|ông|bà|cô|chú|bác)\s+"
    r"(?:[^\W\d]+\s+){0,3}$",
    whole_words=False,
)
_VOWEL = re.compile("[aeiouy]")
_SHORT = frozenset("aeokrýôừờậ") | {"này", "tra", "trả", "đăng", "ủa", "hộ"}
_REPEATED = re.compile(r"(\w)\1{2,}$")
_TELLING_BY_TONE = frozenset(map(fold, ("chưa", "gần", "sắp", "sẽ", "mới", "đang", "mai", "không", "tạm")))
_PAIRS = tuple((first, second) for pair in _HEDGE_PAIRS for first, second in (pair, tuple(map(fold, pair))))
_PAIR_SLIPS = frozenset(
    slip
    for first, second in _PAIRS
    for slip in [*((slip, second) for slip in _slips(first)), *((first, slip) for slip in _slips(second))]
) - frozenset(_PAIRS)


def _is_near(word: str, *, is_beside: bool) -> bool:
    """Whether a hedge may have become the word by a slip; it may have been typed without its marks."""
    if word in _MARKED or word in _PLAIN:
        return True
    plain = fold(word)
    return is_beside and (word in _STEPS or plain in _PLAIN_STEPS or (plain in _PLAIN and plain not in _REAL))


def _is_no_word(word: str, typed: str, *, is_beside: bool) -> bool:
    """Whether letters are no Vietnamese syllable and no word or short form in use."""
    plain = fold(_REPEATED.sub(r"\1", word))
    if len(plain) == 1:
        return plain not in "aekrbgoycu" and typed not in _ROMAN
    if plain in _NO_SYLLABLES or word in _NO_SYLLABLES or plain in COURTESY_WORDS or plain in BARE_WORDS:
        return False
    if not is_beside and not _VOWEL.search(plain):
        return False  # "vhtt", "sgddt"
    return _SYLLABLE.fullmatch(plain) is None and not typed.isupper()


def _is_no_marked_syllable(match: re.Match[str]) -> bool:
    """Whether a word with Vietnamese marks is none: "đng", "cưha"; nobody writes so on purpose."""
    word = _REPEATED.sub(r"\1", match[0].lower())
    plain = fold(word)
    if word == plain or match[0].isupper() or word in _NO_SYLLABLES or len(plain) < 3:
        return False
    return _SYLLABLE.fullmatch(plain) is None


def _has_another_tone(word: str) -> bool:
    plain = fold(word)
    return plain in _TELLING_BY_TONE and word != plain and word not in _HEDGES and word not in _SHORT


def _is_of_a_name(clause: str, word: re.Match[str]) -> bool:
    """Whether a word in capitals stands behind "xã" or "anh", others such between: "UBND xã Ea Kly"."""
    before = _BEFORE_A_NAME.search(clause[: word.start()])
    between = clause[before.start() : word.start()].split()[1:] if before else []
    return word[0].istitle() and before is not None and all(other[0].isupper() for other in between[-2:])


def misspelt_beside(clause: str) -> bool:
    """Whether a clause that tells completion holds a word that may be a misspelt limit of it."""
    all_words = [word for word in _WORD.finditer(clause) if not _is_of_a_name(clause, word)]
    if any(pair in _PAIR_SLIPS for pair in pairwise(match[0].lower() for match in all_words)):
        return True
    finishes = [match.span() for match in _FINISH.finditer(clause)]
    outside = [match for match in all_words if not any(at <= match.start() < end for at, end in finishes)]
    if any(map(_is_no_marked_syllable, outside)):
        return True
    if not finishes and not _REINFORCED.search(clause):
        all_words = all_words[
            :1
        ]  # "xong, tr kinh phí": of a clause of its own only the first word may limit it
    words = [match for match in all_words if not any(start <= match.start() < end for start, end in finishes)]
    beside = _beside(clause, finishes, words)
    reinforced = _REINFORCED.search(clause) is not None
    shouted = clause.isupper()
    return any(
        _may_be_a_slip(
            "" if shouted else word[0],
            word[0].lower(),
            is_beside=word in beside,
            is_first=at == 0,
            reinforced=reinforced,
        )
        for at, word in enumerate(words)
    )


def _may_be_a_slip(typed: str, word: str, *, is_beside: bool, is_first: bool, reinforced: bool) -> bool:
    if _is_no_word(word, typed, is_beside=is_beside) or (is_beside and _has_another_tone(word)):
        return True
    if word in _SHORT or (typed.isupper() and len(typed) > 1):
        return False
    is_a_name = typed.istitle() and not is_first and not is_beside
    if is_a_name or not _is_near(word, is_beside=is_beside):
        return False
    needs_more = is_beside or word in _ONLY_WHERE_REINFORCED
    return word not in _REAL or (needs_more and not reinforced)


def _beside(clause: str, finishes: list[tuple[int, int]], words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words right before completion or an amount is told, and one right behind that ends the clause."""
    amount = clause.find(AMOUNT_MARK)
    starts = [start for start, _ in finishes] + ([amount] if amount >= 0 else [])
    before = [
        max((word for word in words if word.end() <= start), key=re.Match.end, default=None)
        for start in starts
    ]
    behind = [next((word for word in words if word.start() >= end), None) for _, end in finishes]
    last = [
        word
        for word, (_, end) in zip(behind, finishes, strict=True)
        if word and not _TAIL.match(clause[end : word.end()]) and _TAIL.match(clause[word.end() :])
    ]
    return [word for word in before if word] + last
