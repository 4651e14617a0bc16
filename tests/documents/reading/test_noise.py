"""Noise that sources add changes nothing in what is read."""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.reading import Unreadable, read_text
from domain.common.text import fold
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.conftest import SHARED, shipped_register, source

Noise = Callable[[str, random.Random], str]
NAMES = ["ke-hoach-doi-ngoai-2026", *(["lao-cai-2020", "son-la-2016"] if SHARED.is_dir() else [])]


def wrapped(text: str, chance: random.Random) -> str:
    """Break every line at one width, between words, wherever that falls."""
    width = chance.randint(62, 110)
    lines = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines)


def paged(text: str, chance: random.Random) -> str:
    """Let pages end in mid-sentence: a blank line between two words, where a sentence plainly goes on."""
    breaks = [found.start() for found in re.finditer(r"(?<=[a-zà-ỹ,]) (?=[a-zà-ỹ])", text)]
    for at in sorted(chance.sample(breaks, min(12, len(breaks))), reverse=True):
        text = f"{text[:at]}\n\n{text[at + 1 :]}"
    return text


def marked(text: str, chance: random.Random) -> str:
    """Set headings in bold and as headings, the way converters to Markdown do."""
    return "\n".join(
        f"{chance.choice(['**', '__'])}{line}**".replace("__", "**")
        if re.match(r"(?:[IVX]+|\d+)\. ", line) and len(line) < 90
        else line
        for line in text.split("\n")
    )


def decomposed(text: str, _: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def unbreakable(text: str, chance: random.Random) -> str:
    return "".join("\u00a0" if c == " " and chance.random() < 0.1 else c for c in text)


def respelt(text: str, chance: random.Random) -> str:
    """Place the tones of some words the other way."""
    spellings = {"Ủy": "Uỷ", "ủy": "uỷ", "hóa": "hoá", "hòa": "hoà"}
    return re.sub("|".join(spellings), lambda found: chance.choice([found[0], spellings[found[0]]]), text)


def ruled(text: str, chance: random.Random) -> str:
    """Strew rules, page numbers and trailing blanks between the paragraphs."""
    noise = ["---", "***", "- 7 -", "Trang 3/12", "   ", "|"]
    return re.sub(
        r"\n\n(?=\S)",
        lambda found: f"\n\n{chance.choice(noise)}\n\n" if chance.random() < 0.1 else found[0],
        text,
    )


NOISES: list[Noise] = [marked, ruled, paged, wrapped, respelt, unbreakable, decomposed]
"""In the order in which they come over a text on its way."""


def key(words: str | None) -> str:
    return fold(words or "")


def said(plan: Plan) -> dict[str, object]:
    """What must stay: everything but the document's own spellings."""
    return {
        "head": (plan.head.number, plan.head.issued_on, plan.head.period, key(plan.head.coordinator)),
        "units": sorted((key(body.name), body.kind) for body in plan.units),
        "duties": [
            (d.section, key(d.unit), d.n, key(d.text), d.role, sorted(map(key, d.partners)))
            for d in plan.duties
        ],
        "activities": [
            (a.section, key(a.text), [*map(key, a.lead)], [*map(key, a.support)], key(a.when))
            for a in plan.activities
        ],
        "reports": sorted((key(r.who), key(r.via), r.due, r.recurrence) for r in plan.reports if r.due),
    }


@cache
def clean(name: str) -> tuple[str, dict[str, object]]:
    """A plan's text as it is, and what is read in it."""
    path, _ = source(name)
    text = path.read_text(encoding="utf-8")
    return text, said(read_text(text, shipped_register()))


@pytest.mark.parametrize("name", NAMES)
@given(
    noises=st.lists(st.sampled_from(NOISES), min_size=1, max_size=3, unique=True), seed=st.integers(0, 2**16)
)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_noise_changes_nothing(name: str, noises: list[Noise], seed: int) -> None:
    noisy, before = clean(name)
    chance = random.Random(seed)  # noqa: S311 (no secret hangs on where a line is broken)
    for noise in sorted(noises, key=NOISES.index):
        noisy = noise(noisy, chance)
    after = said(read_text(noisy, shipped_register()))
    for part, words in before.items():
        assert after[part] == words


def test_a_repeated_number_moves_no_duty_to_another_body(register: Register) -> None:
    path, _ = source("ke-hoach-doi-ngoai-2026")
    text = path.read_text(encoding="utf-8")
    again = text.replace("\n7. Công an tỉnh", "\n6. Công an tỉnh").replace("\nII. NỘI DUNG", "\nI. NỘI DUNG")
    assert again != text
    before, after = read_text(text, register), read_text(again, register)
    assert [(d.unit, d.n, d.text) for d in before.duties] == [(d.unit, d.n, d.text) for d in after.duties]
    assert [(a.text, a.lead) for a in before.activities] == [(a.text, a.lead) for a in after.activities]


PHRASES = [
    "I. ",
    "II. ",
    "1. ",
    "2.1. ",
    "a) ",
    "- ",
    "+ ",
    "(",
    ")",
    ": ",
    "; ",
    ", ",
    " ",
    "\n",
    "\t",
    "|",
    "Sở Y tế",
    "các sở",
    " và ",
    "chủ trì",
    " phối hợp với ",
    "báo cáo UBND tỉnh (qua Sở Y tế) ",
    "trước ngày 31/2 ",
    "TỔ CHỨC THỰC HIỆN\n",
    "Đơn vị chủ trì:",
    "TT\tNội dung\tChủ trì\n",
]


@given(st.text(max_size=400), st.lists(st.sampled_from(PHRASES), max_size=60))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_any_text_at_all_gives_a_plan_or_a_refusal(letters: str, phrases: list[str]) -> None:
    for text in (letters, "".join(phrases), letters + "".join(phrases)):
        with suppress(Unreadable):
            assert read_text(text, shipped_register()).duties is not None
