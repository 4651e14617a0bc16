"""Addresses and secrets of webhooks: made from the bot's token, so that there is nothing more to keep."""

import hashlib
import hmac


def derived(token: str, purpose: str) -> str:
    """Return 64 hexadecimal digits from which neither the token nor those for another purpose follow."""
    return hmac.new(token.encode(), purpose.encode(), hashlib.sha256).hexdigest()
