"""docs/adding.md names files, and things in them, that are there."""

import re

import pytest

from tests.house_map import ROOT

PAGE = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:[\w-]+/)+[\w.-]*|[\w-]+\.md)(?:::(\w+))?`", PAGE)))


def test_the_page_tells_of_each_kind_of_thing_and_of_a_test_to_copy() -> None:
    sections = re.split(r"(?m)^## ", PAGE)[1:]
    assert [section.splitlines()[0] for section in sections] == [
        "A command",
        "A channel",
        "A phrase",
        "A format",
        "A form of report",
    ]
    assert all(re.search(r"`tests/[\w/]+\.(py|txt)", section) for section in sections)


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda value: value or "-")
def test_each_file_that_it_names_is_there_with_what_it_names_in_it(path: str, name: str) -> None:
    assert (ROOT / path).exists()
    if name:
        defined = rf"(?m)^ *(?:(?:async )?def {name}\(|class {name}\b|{name}\b[^=\n]* = )"
        assert re.search(defined, (ROOT / path).read_text(encoding="utf-8")), f"{path} defines no {name}"
