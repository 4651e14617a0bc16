"""What a phone of the sandbox can do when it is shown as that of another channel."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from bot.channels import mail, page, zalo
from handlers.common.capabilities import Capabilities

Manner = Literal["telegram", "zalo", "mail", "page"]

SHOWN_AS: Final[Mapping[Manner, Capabilities]] = {
    "telegram": Capabilities(longest_text=4096),
    "zalo": replace(zalo.CAPABILITIES, rates=None, quota=None),
    "mail": replace(mail.CAPABILITIES, rates=None),
    "page": replace(page.CAPABILITIES, progress="once"),
}
"""Nothing holds a message up in the sandbox, no server counts it, and no message takes another's place."""
