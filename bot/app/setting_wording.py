"""What is wrong with the settings, in the operator's language; no value stands in it."""

import re
from typing import Final

from config.settings import BadValues, UnknownName, WrongValue
from config.texts import Texts, load_texts

_QUOTED: Final = re.compile("'([^']+)'")


def word_values(wrong: BadValues) -> str:
    """Return one line for all variables with wrong values; no value stands in it."""
    texts = load_texts(wrong.language)
    return "; ".join(f"{each.name}: {_word_value(texts, each)}" for each in wrong.wrong)


def _word_value(texts: Texts, wrong: WrongValue) -> str:
    key = f"setting.{wrong.kind}"
    choices = " / ".join(_QUOTED.findall(str(wrong.facts.get("expected", ""))))
    return texts(key if texts.has(key) else "setting.wrong", **wrong.facts, choices=choices).unescape()


def word_unknown(texts: Texts, unknown: UnknownName) -> str:
    """Return one line about a variable that is no setting."""
    key = "setting.unknown_meant" if unknown.meant else "setting.unknown"
    place = unknown.place or texts("setting.environment").unescape()
    return texts(key, name=unknown.name, place=place, meant=unknown.meant or "").unescape()
