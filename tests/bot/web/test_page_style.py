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

_NAMED = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_DAY, _, _NIGHT = CSS.partition("prefers-color-scheme: dark")
_NIGHT, _, _HEAD = _NIGHT.partition(".top {")
DAY = dict(_NAMED.findall(_DAY))
NIGHT = DAY | dict(_NAMED.findall(_NIGHT))
HEAD_BY_NIGHT = NIGHT | dict(_NAMED.findall(_HEAD.partition("}")[0]))
"""The colours by day, by night, and those of the head of the page by night."""
LIGHTS = pytest.mark.parametrize("colours", [DAY, NIGHT], ids=["day", "night"])
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


def _light(selector: str, colours: dict[str, str]) -> dict[str, str]:
    """The colours where a rule counts: the head has its own by night."""
    in_head = selector.startswith((".top", ".brand", ".day", ".who"))
    return HEAD_BY_NIGHT if in_head and colours is NIGHT else colours


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@LIGHTS
def test_every_text_is_told_from_what_it_stands_on(colours: dict[str, str]) -> None:
    pairs = [(s, value(b, "color"), value(b, "background")) for s, b in rules()]
    told = [(selector, ink, paper) for selector, ink, paper in pairs if ink and paper]
    assert len(told) > 30
    faint = {
        (selector, ink, paper, round(contrast(light[ink], light[paper]), 2))
        for selector, ink, paper in told
        for light in [_light(selector, colours)]
        if contrast(light[ink], light[paper]) < READABLE
    }
    assert faint == set()


@LIGHTS
def test_a_text_that_names_no_ground_is_readable_on_all_of_them(colours: dict[str, str]) -> None:
    for selector, body in rules():
        ink = value(body, "color")
        if ink is None or value(body, "background") or "::placeholder" in selector:
            continue
        for paper in PAPERS:
            assert contrast(colours[ink], colours[paper]) >= READABLE, (selector, paper)


@LIGHTS
def test_links_and_quiet_words_are_readable_wherever_they_stand(colours: dict[str, str]) -> None:
    for ink, paper in product(("ink", "muted", "sky"), (*PAPERS, "mist")):
        assert contrast(colours[ink], colours[paper]) >= READABLE, (ink, paper)


@pytest.mark.parametrize("one", ["done", "bar-late", "bar-open", "overdue", "muted"])
@LIGHTS
def test_bars_and_borders_are_seen(one: str, colours: dict[str, str]) -> None:
    for paper in ("white", "line") if one != "muted" else ("white",):
        least = SEEN if paper == "white" else 1.5
        assert contrast(colours[one], colours[paper]) >= least


def test_every_colour_of_the_day_has_one_for_the_night() -> None:
    assert set(_NAMED.findall(_NIGHT)) != set()
    assert {name for name, _ in _NAMED.findall(_NIGHT)} == set(DAY)


def test_no_rule_uses_a_colour_that_is_not_named() -> None:
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= {*DAY, "round"}
    outside = re.sub(r"--[\w-]+: #[0-9a-f]{6};", "", CSS)
    assert re.findall(r"#[0-9a-f]{3,8}\b", outside) == []


def test_dates_are_typed_day_first_whatever_the_browser_is_set_to() -> None:
    """A date field of the browser follows its own country: 7/5 may be the fifth of July."""
    for path in FOLDER.rglob("*.html"):
        assert 'type="date"' not in path.read_text(encoding="utf-8"), path.name


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
        "own_",
    )
    assert [
        key for key in VI if f'"{key}"' not in used and f"'{key}'" not in used and not key.startswith(stems)
    ] == []
    asked = re.findall(r"""\bt(?:exts)?\(["'](\w+)["'][,)]""", used)
    assert sorted(set(asked) - VI.keys()) == []


def test_the_door_names_the_command_that_is_there() -> None:
    aliases = {command.alias for command in COMMANDS}
    assert "trangweb" in aliases
    assert "/trangweb" in VI["door_how"]
    assert "/web" in EN["door_how"]
