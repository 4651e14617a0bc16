"""Telegram's updates, understood: pure functions over what getUpdates returned."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from telegram import CallbackQuery, Message, Update, Video, VideoNote, Voice
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.base import Raw
from bot.channels.storable import storable
from domain.common.text import nfc, squeeze
from handlers.common.conversation import Attachment, Incoming

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that are asked for."""

_ADDRESSED = re.compile(r"(/\w+)@(\w+)")
_CALLED = re.compile(r"@(\w+)[\s,:]+")
_REACHABLE: Final[Mapping[str, bool]] = {
    ChatMemberStatus.MEMBER: True,
    ChatMemberStatus.ADMINISTRATOR: True,
    ChatMemberStatus.LEFT: False,
    ChatMemberStatus.BANNED: False,
}
_UNNAMED: Final = {Voice: "voice.ogg", VideoNote: "video.mp4", Video: "video.mp4"}


def raw_of(update: object) -> Raw | None:
    """Wrap an update without understanding it; None where it bears no number and can never be confirmed.

    What could not be stored is blotted out: it would hold up all that comes with it, for ever.
    """
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:  # a bool is none
        return None
    payload = {storable(key): storable(value) for key, value in update.items()}
    return Raw(str(update["update_id"]), _chat_of(payload), payload)


