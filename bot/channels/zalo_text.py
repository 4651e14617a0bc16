"""Our markup as Zalo takes it: a plain text, and where in it words are bold or italic."""

import html
import re
from typing import Final

from markupsafe import Markup

from bot.channels.zalo_client import TextStyle

_TAG: Final = re.compile(r"<(/?)(b|i)>")


def styled(markup: Markup) -> tuple[str, tuple[TextStyle, ...]]:
    """Return the words alone, and their styles in UTF-16 code units, in the order in which they begin."""
    words, styles, opened = "", [], dict[str, int]()
    rest = 0
    for tag in _TAG.finditer(str(markup)):
        words += html.unescape(str(markup)[rest : tag.start()])
        rest = tag.end()
        if not tag[1]:
            opened[tag[2]] = utf16_length(words)
        elif tag[2] in opened:
            start = opened.pop(tag[2])
            styles.append(TextStyle(start, utf16_length(words) - start, tag[2]))
    words += html.unescape(str(markup)[rest:])
    return words, tuple(sorted((s for s in styles if s.length), key=lambda style: style.start))


def utf16_length(text: str) -> int:
    """Count UTF-16 code units: a character beyond the basic plane is two."""
    return len(text) + sum(character > "\uffff" for character in text)
