"""Where the database is: a SQLite file, or a PostgreSQL server."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pydantic_core import PydanticCustomError

_FILE = "sqlite+aiosqlite:///"
_SERVER = "postgresql+asyncpg://"
_TLS_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"}


@dataclass(frozen=True, slots=True)
class ServerDatabase:
    """A database on a PostgreSQL server. `url` bears the password and is never shown."""

    url: str = field(repr=False)
    folder: Path
    """Where what does not go into the database is kept: evidence, the audit's anchors."""

    @property
    def name(self) -> str:
        """What names the database without its user and password."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.hostname or 'localhost'}{port}{parts.path}"


Place = Path | ServerDatabase


def checked(url: str) -> str:
    """Return an address that one of the two engines can open. Raises PydanticCustomError."""
    if url.startswith(_FILE) and not url.endswith("///"):
        return url
    if url.startswith(_SERVER) and urlsplit(url).path.strip("/"):
        modes = parse_qs(urlsplit(url).query, keep_blank_values=True).get("sslmode", [])
        if set(modes) <= _TLS_MODES:
            return url
        raise PydanticCustomError("sslmode", "must have one of the known sslmode")
    raise PydanticCustomError(
        "database", "must be sqlite+aiosqlite:///PATH-TO-FILE or postgresql+asyncpg://USER:PASSWORD@HOST/NAME"
    )


def place_of(url: str, folder: Path) -> Place:
    """Return where a checked address leads; `folder` keeps what a server's database does not."""
    if url.startswith(_FILE):
        return Path(url.removeprefix(_FILE))
    return ServerDatabase(url, folder)
