"""Reply markup: what Telegram takes as an inline keyboard, and what it refuses."""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from tests.botapi.errors import bad_request

MAX_BUTTONS: Final = 100
MAX_DATA_BYTES: Final = 64
# What is not an inline keyboard goes through unread: it hangs under the typing field, not under the message.
OTHER_MARKUPS: Final = {"keyboard", "remove_keyboard", "force_reply"}
OTHER_ACTIONS: Final = {
    "callback_game",
    "copy_text",
    "login_url",
    "pay",
    "switch_inline_query",
    "switch_inline_query_chosen_chat",
    "switch_inline_query_current_chat",
    "web_app",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: `data` comes back when it is pressed, `url` opens."""

    text: str
    data: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, object]:
        given = {"text": self.text, "callback_data": self.data, "url": self.url}
        return {name: value for name, value in given.items() if value is not None}


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


def read_markup(markup: Any) -> Rows:
    """Return the rows of an inline keyboard; () for no markup and for markup of another kind."""
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if markup and not OTHER_MARKUPS & markup.keys():
            raise bad_request("can't parse reply keyboard markup JSON object")
        return ()
    given = markup["inline_keyboard"]
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        raise bad_request('field "inline_keyboard" must be of type Array of Arrays')
    rows = tuple(tuple(_button(button) for button in row) for row in given if row)
    if sum(map(len, rows)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return rows


def _button(given: Any) -> Button:
    if not isinstance(given, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    text = given.get("text")
    if not isinstance(text, str) or not text.strip():
        raise bad_request('can\'t parse inline keyboard button: field "text" must not be empty')
    if "callback_data" in given:
        return Button(text, data=_data(given["callback_data"]))
    if "url" in given:
        return Button(text, url=_url(given["url"]))
    if OTHER_ACTIONS & given.keys():
        return Button(text)
    raise bad_request("text buttons are unallowed in the inline keyboard")


def _data(data: Any) -> str:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _url(url: Any) -> str:
    if not isinstance(url, str) or not url.startswith(("http://", "https://", "tg://")):
        raise bad_request("BUTTON_URL_INVALID")
    return url
