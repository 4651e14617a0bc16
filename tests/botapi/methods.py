"""The Bot API's methods that the server knows, but for getUpdates, which waits."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from tests.botapi.chats import Chat, Message
from tests.botapi.entities import Formatted, parse, units
from tests.botapi.errors import bad_request
from tests.botapi.files import SentFile
from tests.botapi.keyboards import read_markup
from tests.botapi.params import Params, Upload
from tests.botapi.world import World

MAX_TEXT: Final = 4096
MAX_CAPTION: Final = 1024
MAX_TOAST: Final = 200
ACTIONS: Final = frozenset(
    {"typing", "choose_sticker", "find_location"}
    | {f"record_{kind}" for kind in ("video", "voice", "video_note")}
    | {f"upload_{kind}" for kind in ("photo", "video", "voice", "video_note", "document")}
)

Method: TypeAlias = Callable[[World, Params], Any]


def get_me(world: World, _: Params) -> Any:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
    }
    return world.bot | abilities


def get_webhook_info(world: World, _: Params) -> Any:
    return {
        "url": world.webhook[0] if world.webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.pending,
    }


def set_webhook(world: World, params: Params) -> Any:
    url = params.text("url")
    if not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    allowed = params.structure("allowed_updates")
    if isinstance(allowed, list):
        world.updates.allowed = frozenset(map(str, allowed))
    world.webhook = (url, params.text("secret_token"))
    return True


def delete_webhook(world: World, params: Params) -> Any:
    world.webhook = None
    if params.flag("drop_pending_updates"):
        world.updates.drop_pending()
    return True


def send_message(world: World, params: Params) -> Any:
    chat = world.chat(params.chat_id)
    return world.accept(chat, _message(world, chat, params, _text(params)))


def send_document(world: World, params: Params) -> Any:
    return _send_file(world, params, "document")


def send_photo(world: World, params: Params) -> Any:
    return _send_file(world, params, "photo")


def _send_file(world: World, params: Params, kind: str) -> Any:
    chat = world.chat(params.chat_id)
    caption = parse(params.text("caption"), params.text("parse_mode"))
    if units(caption.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    given = params.upload(kind)
    file = (
        world.files.add(kind, given.name, given.data) if isinstance(given, Upload) else world.files.get(given)
    )
    return world.accept(chat, _message(world, chat, params, caption, file))


def send_chat_action(world: World, params: Params) -> Any:
    chat = world.chat(params.chat_id)
    if params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(params.text("action"))
    return True


def edit_message_text(world: World, params: Params) -> Any:
    chat = world.chat(params.chat_id)
    old = chat.post(params.integer("message_id"))
    if old.file:
        raise bad_request("there is no text in the message to edit")
    new = _message(world, chat, params, _text(params))
    return world.edit(chat, replace(new, id=old.id, reply_to=old.reply_to, edited=True))


def edit_message_reply_markup(world: World, params: Params) -> Any:
    chat = world.chat(params.chat_id)
    old = chat.post(params.integer("message_id"))
    rows = read_markup(params.structure("reply_markup"))
    return world.edit(chat, replace(old, buttons=rows, edited=True))


def answer_callback_query(world: World, params: Params) -> Any:
    press = world.presses.get(params.text("callback_query_id"))
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if units(params.text("text")) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    press.text, press.alert = params.text("text"), params.flag("show_alert")
    world.changed.notify_all()
    return True


def set_my_commands(world: World, params: Params) -> Any:
    _check_scope(world, params)
    world.menus.put(params)
    world.changed.notify_all()
    return True


def get_my_commands(world: World, params: Params) -> Any:
    return world.menus.get(params)


def delete_my_commands(world: World, params: Params) -> Any:
    _check_scope(world, params)
    world.menus.delete(params)
    return True


def get_file(world: World, params: Params) -> Any:
    return world.files.describe(params.text("file_id"))


def _check_scope(world: World, params: Params) -> None:
    scope = params.structure("scope")
    if isinstance(scope, dict) and "chat_id" in scope:
        world.chat(Params(scope, {}).chat_id)


def _text(params: Params) -> Formatted:
    formatted = parse(params.text("text"), params.text("parse_mode"))
    if not formatted.text:
        raise bad_request("message text is empty")
    if units(formatted.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def _message(
    world: World, chat: Chat, params: Params, words: Formatted, file: SentFile | None = None
) -> Message:
    reply = params.structure("reply_parameters") or {}
    reply_to = reply.get("message_id") if isinstance(reply, dict) else None
    known = reply_to in chat.posts or reply_to in chat.heard
    if reply_to is not None and not known and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return Message(
        id=next(world.message_ids),
        chat=chat.id,
        text=words.text,
        html=params.text("caption" if file else "text"),
        entities=words.entities,
        buttons=read_markup(params.structure("reply_markup")),
        file=file,
        reply_to=reply_to if known else None,
    )


# Telegram takes the names in any case.
METHODS: Final[Mapping[str, tuple[str, Method]]] = {
    name.lower(): (name, method)
    for name, method in {
        "getMe": get_me,
        "getWebhookInfo": get_webhook_info,
        "setWebhook": set_webhook,
        "deleteWebhook": delete_webhook,
        "sendMessage": send_message,
        "sendDocument": send_document,
        "sendPhoto": send_photo,
        "sendChatAction": send_chat_action,
        "editMessageText": edit_message_text,
        "editMessageReplyMarkup": edit_message_reply_markup,
        "answerCallbackQuery": answer_callback_query,
        "setMyCommands": set_my_commands,
        "getMyCommands": get_my_commands,
        "deleteMyCommands": delete_my_commands,
        "getFile": get_file,
    }.items()
}
