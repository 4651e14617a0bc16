"""What an operator sets, from the environment (`NHACVIEC_*`) and from `.env`."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

HOME = Path(__file__).resolve().parent.parent
"""The folder that the program stands in."""

Language = Literal["vi", "en"]
Mode = Literal["polling", "webhook"]
"""How updates come: we ask for them, or they are brought to our web server."""


class BadSetting(Exception):
    """A setting is wrong. The message is one line that names it and never shows a secret."""


def _without_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return url.rstrip("/")


def _sqlite(url: str) -> str:
    if not url.startswith("sqlite+aiosqlite:///") or url.endswith("///"):
        raise ValueError("must be sqlite+aiosqlite:///PATH-TO-FILE")
    return url


def _addresses(listed: str) -> str:
    try:
        for address in filter(None, map(str.strip, listed.split(","))):
            ip_network(address, strict=False)
    except ValueError:
        raise ValueError(
            "must be addresses or networks with commas between, such as 10.0.0.5,10.1.0.0/16"
        ) from None
    return listed


def _words(secret: SecretStr | None) -> tuple[str, ...]:
    """Return the words of a list with commas between."""
    return tuple(filter(None, map(str.strip, (secret.get_secret_value() if secret else "").split(","))))


class Settings(BaseSettings):
    """All settings, with their defaults. Each is read from the variable `NHACVIEC_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="NHACVIEC_",
        env_file=(HOME / ".env", ".env"),
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_sqlite)] = f"sqlite+aiosqlite:///{HOME / 'nhacviec.db'}"
    telegram_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(_without_slash)] = "https://api.telegram.org"
    telegram_proxy: SecretStr | None = None
    telegram_mode: Mode = "polling"
    zalo_tokens: SecretStr | None = None
    zalo_api_url: Annotated[str, AfterValidator(_without_slash)] = "https://bot-api.zaloplatforms.com"
    zalo_mode: Mode = "webhook"
    timezone: ZoneInfo = Field(default=ZoneInfo("Asia/Ho_Chi_Minh"), validate_default=False)
    language: Language = "vi"
    move_deadlines: bool = False
    content_free: bool = False
    keep_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    health_seconds: Annotated[int, Field(ge=60)] = 300
    ping_url: SecretStr | None = None
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    web_url: Annotated[str, AfterValidator(_without_slash)] | None = None
    web_proxies: Annotated[str, AfterValidator(_addresses)] = ""

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        number, colon, secret = (token.get_secret_value() if token else "1:x").partition(":")
        if not (number.isdigit() and colon and secret and not any(c.isspace() for c in secret)):
            raise ValueError("must look like 123456:ABC..., as @BotFather gives it")
        return token

    @field_validator("zalo_tokens")
    @classmethod
    def _look_like_zalo_tokens(cls, tokens: SecretStr | None) -> SecretStr | None:
        parts = [token.partition(":") for token in _words(tokens)]
        if any(not (bot.isdigit() and secret) or " " in secret for bot, _, secret in parts):
            raise ValueError("must be one or several tokens with commas between, each like 123456:abc...")
        if len({bot for bot, _, _ in parts}) < len(parts):
            raise ValueError("names one bot twice")
        return tokens

    @field_validator("ping_url")
    @classmethod
    def _looks_like_an_address(cls, url: SecretStr | None) -> SecretStr | None:
        return SecretStr(_without_slash(url.get_secret_value())) if url else None

    @field_validator("timezone", mode="before")
    @classmethod
    def _is_known(cls, name: object) -> ZoneInfo:
        try:
            return ZoneInfo(str(name))
        except (KeyError, ValueError, OSError):
            raise ValueError("must be the name of a time zone, such as Asia/Ho_Chi_Minh") from None

    @property
    def zalo_bots(self) -> tuple[str, ...]:
        """The tokens of the Zalo bots."""
        return _words(self.zalo_tokens)

    @property
    def webhook_base(self) -> str:
        """The public address to which messengers bring updates. Raises BadSetting where there is none."""
        if self.web_port is None or not (self.web_url or "").startswith("https://"):
            raise BadSetting(
                "a webhook needs NHACVIEC_WEB_PORT, and NHACVIEC_WEB_URL with the public https address"
            )
        return self.web_url or ""

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.database_url.removeprefix("sqlite+aiosqlite:///"))


def load_settings() -> Settings:
    """Read the environment. Raises BadSetting, one line for all that is wrong."""
    try:
        return Settings()
    except ValidationError as wrong:
        errors = (f"NHACVIEC_{str(e['loc'][0]).upper()}: {_plain(e['msg'])}" for e in wrong.errors())
        raise BadSetting("; ".join(errors)) from None


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
