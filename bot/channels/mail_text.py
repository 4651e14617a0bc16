"""What somebody has written in a letter, without the one that it answers, signature and disclaimer."""

import html
import re
from typing import Final

from domain.common.text import fold

_HISTORY: Final = re.compile(
    r"(?:>"
    r"|-{2,} *(?:original message|forwarded message|thu goc|tin nhan goc|thu chuyen tiep|chuyen tiep)"
    r"|_{10,}$"
    r"|(?:vao|ngay|luc|on)\b.{4,200}(?:viet|wrote) ?:$"
    r"|\*?(?:from|tu|nguoi gui)\*? ?: .*@)"
)
"""The line with which the letter that is answered begins; like all of these, of a folded line."""
_SIGNATURE: Final = re.compile(
    r"(?:--$"
    r"|(?:sent from|get outlook|da gui tu|duoc gui tu|gui tu|lay outlook)\b"
    r"|(?:tran trong|kinh thu|than men|than ai|best regards|kind regards|regards|thanks and regards)[ ,.!]*$"
    r"|(?:this e-?mail|this message|thu nay va|thu dien tu nay|email nay|the information contained"
    r"|luu y bao mat|thong tin trong (?:thu|email)|please consider the environment)\b)"
)
_WRAPPED: Final = re.compile(r"(?:vao|ngay|luc|on)\b.{4,200}$")
_WRAP_END: Final = re.compile(r"(?:viet|wrote) ?:$")
_BREAKS: Final = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^>]*>", re.IGNORECASE)
_QUOTED: Final = re.compile(
    r"<blockquote\b.*|<div[^<>]{0,300}\b(?:gmail_quote|OutlookMessageHeader|moz-cite-prefix|divRplyFwdMsg)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_HIDDEN: Final = re.compile(
    r"<(style|script|head|title)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.IGNORECASE | re.DOTALL
)
_TAG: Final = re.compile(r"<[^<>]*>")
LONGEST: Final = 20_000
"""Code points of a letter that are looked at."""


def reply_text(body: str) -> str:
    """Return what stands above the history, the signature and the disclaimer; "" where that is nothing."""
    kept: list[str] = []
    lines = body[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place, line in enumerate(lines):
        words = line.strip().strip("\u200b\ufeff")
        folded, after = fold(words), fold(lines[place + 1]) if place + 1 < len(lines) else ""
        wrapped = _WRAPPED.match(folded) and _WRAP_END.search(after)
        if _HISTORY.match(folded) or wrapped or (kept and _SIGNATURE.match(folded)):
            break
        kept.append(words)
    return "\n".join(kept).strip()


def html_text(markup: str) -> str:
    """Return the words of an HTML letter, without what it quotes and what it hides."""
    shown = _QUOTED.sub("", _HIDDEN.sub("", markup[: 10 * LONGEST]))
    return html.unescape(_TAG.sub("", _BREAKS.sub("\n", shown.replace("\n", " ")))).replace("\xa0", " ")
