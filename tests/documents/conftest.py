"""What the tests of reading share: the register that ships, and the real plans where they are found."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from domain.organisation.register import Register
from domain.organisation.register_file import parse_register

ROOT = Path(__file__).parents[2]
SHARED = ROOT / ".." / "shared" / "plans"
SAMPLES = ROOT / "config" / "samples" / "ha-khe"
TRUTHS = ROOT / "tests" / "samples"
REAL = ("lao-cai-2020", "son-la-2016", "son-la-van-hoa-2014")
SAMPLE = ("chuyen-doi-so-2026", "ke-hoach-doi-ngoai-2026")


@pytest.fixture(scope="session")
def register() -> Register:
    """The register of units as it ships."""
    return shipped_register()


@cache
def shipped_register() -> Register:
    """The same for tests that take no fixtures."""
    return parse_register(tomllib.loads((ROOT / "config" / "units.toml").read_text(encoding="utf-8")))


def source(name: str) -> tuple[Path, Path]:
    """Return a plan's text and the truth about it; skip the test where the real plans are not at hand."""
    if name in SAMPLE:
        return SAMPLES / f"{name}.txt", TRUTHS / f"{name}.json"
    if not SHARED.is_dir():
        pytest.skip("the real plans are not beside the project")
    return SHARED / f"{name}.txt", SHARED / f"{name}.json"
