from pathlib import Path

import pytest

from config.settings import BadSetting, UnknownName, known_names, load_settings, unknown_names


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings but those that a test makes."""
    monkeypatch.chdir(tmp_path)
    for name in known_names():
        monkeypatch.delenv(name, raising=False)


SECRET = "123456:a-very-secret-token"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_TOKEN", "a-very-secret-token"),
        ("TELEGRAM_TOKEN", "abc:a-very-secret-token"),
        ("TELEGRAM_TOKEN", "123456:a very-secret-token"),
        ("TELEGRAM_API_URL", "api.telegram.org"),
        ("TELEGRAM_MODE", "a-very-secret-token"),
        ("ZALO_TOKENS", "a-very-secret-token"),
        ("ZALO_TOKENS", "123456:a-very-secret-token,7:"),
        ("ZALO_TOKENS", "123456:a-very-secret-token,123456:another"),
        ("TIMEZONE", "Asia/Ha_Noi"),
        ("TIMEZONE", "../../etc/passwd"),
        ("LANGUAGE", "fr"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "sqlite+aiosqlite:///"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line_that_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"NHACVIEC_{name}", value)
    with pytest.raises(BadSetting) as told:
        load_settings()
    line = str(told.value)
    assert f"NHACVIEC_{name}: " in line
    assert "\n" not in line
    assert "secret" not in line


def test_settings_come_from_a_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        f"NHACVIEC_LANGUAGE=en\nNHACVIEC_TELEGRAM_TOKEN={SECRET}\n", encoding="utf-8"
    )
    assert load_settings().language == "en"
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    settings = load_settings()
    assert settings.language == "vi"
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == SECRET


def test_no_secret_is_ever_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", SECRET)
    monkeypatch.setenv("NHACVIEC_TELEGRAM_PROXY", "http://clerk:secret@proxy:3128")
    settings = load_settings()
    assert "secret" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "")
    settings = load_settings()
    assert (settings.telegram_token, settings.language) == (None, "vi")


def test_the_database_is_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/x.db")
    assert load_settings().database_path == tmp_path / "x.db"


def test_what_is_no_setting_is_named_with_the_one_that_may_be_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("NHACVIEC_LANGUAGE=vi\nTELEGRAM_TOKEN=x\nFOO=1\n", encoding="utf-8")
    monkeypatch.setenv("NHACVIEC_TELEGRAM_TOKN", "x")
    assert unknown_names() == (
        UnknownName("TELEGRAM_TOKEN", str(file), "NHACVIEC_TELEGRAM_TOKEN"),
        UnknownName("FOO", str(file), None),
        UnknownName("NHACVIEC_TELEGRAM_TOKN", "", "NHACVIEC_TELEGRAM_TOKEN"),
    )


def test_several_zalo_bots_are_named_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_ZALO_TOKENS", " 123:abc , 456:def ,")
    assert load_settings().zalo_bots == ("123:abc", "456:def")


@pytest.mark.parametrize("url", [None, "http://tinh.example"])
def test_a_webhook_needs_a_public_https_address(monkeypatch: pytest.MonkeyPatch, url: str | None) -> None:
    monkeypatch.setenv("NHACVIEC_WEB_PORT", "8080")
    if url is not None:
        monkeypatch.setenv("NHACVIEC_WEB_URL", url)
    with pytest.raises(BadSetting, match="NHACVIEC_WEB_URL"):
        _ = load_settings().webhook_base
    monkeypatch.setenv("NHACVIEC_WEB_URL", "https://tinh.example/nhacviec")
    assert load_settings().webhook_base == "https://tinh.example/nhacviec"
