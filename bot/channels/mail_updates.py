"""Letters in: what becomes an update, and what is none."""

import email
import hashlib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import Final, Literal

from bot.channels.base import Raw
from bot.channels.mail_ids import MailIds, address_of, given_id
from bot.channels.mail_text import html_text, reply_text
from bot.channels.own_updates import parse_own
from bot.channels.storable import storable
from domain.common.text import nfc
from handlers.common.conversation import Attachment, Incoming
from handlers.typed_codes import split_code

Keep = Callable[[str, str, bytes], Awaitable[Attachment]]
"""Keeps a file of a letter: (chat, name, bytes)."""
Kind = Literal["answer", "code", "unproven", "bounce"]
"""What shows who sent a letter: that it answers ours, an invite code, nothing; or ours came back."""
_FILES: Final = 10
_SHOW_LIST: Final = "/viec"
"""What a letter means that anybody could have sent: the address gets the list, to be answered."""


@dataclass(frozen=True, slots=True)
class ReceivedLetter:
    """A letter that came. `chat` is the address of its sender, of a bounce the one that took nothing."""

    kind: Kind
    id: str
    chat: str
    name: str
    text: str
    message: EmailMessage


def read_letter(data: bytes, ids: MailIds, own: str) -> ReceivedLetter | None:
    """Read a letter; None where a machine sent it, or we did ourselves. Never raises."""
    with suppress(Exception):  # hostile MIME breaks the library in ever new places: it is no letter then
        message = email.message_from_bytes(data, policy=policy.default)
        if isinstance(message, EmailMessage):
            return _letter(message, data, ids, own)
    return None


def _letter(message: EmailMessage, data: bytes, ids: MailIds, own: str) -> ReceivedLetter | None:
    key = hashlib.sha256(str(message.get("Message-ID", "")).encode() or data).hexdigest()[:32]
    if (lost := _bounced(message, ids)) is not None:
        return ReceivedLetter("bounce", key, lost, "", "", message)
    sender = address_of(str(message.get("From", "")))
    if not sender or sender == own or is_automatic(message):
        return None
    text = _text(message)
    references = f"{message.get('In-Reply-To', '')} {message.get('References', '')}"
    name = nfc(parseaddr(str(message.get("From", "")))[0]).strip() or sender
    if ids.answers_us(sender, references):
        return ReceivedLetter("answer", key, sender, name, text, message)
    subject = str(message.get("Subject", ""))
    for words in (text, subject):
        if split_code(words, seated=False):
            return ReceivedLetter("code", key, sender, name, words, message)
    return ReceivedLetter("unproven", key, sender, name, "", message)


def is_automatic(message: EmailMessage) -> bool:
    """Whether a machine has sent a letter: an absence note, a list, a report (RFC 3834, 2.)."""
    submitted = str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    precedence = str(message.get("Precedence", "")).strip().lower()
    named = any(name in message for name in ("X-Autoreply", "X-Autorespond", "List-Id", "Feedback-ID"))
    empty = str(message.get("Return-Path", "x")).strip() == "<>"
    return submitted != "no" or precedence in {"bulk", "auto_reply", "junk", "list"} or named or empty


async def updates_of(letter: ReceivedLetter, now: datetime, keep: Keep) -> list[Raw]:
    """Return the updates that a letter makes: one, or one for each of its files."""
    if letter.kind == "bounce":
        return [Raw(letter.id, letter.chat, {"bounce": True})]
    text = _SHOW_LIST if letter.kind == "unproven" else letter.text
    files = [] if letter.kind == "unproven" else list(_files(letter.message))[:_FILES]
    payload = {
        "name": letter.name,
        "at": _sent_at(letter.message, now).isoformat(),
        "text": text,
        "file": None,
        "thread": given_id(str(letter.message.get("Message-ID", ""))),
    }
    if not files:
        return [Raw(letter.id, letter.chat, storable(payload))]
    raws = []
    for place, (name, data) in enumerate(files):
        file = await keep(letter.chat, name, data)
        told = {
            "name": file.name,
            "size": file.size,
            "key": file.key,
            "album": letter.id if len(files) > 1 else "",
        }
        words = text if place == 0 else ""
        raws.append(
            Raw(f"{letter.id}-{place}", letter.chat, storable({**payload, "text": words, "file": told}))
        )
    return raws


def parse_update(raw: Raw, *, channel: str) -> Incoming | None:
    """Parse an update; None for a bounce. Raises KeyError, TypeError or ValueError on any other thing."""
    return None if raw.payload.get("bounce") else parse_own(raw, channel)


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    words = body.get_content()
    return nfc(reply_text(html_text(words) if body.get_content_subtype() == "html" else words))


def _files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """The files of a letter with their names; the pictures of a signature stand in its text and are none."""
    for part in message.iter_attachments():
        if part.get("Content-ID") and part.get_content_disposition() != "attachment":
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            yield nfc(part.get_filename() or "tep").replace("\\", "/").rsplit("/", 1)[-1][:200], data


def _sent_at(message: EmailMessage, now: datetime) -> datetime:
    """When a letter was sent, as far as that can be: never after it came."""
    with suppress(Exception):
        sent = parsedate_to_datetime(str(message["Date"]))
        if sent.tzinfo is not None and sent <= now:
            return sent.astimezone(UTC)
    return now.astimezone(UTC)


def _bounced(message: EmailMessage, ids: MailIds) -> str | None:
    """Return the address that took nothing, where a letter is the report of that (RFC 3464)."""
    if message.get_content_type() != "multipart/report":
        return None
    status = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    fields = [block for part in status for block in part.iter_parts()] if status else []
    failed = [
        address_of(str(block.get("Final-Recipient", "")).partition(";")[2])
        for block in fields
        if str(block.get("Action", "")).strip().lower() == "failed"
        and str(block.get("Status", "5")).strip().startswith("5")
    ]
    returned = message.as_string()
    return next((address for address in failed if address and ids.answers_us(address, returned)), None)
