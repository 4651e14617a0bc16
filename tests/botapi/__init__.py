"""A Telegram Bot API server for tests: real HTTP on loopback, as strict and as unkind as the real one.

    with BotApi(limits="strict") as api:
        lan = api.user(1001, "Lan")
        ...start a bot, in this process or another, with api.token and api.url...
        lan.types("/start ABCD-1234")
        asked = lan.wait_for("đồng ý")
        lan.presses("Đồng ý")

Users and groups are driven by plain blocking calls from the test's thread; the server runs in its own.
"""

from tests.botapi.api import BotApi
from tests.botapi.chats import Message
from tests.botapi.faults import Fault, Faults
from tests.botapi.files import SentFile
from tests.botapi.keyboards import Button
from tests.botapi.limits import LENIENT, STRICT, Limits
from tests.botapi.log import Refusal, Request, Sent
from tests.botapi.users import Group, Press, User

__all__ = [
    "LENIENT",
    "STRICT",
    "BotApi",
    "Button",
    "Fault",
    "Faults",
    "Group",
    "Limits",
    "Message",
    "Press",
    "Refusal",
    "Request",
    "Sent",
    "SentFile",
    "User",
]
