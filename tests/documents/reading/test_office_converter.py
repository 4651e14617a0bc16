"""Old office files are read as today's are: made by LibreOffice here, read through it."""

import asyncio
import subprocess
from pathlib import Path

import pytest

from config.files import SAMPLES
from config.texts import load_texts
from documents.reading import Unreadable, office_converter
from documents.reading.safely import read_safely
from domain.organisation.register import Register
from domain.plans.plan import Plan
from tests.documents.making import make_docx

pytestmark = pytest.mark.usefixtures("reads_apart")

SAMPLE = (SAMPLES / "ha-khe" / "ke-hoach-doi-ngoai-2026.txt").read_text(encoding="utf-8")
needs_office = pytest.mark.skipif(
    office_converter.program() is None,
    reason=f"LibreOffice is not installed, so no old file was read: apt install {office_converter.PACKAGES}",
)


def what_is_asked(plan: Plan) -> list[tuple[object, ...]]:
    """Return what a plan asks of whom; LibreOffice writes a restarted list anew, so sections may differ."""
    duties = [(duty.unit, duty.role, duty.text) for duty in plan.duties]
    activities = [(activity.text, activity.lead, activity.when) for activity in plan.activities]
    return [*duties, *activities, *((rule.who, rule.due, rule.quote) for rule in plan.reports)]


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample as .doc, .rtf and .odt."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "a.docx").write_bytes(make_docx(SAMPLE))
    for kind in ("doc", "rtf", "odt"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(office_converter.program()), profile, "--headless", "--convert-to", kind]
        subprocess.run(
            [*command, "--outdir", str(folder), str(folder / "a.docx")], check=True, capture_output=True
        )
    return folder


@needs_office
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
async def test_an_old_file_gives_the_same_plan(old_files: Path, kind: str, register: Register) -> None:
    now, old = [
        await read_safely((old_files / f"a.{suffix}").read_bytes(), f"a.{suffix}", register)
        for suffix in ("docx", kind)
    ]
    assert old.head == now.head
    assert what_is_asked(old) == what_is_asked(now)


@needs_office
async def test_an_old_file_that_is_none_is_broken(register: Register) -> None:
    with pytest.raises(Unreadable) as caught:
        await read_safely(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "a.doc", register)
    assert caught.value.reason in ("broken", "no_duties", "empty")


@needs_office
async def test_a_conversion_that_takes_too_long_is_ended_with_its_children(
    old_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_converter, "_MOST_SECONDS", 0.2)
    with pytest.raises(Unreadable) as caught:
        await office_converter.modernised((old_files / "a.doc").read_bytes(), ".doc")
    assert caught.value.reason == "too_big"
    await asyncio.sleep(0.2)
    assert not _converting()


async def test_without_libreoffice_it_is_said_what_to_install(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_converter, "program", lambda: None)
    with pytest.raises(Unreadable) as caught:
        await read_safely(b"\xd0\xcf\x11\xe0", "a.doc", register)
    assert caught.value.reason == "needs_office"
    assert office_converter.PACKAGES in load_texts("vi")("unreadable.needs_office", name="a.doc")


def _converting() -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"nhacviec-office-" in _read(path)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
