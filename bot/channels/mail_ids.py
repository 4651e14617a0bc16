"""The ids of our letters: an answer shows by one to whom we had written; any sender can be forged."""

import hmac
import re
import secrets
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final

from bot.channels.webhook_secrets import derived

_GIVEN: Final = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,250}>")
_OURS: Final = re.compile(r"<nv\.(?P<nonce>[0-9a-f]{16})\.(?P<mark>[0-9a-f]{32})@")


@dataclass(frozen=True, slots=True)
class MailIds:
    """Makes and knows the ids of letters. `secret` is known to us alone; `domain` stands behind the "@"."""

    secret: str
    domain: str

    def new(self, chat: str) -> str:
        """Return the Message-ID of a letter to an address."""
        nonce = secrets.token_hex(8)
        return f"<nv.{nonce}.{self._mark(chat, nonce)}@{self.domain}>"

    def answers_us(self, chat: str, references: str) -> bool:
        """Whether one of the ids that a letter refers to is that of a letter of ours to this address."""
        return any(
            hmac.compare_digest(found["mark"], self._mark(chat, found["nonce"]))
            for found in _OURS.finditer(references)
        )

    def _mark(self, chat: str, nonce: str) -> str:
        return derived(self.secret, f"mail {nonce} {chat}")[:32]


def given_id(header: str) -> str:
    """Return the Message-ID that a letter bears; "" where it is none that could be written back."""
    return header.strip() if _GIVEN.fullmatch(header.strip()) else ""


def address_of(header: str) -> str:
    """Return the address in a header, in small letters; "" where it has none."""
    address = parseaddr(header)[1].strip().lower()
    return address if address.count("@") == 1 and len(address) <= 254 and address.isprintable() else ""
