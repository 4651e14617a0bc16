"""What people typed, made fit for any file: one line, no characters that XML cannot hold."""

import re

from domain.common.text import squeeze

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""All but the characters of XML 1.0, section 2.2."""


def plain(text: str) -> str:
    """Return the text in NFC on one line, without control characters and halves of surrogate pairs."""
    return squeeze(_UNFIT.sub("", text))
