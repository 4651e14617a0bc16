"""`nhacviec api-token`: shown once, listed without it, ended at once."""

import asyncio
import json

import pytest
from typer.testing import CliRunner, Result

from bot.cli.command_context import Failed
from bot.cli.main import app
from storage.organisation import api_token_store
from tests.bot.cli.test_unit_commands import Nhacviec, nhacviec
from tests.cast import LEADING, QUAN, Stage

__all__ = ["nhacviec"]


def test_a_token_is_shown_once_and_listed_without_it(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "import", "@plan.txt")
    made = nhacviec("api-token", "new", "Trục liên thông", "--unit", LEADING, "--plan", "1", "--days", "30")
    assert made.exit_code == 0
    shown = made.stdout.strip()
    assert shown.startswith("nhacviec_")
    assert "chỉ hiện một lần" in made.stderr
    listed = nhacviec("api-token", "list", "--json").stdout
    assert shown not in listed
    (row,) = json.loads(listed)
    assert (row["name"], row["scopes"], row["plans"]) == ("Trục liên thông", ["read"], [1])
    assert len(row["units"]) == 1
    assert row["expires"].startswith("2026-06-03")
    assert row["revoked"] is None


def test_a_token_without_bounds_sees_all_and_lasts_until_it_is_revoked(nhacviec: Nhacviec) -> None:
    made = json.loads(nhacviec("api-token", "new", "Kho dữ liệu", "--json").stdout)
    assert (made["id"], made["expires"]) == (1, None)
    (row,) = json.loads(nhacviec("api-token", "list", "--json").stdout)
    assert (row["units"], row["plans"]) == (None, None)
    assert "còn hiệu lực" in nhacviec("api-token", "list").stdout
    assert nhacviec("api-token", "revoke", "1").exit_code == 0
    assert "đã hết hiệu lực" in nhacviec("api-token", "list").stdout


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("revoke", "7"), "số 7"),
        (("new", "x", "--unit", "Sở Không Có"), "Sở Không Có"),
        (("new", "x", "--plan", "9"), "số 9"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    nhacviec: Nhacviec, words: tuple[str, ...], why: str
) -> None:
    refused = nhacviec("api-token", *words)
    assert isinstance(refused.exception, Failed)
    assert why in str(refused.exception)
    assert json.loads(nhacviec("api-token", "list", "--json").stdout) == []


def test_making_and_revoking_stand_in_the_audit(nhacviec: Nhacviec) -> None:
    shown = nhacviec("api-token", "new", "Kho dữ liệu", "--unit", LEADING).stdout.strip()
    nhacviec("api-token", "revoke", "1")
    audit = nhacviec("audit", "list").stdout
    assert "cấp mã truy cập API" in audit
    assert "thu hồi mã truy cập API" in audit
    assert LEADING in audit
    assert shown not in audit


def made(stage: Stage, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> Result:
    """Make a token on the stage's database."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{stage.database.path}")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    at = ("--as-of", "2026-06-01T09:00+07:00")
    return CliRunner().invoke(app, [*at, "api-token", "new", "Kho dữ liệu", *words])


async def test_a_token_may_write_in_the_name_of_a_member_of_its_units(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for wrong in (("--writes-as", QUAN.name), ("--unit", LEADING, "--writes-as", "Ai Đó")):
        result = await asyncio.to_thread(made, stage, monkeypatch, wrong)
        assert isinstance(result.exception, Failed)
        assert "Không có đúng một" in str(result.exception)
    words = ("--unit", LEADING, "--writes-as", "tran minh quan")
    assert (await asyncio.to_thread(made, stage, monkeypatch, words)).exit_code == 0
    async with stage.database.reading() as conn:
        (row,) = await api_token_store.listing(conn)
    assert row.access.scopes == {"read", "write"}
    assert row.access.person_id is not None
