"""One call of the API that has been let in, and the pages of what it lists."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.web.api_models import PageQuery
from config.texts import Texts
from domain.organisation.api_access import ApiAccess
from services.common.rules import Rules
from storage.common.span import Span

_GREATEST = 2**63 - 1


class ApiRefusal(Exception):
    """The call cannot be answered; `code` is that of a problem."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, slots=True)
class ApiCall:
    """What a call may see, and what it needs to be answered; `id` is the one in its address, 0 without.

    Of one that writes: `key` is its idempotency key, `hash` that of what it asks.
    """

    conn: AsyncConnection
    access: ApiAccess
    id: int
    now: datetime
    rules: Rules
    texts: Texts
    key: str = ""
    hash: str = ""

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.astimezone(self.rules.zone).date()


class Numbered(Protocol):
    """What stands on a page by its id."""

    @property
    def id(self) -> int:
        """Its id."""


_T = TypeVar("_T", bound=Numbered)


def span_of(query: PageQuery) -> Span:
    """Return what a page asks for, and one more, by which is known whether another page follows.

    Raises ApiRefusal where the cursor is none of ours.
    """
    return Span(cursor_of(query), query.limit + 1)


def cursor_of(query: PageQuery) -> int:
    """Return after which id a page begins. Raises ApiRefusal where the cursor is none of ours."""
    return _read_cursor(query.cursor) if query.cursor else 0


def page_of(found: Sequence[_T], query: PageQuery) -> tuple[Sequence[_T], str | None]:
    """Return what stands on a page, and the cursor of the next one."""
    shown = found[: query.limit]
    return shown, write_cursor(shown[-1].id) if len(found) > query.limit else None


def write_cursor(last: int) -> str:
    """Return the cursor of a page that begins after an id."""
    return base64.urlsafe_b64encode(f"after:{last}".encode()).decode().rstrip("=")


def _read_cursor(cursor: str) -> int:
    try:
        padded = f"{cursor}{'=' * (-len(cursor) % 4)}".encode("ascii")
        word, _, number = base64.urlsafe_b64decode(padded).decode("ascii").partition(":")
        last = int(number)
    except (ValueError, binascii.Error):
        raise ApiRefusal("bad_query", names="cursor") from None
    if word != "after" or not 0 <= last <= _GREATEST:
        raise ApiRefusal("bad_query", names="cursor")
    return last
