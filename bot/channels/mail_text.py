"""What somebody has written in a letter, without the one that it answers, signature and disclaimer."""

import html
import re
from typing import Final

_HISTORY: Final = re.compile(
    r"^(?:"
    r">"
    r"|-{2,}\s*(?:Original Message|Forwarded message|Thư gốc|Tin nhắn gốc|Thư chuyển tiếp|Chuyển tiếp)"
    r"|_{10,}\s*$"
    r"|(?:Vào|Ngày|Lúc|On)\b.{4,200}(?:đã viết|viết|wrote)\s*:\s*$"
    r"|\*?(?:From|Từ|Người gửi)\*?\s*:\s.*@"
    r")",
    re.IGNORECASE,
)
"""The line with which the letter that is answered begins."""
_SIGNATURE: Final = re.compile(
    r"^(?:--\s*$"
    r"|(?:sent from|get outlook|đã gửi từ|được gửi từ|gửi từ|lấy outlook)\b"
    r"|(?:trân trọng|kính thư|thân mến|thân ái|best regards|kind regards|regards|thanks and regards)[\s,.!]*$"
    r"|(?:this (?:e-?mail|message)|thư (?:điện tử )?này|email này|the information contained|lưu ý bảo mật"
    r"|thông tin trong (?:thư|email)|please consider the environment)\b)",
    re.IGNORECASE,
)
_WRAPPED: Final = re.compile(r"^(?:Vào|Ngày|Lúc|On)\b.{4,200}$", re.IGNORECASE)
_WRAP_END: Final = re.compile(r"(?:đã viết|viết|wrote)\s*:\s*$", re.IGNORECASE)
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
        after = lines[place + 1].strip() if place + 1 < len(lines) else ""
        wrapped = _WRAPPED.match(words) and _WRAP_END.search(after)
        if _HISTORY.match(words) or wrapped or (kept and _SIGNATURE.match(words)):
            break
        kept.append(words)
    return "\n".join(kept).strip()


def html_text(markup: str) -> str:
    """Return the words of an HTML letter, without what it quotes and what it hides."""
    shown = _QUOTED.sub("", _HIDDEN.sub("", markup[: 10 * LONGEST]))
    return html.unescape(_TAG.sub("", _BREAKS.sub("\n", shown.replace("\n", " ")))).replace("\xa0", " ")
