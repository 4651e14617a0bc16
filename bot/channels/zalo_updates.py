"""Zalo's updates, understood: pure functions over what a webhook or getUpdates brought."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import structlog

from bot.channels.base import Raw
from bot.channels.storable import storable
from domain.common.text import nfc, squeeze
from handlers.common.conversation import Attachment, Incoming, Withheld

UPLOADED: Final = "file.uploaded"
"""The event that we make ourselves of a file that came by our form."""
_HELD: Final = "held:"
_PHOTO_KEYS: Final = ("photo", "photo_url")
_EMPTY_HANDED: Final[Mapping[str, Withheld | None]] = {
    "message.voice.received": "voice",
    "message.unsupported.received": "content",
    "message.sticker.received": None,
}
"""What is to be said of an event that brings neither words nor a picture; None: nothing."""
log = structlog.get_logger()


def raw_of(body: object) -> Raw | None:
    """Wrap an update without understanding it, be it flat or in an envelope; None where it has no chat.

    Its id is the message's, by which a second delivery is known.
    """
    update = body.get("result") if isinstance(body, dict) and "event_name" not in body else body
    if not isinstance(update, dict):
        return None
    payload = {storable(key): storable(value) for key, value in update.items()}
    message = payload.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    number = chat.get("id") if isinstance(chat, dict) else None
    if not isinstance(message, dict) or not isinstance(number, str | int) or not str(number).strip():
        log.warning("zalo.update_without_chat", event_name=str(payload.get("event_name"))[:80])
        return None
    is_group = chat.get("chat_type") == "GROUP" if isinstance(chat, dict) else False
    return Raw(_id_of(payload, message), f"-{number}" if is_group else str(number), payload)


def _id_of(payload: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    number = message.get("message_id")
    if isinstance(number, str | int) and str(number).strip():
        return str(number)
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def parse_update(raw: Raw, *, channel: str, now: Callable[[], datetime]) -> Incoming | None:
    """Return what a person said or sent; None for what is no message, a sticker, or another bot's.

    Raises ValueError, KeyError or TypeError on what is no update.
    """
    event, message = str(raw.payload["event_name"]), raw.payload["message"]
    sender = message["from"]
    if sender.get("is_bot"):
        return None
    text, file = _text_of(message), _file_of(event, message)
    private = message["chat"].get("chat_type", "PRIVATE") != "GROUP"
    withheld: Withheld | None = None if private else "group"
    if private and not text and file is None:
        withheld = _withheld(event)
    if not text and file is None and withheld is None:
        return None
    return Incoming(
        channel=channel,
        update_id=raw.update_id,
        chat=raw.chat,
        sender=str(sender["id"]),
        name=squeeze(nfc(str(sender.get("display_name") or sender.get("name") or ""))),
        at=_instant(message.get("date"), now),
        text=text,
        attachment=file,
        private=private,
        withheld=withheld,
    )


def _withheld(event: str) -> Withheld | None:
    """Return what an event keeps from us; an unknown one is logged, and counts where it is a message."""
    if event in _EMPTY_HANDED:
        return _EMPTY_HANDED[event]
    log.warning("zalo.unknown_event", event_name=event[:80])
    return "content" if event.startswith("message.") and event.endswith(".received") else None


def _text_of(message: Mapping[str, Any]) -> str:
    words = message.get("text") or message.get("caption") or ""
    if not isinstance(words, str):
        raise ValueError("a text that is none")  # noqa: TRY004 - the update is wrong, not our call
    return nfc(words)


def _file_of(event: str, message: Mapping[str, Any]) -> Attachment | None:
    if event == UPLOADED:
        uploaded = message["file"]
        return Attachment(str(uploaded["name"]), int(uploaded["size"]), f"{_HELD}{uploaded['key']}")
    address = next((message[key] for key in _PHOTO_KEYS if message.get(key)), None)
    return Attachment("photo.jpg", 0, address) if isinstance(address, str) else None


def held_key(attachment: Attachment) -> str | None:
    """Return the key of a file that came by our form; None for any other."""
    return attachment.key.removeprefix(_HELD) if attachment.key.startswith(_HELD) else None


def uploaded(chat: str, text: str, file: Attachment) -> Raw:
    """Return the update of a file that came by our form, with the words that came along."""
    message = {
        "from": {"id": chat},
        "chat": {"id": chat},
        "text": text,
        "file": {"name": file.name, "size": file.size, "key": file.key},
    }
    return Raw(f"upload-{file.key}", chat, {"event_name": UPLOADED, "message": message})


def _instant(milliseconds: object, now: Callable[[], datetime]) -> datetime:
    """Return when a message was sent, as far as the server tells it."""
    if not isinstance(milliseconds, int | float) or isinstance(milliseconds, bool):
        return now()
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return now()
