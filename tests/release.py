"""`make release VERSION=0.2.0 DATE=2026-12-01`: give what stands in the tree its version, and build it.

The changelog's section Unreleased becomes that of the version, the version is written where it lives, wheel
and source archive are built into dist/, and one commit is made. The tag is proposed; nothing is pushed.
"""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

from setuptools import build_meta  # type: ignore[import-untyped]  # ships no types

ROOT: Final = Path(__file__).parents[1]
CHANGELOG: Final = ROOT / "CHANGELOG.md"
VERSION_FILE: Final = ROOT / "config" / "version.py"
_VERSION: Final = re.compile(r'(?m)^(VERSION: Final = ")(\d+\.\d+\.\d+)(")$')


class Refused(Exception):
    """No release is made, and why."""


def named_in(text: str) -> str:
    """Return the version that the text of config/version.py names."""
    found = _VERSION.search(text)
    if found is None:
        raise Refused("config/version.py names no version")
    return found[2]


def dated(changelog: str, version: str, day: date) -> str:
    """Return the changelog with what was unreleased under the version, and an empty section above it."""
    before, heading, after = changelog.partition("## [Unreleased]\n")
    unreleased = after.partition("\n## [")[0]
    if not heading or not re.search(r"(?m)^- ", unreleased):
        raise Refused("CHANGELOG.md has nothing under Unreleased")
    return f"{before}{heading}\n## [{version}] - {day}\n{after}"


def later(version: str, than: str) -> bool:
    """Whether a version comes after another."""
    return [*map(int, version.split("."))] > [*map(int, than.split("."))]


def release(version: str, day: date) -> None:
    """Write, build and commit a release; raises Refused, and changes nothing, where it cannot be made."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise Refused(f"{version!r} is no version such as 0.2.0")
    if _git("status", "--porcelain"):
        raise Refused("there are changes that are not committed")
    if _git("tag", "--list", f"v{version}"):
        raise Refused(f"v{version} has been released")
    code, changelog = VERSION_FILE.read_text(encoding="utf-8"), CHANGELOG.read_text(encoding="utf-8")
    if not later(version, named_in(code)):
        raise Refused(f"{version} does not come after {named_in(code)}")
    new = dated(changelog, version, day)
    try:
        CHANGELOG.write_text(new, encoding="utf-8")
        VERSION_FILE.write_text(_VERSION.sub(rf"\g<1>{version}\g<3>", code), encoding="utf-8")
        files = build()
        _git("commit", "--quiet", "--all", "--message", f"Release {version}")
    except BaseException:
        CHANGELOG.write_text(changelog, encoding="utf-8")
        VERSION_FILE.write_text(code, encoding="utf-8")
        raise
    sys.stdout.write("".join(f"dist/{file}\n" for file in files))
    sys.stdout.write(f"Try the wheel, then: git tag --annotate v{version} --message 'Release {version}'\n")


def build() -> list[str]:
    """Build wheel and source archive anew into dist/; return their names."""
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    shutil.rmtree(ROOT / "build" / "lib", ignore_errors=True)  # what setuptools left of an earlier build
    return [build_meta.build_sdist("dist"), build_meta.build_wheel("dist")]


def _git(*words: str) -> str:
    """Run git in the project; return what it prints."""
    return subprocess.run(("git", *words), cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("make release VERSION=0.2.0 DATE=2026-12-01")
    try:
        release(sys.argv[1], date.fromisoformat(sys.argv[2]))
    except (Refused, ValueError) as refused:
        sys.exit(f"No release: {refused}")
