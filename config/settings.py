"""What an operator sets, from the environment (`NHACVIEC_*`) and from `.env`."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from config.database_url import Place, checked, place_of
from config.secret_files import ENDING, secret_names, secret_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

HOME = Path(__file__).resolve().parent.parent
"""The folder that the program stands in."""

Language = Literal["vi", "en"]
Mode = Literal["polling", "webhook"]
"""How updates come: we ask for them, or they are brought to our web server."""


_PREFIX = "NHACVIEC_"
_SHORTEST_TOKEN = 16


class BadSetting(Exception):
    """A setting is wrong. The message is one line that names it and never shows a secret."""


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A variable with a wrong value; `kind` is the sentence `setting.<kind>` with the facts in its places."""

    name: str
    kind: str
    facts: Mapping[str, object]


class BadValues(BadSetting):
    """Variables have wrong values. `language` is the one in which the operator is told."""

    def __init__(self, wrong: tuple[WrongValue, ...], language: Language) -> None:
        super().__init__("; ".join(f"{each.name}: {each.kind}" for each in wrong))
        self.wrong, self.language = wrong, language


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A variable that is no setting, where it stands, and the setting that it may be meant for."""

    name: str
    place: str
    meant: str | None


def _without_slash(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise PydanticCustomError("url", "must begin with http:// or https://")
    return url.rstrip("/")


def _database(secret: SecretStr) -> SecretStr:
    checked(secret.get_secret_value())
    return secret


def _addresses(listed: str) -> str:
    try:
        for address in filter(None, map(str.strip, listed.split(","))):
            ip_network(address, strict=False)
    except ValueError:
        raise PydanticCustomError("addresses", "must be addresses with commas between") from None
    return listed


def _hard_to_guess(secret: SecretStr) -> SecretStr:
    if len(secret.get_secret_value()) < _SHORTEST_TOKEN:
        raise PydanticCustomError("short_token", "is too short")
    return secret


def _public_key(key: str) -> str:
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    try:
        return str(Recipient.from_str(key.strip()))
    except RecipientError:
        raise PydanticCustomError("public_key", "must be a public key: age1...") from None


def _words(secret: SecretStr | None) -> tuple[str, ...]:
    """Return the words of a list with commas between."""
    return tuple(filter(None, map(str.strip, (secret.get_secret_value() if secret else "").split(","))))


class Settings(BaseSettings):
    """All settings, with their defaults. Each is read from the variable `NHACVIEC_<NAME>`.

    A secret may stand in the file that `NHACVIEC_<NAME>_FILE` names.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=(HOME / ".env", ".env"),
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[SecretStr, AfterValidator(_database)] = SecretStr(
        f"sqlite+aiosqlite:///{HOME / 'nhacviec.db'}"
    )
    data_folder: Path = HOME
    telegram_token: SecretStr | None = None
    telegram_api_url: Annotated[str, AfterValidator(_without_slash)] = "https://api.telegram.org"
    telegram_proxy: SecretStr | None = None
    telegram_mode: Mode = "polling"
    zalo_tokens: SecretStr | None = None
    zalo_api_url: Annotated[str, AfterValidator(_without_slash)] = "https://bot-api.zaloplatforms.com"
    zalo_mode: Mode = "webhook"
    mail_address: str | None = None
    mail_smtp: SecretStr | None = None
    mail_imap: SecretStr | None = None
    timezone: ZoneInfo = Field(default=ZoneInfo("Asia/Ho_Chi_Minh"), validate_default=False)
    language: Language = "vi"
    move_deadlines: bool = False
    content_free: bool = False
    pass_on_at: time = time(10)
    keep_days: Annotated[int, Field(ge=1, le=36_500)] = 365
    backup_folder: Path | None = None
    backup_key: Annotated[str, AfterValidator(_public_key)] | None = None
    backup_keep: Annotated[int, Field(ge=1)] = 14
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    health_seconds: Annotated[int, Field(ge=60)] = 300
    webhook_key: Annotated[SecretStr, AfterValidator(_hard_to_guess)] | None = None
    ping_url: SecretStr | None = None
    metrics_token: Annotated[SecretStr, AfterValidator(_hard_to_guess)] | None = None
    web_host: str = "127.0.0.1"
    web_port: Annotated[int, Field(ge=1, le=65535)] | None = None
    web_url: Annotated[str, AfterValidator(_without_slash)] | None = None
    web_proxies: Annotated[str, AfterValidator(_addresses)] = ""

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr | None) -> SecretStr | None:
        number, colon, secret = (token.get_secret_value() if token else "1:x").partition(":")
        if not (number.isdigit() and colon and secret and not any(c.isspace() for c in secret)):
            raise PydanticCustomError("token", "must look like 123456:ABC...")
        return token

    @field_validator("zalo_tokens")
    @classmethod
    def _look_like_zalo_tokens(cls, tokens: SecretStr | None) -> SecretStr | None:
        parts = [token.partition(":") for token in _words(tokens)]
        if any(not (bot.isdigit() and secret) or " " in secret for bot, _, secret in parts):
            raise PydanticCustomError("zalo_tokens", "must be tokens with commas between")
        if len({bot for bot, _, _ in parts}) < len(parts):
            raise PydanticCustomError("zalo_twice", "names one bot twice")
        return tokens

    @field_validator("mail_smtp", "mail_imap")
    @classmethod
    def _looks_like_a_mail_server(cls, url: SecretStr | None) -> SecretStr | None:
        parts = urlsplit(url.get_secret_value() if url else "smtps://host")
        if parts.scheme not in ("smtp", "smtps", "imap", "imaps") or not parts.hostname:
            raise ValueError("must look like smtps://user:password@host or imaps://user:password@host/INBOX")
        return url

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
            raise PydanticCustomError("timezone", "must be the name of a time zone") from None

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
    def database_place(self) -> Place:
        """Where the database is."""
        return place_of(self.database_url.get_secret_value(), self.data_folder)

    @property
    def database_path(self) -> Path:
        """The SQLite file; for a server the name beside which evidence and the audit's anchors lie."""
        place = self.database_place
        return place if isinstance(place, Path) else place.folder / "nhacviec.db"

    @property
    def database_name(self) -> str:
        """What names the database to people, without a password."""
        place = self.database_place
        return str(place) if isinstance(place, Path) else place.name

    @property
    def has_database(self) -> bool:
        """Whether there may be data: a server is taken to have some, a file has to be there."""
        place = self.database_place
        return not isinstance(place, Path) or place.exists()


