"""The catalogue: every sentence that people read, one TOML file a language."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Texts:
    """One language's sentences. A sentence is markup; whatever is put into it is escaped."""

    language: str
    sentences: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> Markup:
        """Return the sentence `key` with `values` in its places. Raises KeyError for an unknown key."""
        return Markup(self.sentences[key].strip("\n")).format(**values)  # noqa: S704 - the catalogue is ours

    def has(self, key: str) -> bool:
        """Whether there is a sentence of that name."""
        return key in self.sentences


@cache
def load_texts(language: str) -> Texts:
    """Read the catalogue of a language ("vi" or "en")."""
    return Texts(language, load_sentences(f"{language}.toml"))


def load_sentences(file: str) -> dict[str, str]:
    """Read one file of the catalogue into {"table.key": sentence}."""
    data = tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return dict(_flat(data, ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flat(value, f"{prefix}{key}.")
