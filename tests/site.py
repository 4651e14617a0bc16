"""`make docs`: the documentation as a site in build/docs/site, Vietnamese and English, built strictly.

The pages are the repository's own Markdown files, copied as they lie with whatever they link to, so that each
link works on a forge and in the site. It runs with Zensical alone (requirements-docs.txt).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

ROOT: Final = Path(__file__).parents[1]
OUT: Final = ROOT / "build" / "docs"
PAGES: Final = OUT / "pages"
SITE: Final = OUT / "site"
LANGUAGES: Final = ("vi", "en")
HOME: Final = "vi/docs/gioi-thieu.html"
_LINK: Final = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
_PARTS: Final = ("docs", "deploy", "tests/README.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")
_LETTER: Final = re.compile(r"[^\W\d_]")
_VIETNAMESE: Final = re.compile(r"[À-ỹ]")


def pages() -> list[Path]:
    """Return the Markdown files of the documentation, by their paths in the repository."""
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *_PARTS)
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return sorted(Path(name) for name in names if name.endswith(".md") and (ROOT / name).exists())


def gather(folder: Path) -> None:
    """Copy the pages, and each file that one of them links to, into a folder."""
    for page in pages():
        targets = _LINK.findall((ROOT / page).read_text(encoding="utf-8"))
        linked = ((page.parent / unquote(target)) for target in targets if not urlsplit(target).scheme)
        for file in (page, *linked):
            source, copy = ROOT / file, folder / file
            if source.is_file() and source.resolve().is_relative_to(ROOT) and not copy.exists():
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, copy)


def left_out(configurations: Iterator[str]) -> list[str]:
    """Return the pages that no menu names, and what a menu names that is no page."""
    named = {name for text in configurations for name in re.findall(r"(?m): (\S+\.md)$", text)}
    there = {str(page) for page in pages() if page.parent.name != "decisions" or page.name == "README.md"}
    return sorted(named ^ there)


class _Addresses(HTMLParser):
    """What a page leads to, what it loads, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: set[str] = set()
        self.loads: set[str] = set()
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.leads.add(given["href"])
        elif tag == "link" and given.get("rel") not in ("canonical", "alternate"):
            self.loads.add(given.get("href", ""))
        elif "src" in given:
            self.loads.add(given["src"])


def faults(site: Path) -> list[str]:
    """Return what is wrong with a built site: links into nowhere, what another host is asked for."""
    parsed = {page.resolve(): _Addresses(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")}
    found = []
    for page, addresses in parsed.items():
        if page.name == "404.html":
            continue
        name = page.relative_to(site.resolve())
        found += [f"{name} loads {url}" for url in sorted(addresses.loads) if urlsplit(url).netloc]
        for url in sorted(addresses.leads | addresses.loads):
            parts = urlsplit(url)
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            anchor = unquote(parts.fragment)
            if not target.is_file():
                found.append(f"{name} leads to {url}, which is not there")
            elif anchor and target in parsed and anchor not in {*parsed[target].anchors, "__comments"}:
                found.append(f"{name} leads to {url}, where that section is not")
    return found


def mark_language(page: Path) -> None:
    """Let a page that is not in the language of its menu say so: readers' voices and browsers go by it."""
    html = page.read_text(encoding="utf-8")
    article = re.sub(r"<[^>]+>", "", html.partition("<article")[2].partition("</article>")[0])
    share = len(_VIETNAMESE.findall(article)) / max(1, len(_LETTER.findall(article)))
    language = "vi" if share > 0.08 else "en"
    page.write_text(html.replace("<article", f'<article lang="{language}"', 1), encoding="utf-8")


def main() -> int:
    """Build both languages and look through what was built."""
    shutil.rmtree(OUT / "pages", ignore_errors=True)
    shutil.rmtree(SITE, ignore_errors=True)
    gather(PAGES)
    configurations = [ROOT / "docs" / "site" / f"{language}.yml" for language in LANGUAGES]
    wrong = left_out(file.read_text(encoding="utf-8") for file in configurations)
    if wrong:
        sys.stderr.write(f"docs/site: in no menu, or no page: {', '.join(wrong)}\n")
        return 1
    for file in (ROOT / "docs" / "site").glob("*.yml"):
        shutil.copy(file, OUT)  # a site must lie below its configuration
    for language in LANGUAGES:
        build = (sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", f"{language}.yml")
        if subprocess.run(build, cwd=OUT, check=False).returncode:
            return 1
    for page in SITE.rglob("*.html"):
        mark_language(page)
    refresh = f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={HOME}">'
    (SITE / "index.html").write_text(f'{refresh}<a href="{HOME}">Nhắc Việc</a>\n', encoding="utf-8")
    wrong = faults(SITE)
    sys.stderr.writelines(f"{line}\n" for line in wrong)
    sys.stdout.write(f"{SITE.relative_to(ROOT)}: {len(list(SITE.rglob('*.html')))} pages\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
