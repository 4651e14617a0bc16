"""What goes wrong with Zalo, in our words."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from bot.channels.base import SendError, Trouble
from bot.channels.zalo_client import BadAnswer, FileTooLarge, NoAnswer, NotReached, Rejected, ZaloError


@dataclass(frozen=True, slots=True)
class _Rejection:
    """What a code means, where the server's words hold `words`."""

    code: int
    words: str
    reason: str
    permanent: bool = False
    unreachable: bool = False
    trouble: Trouble | None = None
    ambiguous: bool = False


_TABLE: Final = (
    _Rejection(401, "", "token", trouble="away"),
    _Rejection(403, "", "forbidden", permanent=True, unreachable=True),
    _Rejection(404, "chat", "chat_gone", permanent=True, unreachable=True),
    _Rejection(404, "user", "chat_gone", permanent=True, unreachable=True),
    _Rejection(404, "", "token", trouble="away"),
    _Rejection(408, "", "timeout", trouble="lost", ambiguous=True),
    _Rejection(429, "", "quota"),
    _Rejection(400, "chat", "chat_gone", permanent=True, unreachable=True),
    _Rejection(400, "user", "chat_gone", permanent=True, unreachable=True),
    _Rejection(400, "", "refused", permanent=True),
)


def send_error(error: ZaloError) -> SendError:
    """Put an error of the client into the words of the contract."""
    if isinstance(error, NotReached):
        return SendError("network", trouble="away")
    if isinstance(error, NoAnswer):
        return SendError("timeout", ambiguous=True, trouble="lost")
    if isinstance(error, FileTooLarge):
        return SendError("too_big", permanent=True)
    if isinstance(error, Rejected):
        return _of_rejection(error)
    if isinstance(error, BadAnswer) and error.status == HTTPStatus.OK:
        return SendError("garbled", ambiguous=True, trouble="faulty")  # it may have been carried out
    return SendError("network", trouble="faulty")


def _of_rejection(rejected: Rejected) -> SendError:
    words = rejected.description.casefold()
    row = next((row for row in _TABLE if row.code == rejected.code and row.words in words), None)
    if row is None:  # a fault of the server's own, or a code that nobody has told us
        return SendError(f"unknown: {rejected}", trouble="faulty")
    reason = row.reason if row.words or row.reason != "refused" else f"refused: {rejected.description}"
    return SendError(
        reason,
        permanent=row.permanent,
        unreachable=row.unreachable,
        ambiguous=row.ambiguous,
        trouble=row.trouble,
    )
