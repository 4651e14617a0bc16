"""How the coordinator's pages look and speak: contrast, both languages, nothing unused."""

import re
from collections.abc import Iterator
from itertools import product

import pytest

from bot.web.rendering import FOLDER, STATIC
from config.texts import load_sentences
from domain.common.text import nfc
from handlers.table import COMMANDS
from tests.test_house import places

CSS = (STATIC / "dashboard.css").read_text(encoding="utf-8")
VI, EN = load_sentences("dashboard.vi.toml"), load_sentences("dashboard.en.toml")
READABLE, SEEN = 4.5, 3.0
"""WCAG 2.1, 1.4.3 (text) and 1.4.11 (what is not text), level AA."""

COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", CSS))
PAPERS = ("white", "paper")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def rules() -> Iterator[tuple[str, str]]:
    """Selector and declarations of each rule of the style sheet."""
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL)):
        yield selector.strip(), body


def value(body: str, name: str) -> str | None:
    found = re.search(rf"(?:^|[;\s]){name}:\s*var\(--([\w-]+)\)", body)
    return found[1] if found else None


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_text_is_told_from_what_it_stands_on() -> None:
    pairs = [(s, value(b, "color"), value(b, "background")) for s, b in rules()]
    told = [(selector, ink, paper) for selector, ink, paper in pairs if ink and paper]
    assert len(told) > 30
    faint = {
        (selector, ink, paper, round(contrast(COLOURS[ink], COLOURS[paper]), 2))
        for selector, ink, paper in told
        if contrast(COLOURS[ink], COLOURS[paper]) < READABLE
    }
    assert faint == set()


def test_a_text_that_names_no_ground_is_readable_on_all_of_them() -> None:
    for selector, body in rules():
        ink = value(body, "color")
        if ink is None or value(body, "background") or "::placeholder" in selector:
            continue
        for paper in PAPERS:
            assert contrast(COLOURS[ink], COLOURS[paper]) >= READABLE, (selector, paper)


def test_links_and_quiet_words_are_readable_wherever_they_stand() -> None:
    for ink, paper in product(("ink", "muted", "sky"), (*PAPERS, "mist")):
        assert contrast(COLOURS[ink], COLOURS[paper]) >= READABLE, (ink, paper)


@pytest.mark.parametrize("one", ["done", "bar-late", "bar-open", "overdue", "muted"])
def test_bars_and_borders_are_seen(one: str) -> None:
    for paper in ("white", "line") if one != "muted" else ("white",):
        least = SEEN if paper == "white" else 1.5
        assert contrast(COLOURS[one], COLOURS[paper]) >= least


def test_no_rule_uses_a_colour_that_is_not_named() -> None:
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= {*COLOURS, "round"}
    outside = CSS[CSS.index("}") :]
    assert re.findall(r"#[0-9a-f]{3,8}\b", outside) == []


def test_both_languages_say_the_same_things() -> None:
    assert VI.keys() == EN.keys()
    for key, sentence in VI.items():
        assert places(sentence) == places(EN[key]), key
        assert nfc(sentence) == sentence, key


def test_every_sentence_is_used_and_every_one_that_is_asked_for_is_there() -> None:
    files = [*FOLDER.rglob("*.py"), *FOLDER.rglob("*.html")]
    used = "".join(path.read_text(encoding="utf-8") for path in files)
    stems = (
        "day_",
        "weekday_",
        "mark_",
        "menu_",
        "tally_",
        "timeliness_",
        "view_",
        "download_",
        "plans_",
        "column_",
        "within_",
        "fate_",
        "becomes_",
    )
    assert [
        key for key in VI if f'"{key}"' not in used and f"'{key}'" not in used and not key.startswith(stems)
    ] == []
    asked = re.findall(r"""\bt(?:exts)?\(["'](\w+)["'][,)]""", used)
    assert sorted(set(asked) - VI.keys()) == []


def test_the_door_names_the_command_that_is_there() -> None:
    aliases = {one.alias for one in COMMANDS}
    assert "trangweb" in aliases
    assert "/trangweb" in VI["door_how"]
    assert "/web" in EN["door_how"]
