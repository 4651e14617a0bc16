"""A secret may stand in a file that `NHACVIEC_<NAME>_FILE` names."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app.setting_wording import word_values
from config.secret_files import secret_names
from config.settings import BadValues, Settings, known_names, load_settings, unknown_names

GOOD = {
    "database_url": "postgresql+asyncpg://nhacviec:pa%40ss@db/nhacviec",
    "telegram_token": "123456:a-very-secret-token",
    "telegram_proxy": "http://clerk:secret@proxy:3128",
    "zalo_tokens": "1:abc,2:def",
    "mail_smtp": "smtps://user:secret@mail.example:465",
    "mail_imap": "imaps://user:secret@mail.example/INBOX",
    "ping_url": "https://ping.example/secret",
    "webhook_key": "a-very-secret-long-key",
    "metrics_token": "a-very-secret-long-token",
}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those that a test makes."""
    monkeypatch.chdir(tmp_path)
    for name in known_names():
        monkeypatch.delenv(name, raising=False)


def refused() -> BadValues:
    with pytest.raises(BadValues) as raised:
        load_settings()
    return raised.value


def test_these_are_all_secrets() -> None:
    assert set(secret_names(Settings)) == GOOD.keys()


@pytest.mark.parametrize(("name", "secret"), GOOD.items())
@pytest.mark.parametrize("around", ["{}", "{}\n", " {}\r\n\n", "\ufeff{}"])
def test_a_secret_is_read_from_its_file_without_what_is_around_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, secret: str, around: str
) -> None:
    file = tmp_path / name
    file.write_bytes(around.format(secret).encode())
    monkeypatch.setenv(f"NHACVIEC_{name.upper()}_FILE", str(file))
    value = getattr(load_settings(), name)
    assert isinstance(value, SecretStr)
    assert value.get_secret_value() == secret
    assert unknown_names() == ()


def test_the_file_may_be_named_in_the_settings_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:abc\n", encoding="utf-8")
    (tmp_path / ".env").write_text("NHACVIEC_TELEGRAM_TOKEN_FILE=token\n", encoding="utf-8")
    token = load_settings().telegram_token
    assert token is not None
    assert token.get_secret_value() == "123456:abc"


@pytest.mark.parametrize("place", ["environment", "settings file"])
def test_a_secret_and_its_file_together_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    (tmp_path / "token").write_text("123456:in-the-file", encoding="utf-8")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", "token")
    if place == "environment":
        monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", "123456:beside-it")
    else:
        (tmp_path / ".env").write_text("NHACVIEC_TELEGRAM_TOKEN=123456:beside-it", encoding="utf-8")
    line = word_values(refused())
    assert line.startswith("NHACVIEC_TELEGRAM_TOKEN_FILE: được đặt cùng với NHACVIEC_TELEGRAM_TOKEN:")
    assert "123456" not in line


def test_an_empty_variable_beside_the_file_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("123456:abc", encoding="utf-8")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", "token")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", "")
    assert load_settings().telegram_token is not None
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", "")
    assert load_settings().telegram_token is None


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"", b" \n"])
def test_a_file_that_gives_no_secret_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "token").write_bytes(content)
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", "token")
    line = word_values(refused())
    assert line.startswith("NHACVIEC_TELEGRAM_TOKEN_FILE: nêu một tệp ")


@pytest.mark.parametrize("path", ["123456:a-very-secret-token", "x" * 5000, "a\udcffb"])
def test_a_secret_in_place_of_its_path_is_not_shown(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN_FILE", path)
    wrong = refused()
    assert path not in f"{wrong} {wrong!r} {wrong.wrong} {word_values(wrong)}"


def test_a_wrong_secret_is_named_by_its_file_with_all_else_that_is_wrong(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text("secret", encoding="utf-8")
    monkeypatch.setenv("NHACVIEC_WEBHOOK_KEY_FILE", "key")
    monkeypatch.setenv("NHACVIEC_METRICS_TOKEN_FILE", "nowhere")
    monkeypatch.setenv("NHACVIEC_TIMEZONE", "Asia/Ha_Noi")
    wrong = refused()
    assert {(each.name, each.kind) for each in wrong.wrong} == {
        ("NHACVIEC_WEBHOOK_KEY_FILE", "short_token"),
        ("NHACVIEC_METRICS_TOKEN_FILE", "secret_unreadable"),
        ("NHACVIEC_TIMEZONE", "timezone"),
    }
    assert "secret" not in word_values(wrong)


def test_only_secrets_stand_in_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TIMEZONE_FILE", "x")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKN_FILE", "x")
    meant = {unknown.name: unknown.meant for unknown in unknown_names()}
    assert meant == {
        "NHACVIEC_TIMEZONE_FILE": "NHACVIEC_TIMEZONE",
        "NHACVIEC_TELEGRAM_TOKN_FILE": "NHACVIEC_TELEGRAM_TOKEN_FILE",
    }
