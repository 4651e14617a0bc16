"""What a phone of the sandbox can do when it is shown as that of another channel."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from bot.channels import mail, zalo
from handlers.common.capabilities import Capabilities

Manner = Literal["telegram", "zalo", "mail"]

SHOWN_AS: Final[Mapping[Manner, Capabilities]] = {
    "telegram": Capabilities(longest_text=4096),
    "zalo": replace(zalo.CAPABILITIES, rates=None, quota=None),
    "mail": replace(mail.CAPABILITIES, rates=None, button_links=False),
}
"""Nothing holds a message up on the page, and no server counts it; a letter's buttons lead to the web server
that the sandbox stands in for."""
