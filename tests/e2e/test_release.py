"""`make release` in a clone of the project; the wheel that it builds runs where nothing else of it is."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from config.version import VERSION
from tests.browser.toy import free_port
from tests.e2e.kit import PLAN, SAMPLES
from tests.house_map import ROOT

NEXT = "99.1.0"
PACKAGES = ("bot", "config", "documents", "domain", "handlers", "services", "storage")
WHO = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "A"), ("EMAIL", "a@tinh.example"))
}


def run(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("NHACVIEC_", "PYTHON"))
    }
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**inherited, **WHO, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def makes_release(
    clone: Path, version: str = NEXT, day: str = "2026-12-24"
) -> "subprocess.CompletedProcess[str]":
    return run(sys.executable, "-m", "tests.release", version, day, cwd=clone)


def files_of(folder: Path) -> list[str]:
    """What git would commit of the project as it lies here."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=folder).stdout
    return [name for name in listed.splitlines() if (folder / name).is_file()]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of its own with the project as it lies here, in one commit."""
    folder = tmp_path_factory.mktemp("original")
    for name in files_of(ROOT):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for words in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "--message", "All")):
        assert run("git", *words, cwd=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def released(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which a release was made."""
    clone = tmp_path_factory.mktemp("released") / "clone"
    run("git", "clone", "--quiet", original, clone, cwd=original)
    made = makes_release(clone)
    assert made.returncode == 0, made.stderr
    assert f"git tag --annotate v{NEXT}" in made.stdout
    return clone


def test_a_release_is_one_commit_and_no_tag(released: Path) -> None:
    assert run("git", "log", "-1", "--format=%s", cwd=released).stdout == f"Release {NEXT}\n"
    changed = run("git", "show", "--name-only", "--format=", cwd=released).stdout.split()
    assert changed == ["CHANGELOG.md", "config/version.py"]
    assert run("git", "status", "--porcelain", cwd=released).stdout == ""
    assert run("git", "tag", cwd=released).stdout == ""


def test_what_was_unreleased_stands_under_the_version(released: Path) -> None:
    before = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    after = (released / "CHANGELOG.md").read_text(encoding="utf-8")
    assert after.replace(f"\n## [{NEXT}] - 2026-12-24\n", "", 1) == before
    unreleased, _, dated = after.partition(f"## [{NEXT}] - 2026-12-24\n")
    assert unreleased.endswith("## [Unreleased]\n\n")
    assert dated.startswith(before.partition("## [Unreleased]\n")[2])


def test_the_wheel_has_every_file_of_the_program_and_no_other(released: Path) -> None:
    (wheel,) = (released / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert inside == {
        name for name in files_of(released) if name.startswith(tuple(f"{p}/" for p in PACKAGES))
    }


def test_the_source_archive_builds_the_same_program(released: Path, tmp_path: Path) -> None:
    (archive,) = (released / "dist").glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    build = "from setuptools import build_meta; print(build_meta.build_wheel('.'))"
    built = run(sys.executable, "-c", build, cwd=source)
    assert built.returncode == 0, built.stderr
    (wheel,) = (released / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as one, zipfile.ZipFile(source / wheel.name) as other:
        assert sorted(one.namelist()) == sorted(other.namelist())


@pytest.fixture(scope="module")
def installed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel alone, which finds the libraries where the tests have them."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", home, cwd=released)
    (wheel,) = (released / "dist").glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install")
    done = run(*pip, "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", wheel, cwd=home)
    assert done.returncode == 0, done.stderr
    (site,) = home.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home / "bin"


def test_the_installed_program_is_the_wheels_and_tells_its_version(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "nhacviec", "--version", cwd=tmp_path).stdout == f"nhacviec {NEXT}\n"
    where = run(
        installed / "python", "-c", "import bot, config; print(bot.__file__, config.__file__)", cwd=tmp_path
    )
    assert all(Path(path).is_relative_to(installed.parent) for path in where.stdout.split())


def test_the_installed_program_makes_its_database_reads_a_plan_and_writes_the_report(
    installed: Path, tmp_path: Path
) -> None:
    env = {"NHACVIEC_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/a.db"}
    for words in (
        ("unit", "import", "--yes", SAMPLES / "don-vi.csv"),
        ("--as-of", "2026-03-02T09:00", "plan", "import", PLAN, "--dates", "keep"),
        ("--as-of", "2026-06-15T09:00", "summary", "--out", "report.docx"),
    ):
        done = run(installed / "nhacviec", *words, cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "report.docx") as report:
        assert "BÁO CÁO" in report.read("word/document.xml").decode()


def test_the_installed_program_shows_the_sandbox(installed: Path, tmp_path: Path) -> None:
    port = free_port()
    env = {key: value for key, value in os.environ.items() if not key.startswith(("NHACVIEC_", "PYTHON"))}
    command = [str(installed / "nhacviec"), "demo", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        try:
            assert f"http://localhost:{port}" in demo.stdout.readline()
            page = httpx.get(f"http://localhost:{port}", timeout=60)
            assert (page.status_code, "Nhắc Việc" in page.text) == (200, True)
        finally:
            demo.terminate()


@pytest.mark.parametrize(
    ("version", "day", "why"),
    [
        (VERSION, "2026-12-24", f"{VERSION} does not come after {VERSION}"),
        ("0.0.9", "2026-12-24", f"0.0.9 does not come after {VERSION}"),
        ("next", "2026-12-24", "'next' is no version such as 0.2.0"),
        (NEXT, "tomorrow", "Invalid isoformat string: 'tomorrow'"),
    ],
)
def test_what_is_no_release_changes_nothing(original: Path, version: str, day: str, why: str) -> None:
    refused = makes_release(original, version, day)
    assert (refused.returncode, refused.stderr) == (1, f"No release: {why}\n")
    assert run("git", "status", "--porcelain", cwd=original).stdout == ""


def test_what_is_not_committed_is_not_released(released: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    run("git", "clone", "--quiet", released, clone, cwd=tmp_path)
    assert "nothing under Unreleased" in makes_release(clone, "99.2.0").stderr
    (clone / "README.md").write_text("", encoding="utf-8")
    assert "changes that are not committed" in makes_release(clone, "99.2.0").stderr
    run("git", "checkout", "--quiet", "README.md", cwd=clone)
    run("git", "tag", "v99.2.0", cwd=clone)
    assert "v99.2.0 has been released" in makes_release(clone, "99.2.0").stderr
