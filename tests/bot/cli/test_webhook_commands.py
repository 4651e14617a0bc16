"""`nhacviec webhook`: the secret is printed and kept nowhere; addresses are listed and revoked."""

import json

import pytest

from bot.cli.command_context import Failed
from tests.bot.cli.test_unit_commands import Nhacviec, nhacviec
from tests.cast import LEADING

__all__ = ["nhacviec"]
URL = "https://kho.tinh.example/tin"


@pytest.fixture
def with_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_WEBHOOK_KEY", "khoa-cua-tinh-ha-khe")


@pytest.mark.usefixtures("with_key")
def test_an_address_is_added_listed_and_revoked(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "import", "@plan.txt")
    added = nhacviec("webhook", "new", URL, "--unit", LEADING, "--plan", "1")
    secret = added.stdout.strip()
    assert secret.startswith("whsec_")
    listed = nhacviec("webhook", "list", "--json").stdout
    assert secret not in listed
    (row,) = json.loads(listed)
    assert (row["url"], row["plans"], row["revoked"]) == (URL, [1], False)
    assert "nhận đủ" in nhacviec("webhook", "list").stdout
    assert nhacviec("webhook", "revoke", "1").exit_code == 0
    assert "đã thu hồi" in nhacviec("webhook", "list").stdout
    audit = nhacviec("audit", "list").stdout
    assert "thêm địa chỉ nhận tin" in audit
    assert secret not in audit


@pytest.mark.usefixtures("with_key")
@pytest.mark.parametrize(
    ("words", "why"),
    [(("new", "ftp://x"), "https://"), (("revoke", "3"), "số 3"), (("new", URL, "--plan", "9"), "số 9")],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    nhacviec: Nhacviec, words: tuple[str, ...], why: str
) -> None:
    refused = nhacviec("webhook", *words)
    assert isinstance(refused.exception, Failed)
    assert why in str(refused.exception)


def test_without_a_key_no_address_is_added(nhacviec: Nhacviec) -> None:
    refused = nhacviec("webhook", "new", URL)
    assert isinstance(refused.exception, Failed)
    assert "NHACVIEC_WEBHOOK_KEY" in str(refused.exception)
