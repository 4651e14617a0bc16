import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from bot.delivery.message_parts import parts, visible_length
from handlers.common.conversation import Choice, MenuEntry, Outgoing, Paper

BUTTONS = ((Choice("Đã xong", "done:1"), Choice("Đang làm", "doing:1")),)


def markup(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - tests write their own markup


def texts(text: str, limit: int) -> list[str]:
    return [str(part.text) for part in parts(Outgoing(markup(text)), limit)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("việc", 4),
        ("<b>việc</b>", 4),
        ("<b></b>", 0),
        ("A &amp; B", 5),
        ("&#39;&lt;b&gt;&#39;", 5),
        ("🙂", 2),
        ("a & b", 5),
        ("<", 1),
    ],
)
def test_length_is_what_a_messenger_counts(text: str, length: int) -> None:
    assert visible_length(text) == length


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("một\nhai", 7, ["một\nhai"]),
        ("một\nhai\nba", 7, ["một\nhai", "ba"]),
        ("một\nhai\nba", 6, ["một", "hai\nba"]),
        ("<b>một</b>\n<i>hai</i>", 3, ["<b>một</b>", "<i>hai</i>"]),
        ("một hai ba", 7, ["một hai", "ba"]),
        ("một hai ba", 6, ["một", "hai ba"]),
        ("<b>một hai</b> ba", 3, ["<b>một</b>", "<b>hai</b>", "ba"]),
        ("<b>x <i>một hai</i></b>", 5, ["<b>x <i>một</i></b>", "<b><i>hai</i></b>"]),
        ("abc  def", 3, ["abc", "def"]),
        (" abc", 3, ["abc"]),
        ("<b> abc</b>", 3, ["<b>abc</b>"]),
        ("abcdefg", 3, ["abc", "def", "g"]),
        ("🙂🙂🙂", 5, ["🙂🙂", "🙂"]),
        ("ab&amp;cd", 3, ["ab&amp;", "cd"]),
        ("a&amp;&amp;&amp;b", 2, ["a&amp;", "&amp;&amp;", "b"]),
        ("đầu\nmột hai ba", 7, ["đầu", "một hai", "ba"]),
        ("một\n\n\n\n\n\nhai", 3, ["một", "hai"]),
    ],
)
def test_a_text_is_cut_where_a_reader_would_cut_it(text: str, limit: int, expected: list[str]) -> None:
    assert texts(text, limit) == expected


def test_what_fits_stays_one_message_with_all_it_carries() -> None:
    message = Outgoing(Markup("ngắn"), BUTTONS, (Paper("a.xlsx", b"x"),), (MenuEntry("viec", "Việc"),))

    assert parts(message, 4) == (message,)


def test_buttons_papers_and_menu_go_with_the_last_part() -> None:
    menu = (MenuEntry("viec", "Việc"),)
    first, last = parts(Outgoing(Markup("một\nhai"), BUTTONS, (Paper("a.xlsx", b"x"),), menu), 3)

    assert first == Outgoing(Markup("một"))
    assert last == Outgoing(Markup("hai"), BUTTONS, (Paper("a.xlsx", b"x"),), menu)


def test_every_part_stands_in_the_same_topic() -> None:
    message = Outgoing(Markup("một hai ba"), thread="7")
    assert [part.thread for part in parts(message, 4)] == ["7", "7", "7"]


def test_buttons_are_not_lost_with_an_empty_end() -> None:
    (only,) = parts(Outgoing(Markup("một\n\n\n\n"), BUTTONS), 3)

    assert (str(only.text).strip(), only.choices) == ("một", BUTTONS)


def test_a_message_without_a_visible_character_is_left_alone() -> None:
    message = Outgoing(markup("\n" * 10), BUTTONS)

    assert parts(message, 3) == (message,)


WORDS = st.text(st.sampled_from("aệđ🙂&<>'\" "), min_size=1, max_size=12)
PIECES = st.one_of(
    WORDS.map(lambda words: str(Markup.escape(words))),
    WORDS.map(lambda words: f"<b>{Markup.escape(words)}</b>"),
    WORDS.map(lambda words: f"<i>{Markup.escape(words)}</i>"),
    WORDS.map(lambda words: f"<b>a <i>{Markup.escape(words)}</i></b>"),
)
LINES = st.lists(PIECES, max_size=8).map("".join)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)


def read(text: str) -> list[tuple[str, frozenset[str]]]:
    """Read markup as a messenger does: each character with the tags around it; tags must match."""
    around: list[str] = []
    seen = []
    for closing, tag, words in re.findall(r"<(/?)(\w+)>|([^<]+)", text):
        if words:
            seen += [(character, frozenset(around)) for character in html.unescape(words)]
        elif closing:
            assert around.pop() == tag
        else:
            around.append(tag)
    assert not around
    return seen


def written(text: str) -> list[tuple[str, frozenset[str]]]:
    return [(character, tags) for character, tags in read(text) if not character.isspace()]


@given(TEXTS, st.integers(2, 40))
def test_nothing_is_lost_nothing_is_too_long_and_what_was_bold_stays_bold(text: str, limit: int) -> None:
    cut = texts(text, limit)

    assert [seen for part in cut for seen in written(part)] == written(text)
    if written(text):
        assert all(len("".join(c for c, _ in read(p)).encode("utf-16-le")) // 2 <= limit for p in cut)
        assert all(written(part) for part in cut)


@given(st.lists(st.text(st.sampled_from("aệđ"), min_size=1, max_size=9), min_size=1), st.integers(9, 40))
def test_words_and_lines_that_fit_are_never_broken(words: list[str], limit: int) -> None:
    in_one_line, in_lines = texts(" ".join(words), limit), texts("\n".join(words), limit)

    assert " ".join(in_one_line).split(" ") == words
    assert "\n".join(in_lines).split("\n") == words