def _chat_of(update: Mapping[str, Any]) -> str:
    for kind in update.values():
        if isinstance(kind, dict):
            message = kind if "chat" in kind else kind.get("message")
            chat = message.get("chat") if isinstance(message, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return str(chat["id"])
    return "0"


def press_id(raw: Raw) -> str | None:
    """Return what answerCallbackQuery wants, where a button was pressed."""
    query = raw.payload.get("callback_query")
    number = query.get("id") if isinstance(query, dict) else None
    return number if isinstance(number, str) else None


def reachability(raw: Raw) -> bool | None:
    """Return False where the chat has just shut the bot out, True where it let it in (again), else None."""
    change = raw.payload.get("my_chat_member")
    member = change.get("new_chat_member") if isinstance(change, dict) else None
    status = member.get("status") if isinstance(member, dict) else None
    return _REACHABLE.get(status) if isinstance(status, str) else None


def moved_to(raw: Raw) -> str | None:
    """Return the id of the supergroup that a group has become, where its service message tells so."""
    message = raw.payload.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != ChatType.GROUP:
        return None
    to = message.get("migrate_to_chat_id") if isinstance(message, dict) else None
    return str(to) if isinstance(to, int) and to < 0 else None


def parse_update(raw: Raw, *, username: str | None, now: Callable[[], datetime]) -> Incoming | None:
    """Return what a person said, changed or pressed; None for all else: posts, service messages, other bots.

    A press carries the id of the message that its button stands under as `reply_to`, and `now` as its time:
    Telegram does not tell when it happened. Raises ValueError, KeyError or TypeError on what is no update.
    """
    try:
        update = Update.de_json(dict(raw.payload), None)
        if update.callback_query is not None:
            return _checked(_button_press(raw, update.callback_query, now()))
        if update.message is not None:
            return _checked(_new_message(raw, update.message, username))
        if update.edited_message is not None:
            return _checked(_edited_message(raw, update.edited_message, username))
    except (AttributeError, ArithmeticError, OSError) as error:
        raise ValueError(f"update {raw.update_id} is malformed: {error}") from error
    return None


def _checked(incoming: Incoming | None) -> Incoming | None:
    """Return what was said if it is made of what it should be: the library takes any JSON for anything."""
    if incoming is None:
        return None
    file = incoming.attachment
    texts = [incoming.text, incoming.name, *([] if incoming.press is None else [incoming.press])]
    numbers = [int(incoming.chat), int(incoming.sender)]
    if file is not None:
        texts += [file.name, file.key, file.album]
        numbers.append(file.size)
    if not all(isinstance(word, str) for word in texts) or not all(
        isinstance(number, int) for number in numbers
    ):
        raise ValueError(f"update {incoming.update_id} is malformed")
    return incoming


def _button_press(raw: Raw, query: CallbackQuery, at: datetime) -> Incoming | None:
    if query.message is None or query.data is None:
        return None
    return Incoming(
        channel="telegram",
        update_id=raw.update_id,
        chat=str(query.message.chat.id),
        sender=str(query.from_user.id),
        name=squeeze(query.from_user.full_name),
        at=at,
        press=query.data,
        reply_to=str(query.message.message_id),
        private=query.message.chat.type == ChatType.PRIVATE,
        thread=_thread(query.message) if isinstance(query.message, Message) else "",
    )


def _edited_message(raw: Raw, message: Message, username: str | None) -> Incoming | None:
    """Return what a message says now that was changed; in a group, where others have read it, nothing."""
    incoming = _new_message(raw, message, username)
    if incoming is None or not incoming.private or message.edit_date is None:
        return None
    return replace(incoming, at=_sent_at(message.edit_date), edited_of=incoming.at)


def _thread(message: Message) -> str:
    """Return the topic of a forum in which a message stands; a mere chain of answers is none."""
    return str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""


def _new_message(raw: Raw, message: Message, username: str | None) -> Incoming | None:
    sender = message.from_user
    attachment = _attachment(message)
    private = message.chat.type == ChatType.PRIVATE
    typed = nfc(message.text or message.caption or "")
    text = (
        _without_bot_name(typed, None)
        if private
        else _without_call(_without_bot_name(typed, username), username)
    )
    anonymous = message.sender_chat is not None and message.sender_chat.id == message.chat.id and not private
    foreign = sender is None or sender.is_bot or message.sender_chat is not None
    if sender is None or text is None or (foreign and not anonymous):
        return None
    addressed = private or text.startswith("/") or text != typed or _answers_us(message, username)
    if anonymous and not addressed:
        return None
    if not text and attachment is None:
        return None
    return Incoming(
        channel="telegram",
        update_id=raw.update_id,
        chat=str(message.chat.id),
        sender=str(sender.id),
        name=squeeze(sender.full_name),
        at=_sent_at(message.date),
        text=text,
        reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else None,
        attachment=attachment,
        private=private,
        addressed=addressed,
        thread=_thread(message),
        anonymous=anonymous,
    )


def _answers_us(message: Message, username: str | None) -> bool:
    """Whether a message answers one of ours, or of any bot's as long as ours does not know its name."""
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    return answered is not None and answered.is_bot and username in (None, answered.username)


def _without_call(text: str | None, username: str | None) -> str | None:
    """Strip the name by which the bot is called: "@botname 1 xong"."""
    call = _CALLED.match(text or "")
    if text is None or call is None or username is None or call[1].casefold() != username.casefold():
        return text
    return text[call.end() :]


def _without_bot_name(text: str, username: str | None) -> str | None:
    """Strip "@botname" from a command; None where another bot of the group is meant."""
    command = _ADDRESSED.match(text)
    if command is None:
        return text
    if username is not None and command[2].casefold() != username.casefold():
        return None
    return command[1] + text[command.end() :]


def _sent_at(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise ValueError("a message without a date")  # noqa: TRY004 - the update is wrong, not our call
    return value


def _attachment(message: Message) -> Attachment | None:
    album = squeeze(message.media_group_id or "")
    if message.photo:
        photo = message.photo[-1]  # the sizes of one picture, the largest last
        return Attachment("photo.jpg", photo.file_size or 0, photo.file_id, album)
    named = message.document or message.audio or message.video
    file = named or message.voice or message.video_note
    if file is None:
        return None
    name = squeeze(named.file_name or "") if named else ""
    return Attachment(name or _UNNAMED.get(type(file), "file"), file.file_size or 0, file.file_id, album)