def load_settings() -> Settings:
    """Read the environment and the files that it names. Raises BadValues with all that is wrong."""
    secrets, wrong = _secrets()
    values: dict[str, Any] = dict(secrets)
    try:
        settings = Settings(**values)
    except ValidationError as invalid:
        wrong += [_wrong_value(error, secrets) for error in invalid.errors()]
    if wrong:
        raise BadValues(tuple(wrong), load_language())
    return settings


def _secrets() -> tuple[dict[str, str], list[WrongValue]]:
    """Return the secrets that stand in files of their own, and what is wrong with others."""
    written = {name.upper(): value for name, value in _written().items() if value is not None}
    secrets: dict[str, str] = {}
    wrong: list[WrongValue] = []
    for name in secret_names(Settings):
        try:
            secret = secret_of(written, _variable(name))
        except PydanticCustomError as error:
            wrong.append(WrongValue(_variable(name) + ENDING, error.type, error.context or {}))
        else:
            secrets |= {name: secret} if secret else {}
    return secrets, wrong


def _wrong_value(error: "ErrorDetails", from_files: Mapping[str, str]) -> WrongValue:
    name = str(error["loc"][0])
    ending = ENDING if name in from_files else ""
    return WrongValue(_variable(name) + ending, error["type"], error.get("ctx", {}))


def _variable(name: str) -> str:
    return f"{_PREFIX}{name.upper()}"


def _written() -> dict[str, str | None]:
    """Return what is set, in whichever place; what wins stands last."""
    return {**dotenv_values(HOME / ".env"), **dotenv_values(".env"), **os.environ}


def load_language() -> Language:
    """Return the language that is set, Vietnamese where that is wrong; whatever else may be wrong."""
    return "en" if _written().get(f"{_PREFIX}LANGUAGE") == "en" else "vi"


def known_names() -> tuple[str, ...]:
    """Return every variable that the program reads."""
    files = (_variable(name) + ENDING for name in secret_names(Settings))
    return (*map(_variable, Settings.model_fields), *files)


def unknown_names() -> tuple[UnknownName, ...]:
    """Return what stands in `.env` or begins with NHACVIEC_ in the environment, and is no setting."""
    files = dict.fromkeys((HOME / ".env", Path(".env").resolve()))
    places = [(str(file), name) for file in files for name in dotenv_values(file)]
    places += [("", name) for name in os.environ if name.upper().startswith(_PREFIX)]
    known = known_names()
    return tuple(
        UnknownName(name, place, _meant(name)) for place, name in places if name.upper() not in known
    )


def _meant(name: str) -> str | None:
    """Return the setting whose name is most like another one, None where none is."""
    known = [variable.removeprefix(_PREFIX) for variable in known_names()]
    near = get_close_matches(name.upper().removeprefix(_PREFIX), known, 1, 0.7)
    return _PREFIX + near[0] if near else None
