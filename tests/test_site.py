"""The pages that `make docs` builds hang together; the look through a built site finds what is wrong."""

import re
from pathlib import Path

import pytest

from tests.site import LANGUAGES, ROOT, faults, gather, left_out, mark_language, pages

CONFIGURATIONS = [ROOT / "docs" / "site" / f"{language}.yml" for language in LANGUAGES]


def sections(page: Path) -> set[str]:
    """The anchors of a page's headings, as a forge and the site make them."""
    text = re.sub(r"(?s)```.*?```", "", page.read_text(encoding="utf-8"))
    titles = [re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title) for title in re.findall(r"(?m)^#+ (.+)$", text)]
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", pages(), ids=str)
def test_each_link_of_a_page_leads_to_a_file_and_a_section_that_are_there(page: Path) -> None:
    text = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", (ROOT / page).read_text(encoding="utf-8"))
    for name, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", text):
        if ":" in name:
            continue
        target = ROOT / page.parent / name if name else ROOT / page
        assert target.is_file(), name
        assert not anchor or anchor in sections(target), f"{name}#{anchor}"


def test_each_page_stands_in_a_menu_and_each_menu_names_pages() -> None:
    assert left_out(file.read_text(encoding="utf-8") for file in CONFIGURATIONS) == []
    without = (
        file.read_text(encoding="utf-8").replace("docs/zalo.md", "docs/none.md") for file in CONFIGURATIONS
    )
    assert left_out(without) == ["docs/none.md", "docs/zalo.md"]


def test_each_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(r"(?m)^- \[(.+)\]\((.+)\)$", (folder / "README.md").read_text(encoding="utf-8"))
    titles = [
        (file.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "), file.name)
        for file in sorted(folder.glob("0*.md"))
    ]
    assert listed == titles


def test_pages_are_gathered_with_what_they_link_to_and_nothing_else(tmp_path: Path) -> None:
    gather(tmp_path)
    gathered = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*") if file.is_file()}
    assert gathered >= {*map(str, pages()), "docs/pictures/sandbox.png", "deploy/Caddyfile", "LICENSE"}
    assert not {name for name in gathered if "secret" in name and name != "deploy/new-secrets"}
    assert "deploy/Dockerfile.dockerignore" not in gathered


GOOD = '<link rel="stylesheet" href="a.css"><a href="b.html#here">b</a><a href="https://tinh.example">out</a>'
"""A page beside which `a.css` lies, and `b.html` with a section `here`."""


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        (GOOD, []),
        ('<a href="c.html">', ["a.html leads to c.html, which is not there"]),
        ('<a href="folder">', ["a.html leads to folder, which is not there"]),
        ('<a href="b.html#gone">', ["a.html leads to b.html#gone, where that section is not"]),
        ('<img src="gone.png">', ["a.html leads to gone.png, which is not there"]),
        ('<script src="https://host.example/x.js">', ["a.html loads https://host.example/x.js"]),
        ('<link rel="stylesheet" href="//host.example/x.css">', ["a.html loads //host.example/x.css"]),
    ],
)
def test_what_leads_nowhere_or_comes_from_another_host_is_found(
    tmp_path: Path, page: str, wrong: list[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "a.css").write_text("", encoding="utf-8")
    (tmp_path / "b.html").write_text('<h2 id="here">', encoding="utf-8")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert faults(tmp_path) == wrong


@pytest.mark.parametrize(("name", "language"), [("gioi-thieu", "vi"), ("zalo", "vi"), ("operate", "en")])
def test_a_page_says_in_which_language_it_is(tmp_path: Path, name: str, language: str) -> None:
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    (page := tmp_path / "a.html").write_text(f"<html><article>{text}</article>", encoding="utf-8")
    mark_language(page)
    assert f'<article lang="{language}">' in page.read_text(encoding="utf-8")
