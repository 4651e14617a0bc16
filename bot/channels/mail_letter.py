"""Letters out: our markup as a short letter in plain text and in restrained HTML."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import Policy
from email.utils import format_datetime
from mimetypes import guess_type
from typing import Final, cast

from markupsafe import escape

from handlers.common.conversation import Link, Outgoing, plain

_LONGEST_SUBJECT: Final = 78
_LINK: Final = re.compile(r"https?://[^\s<>&\"]+(?:&amp;[^\s<>&\"]+)*")
_PAGE: Final = (
    '<html lang="vi"><body style="margin:0;padding:16px;font:16px/1.5 Arial,sans-serif;color:#17212d">'
    '<div style="max-width:640px">{}</div></body></html>'
)
_BUTTON: Final = (
    "display:inline-block;margin:0 8px 8px 0;padding:8px 14px;border:1px solid #1f5fa8;border-radius:6px;"
    "color:#1f5fa8;text-decoration:none"
)


class _OneLine(UnstructuredHeader):
    """A header that is never folded: an address, or an id, that is cut in two is none."""

    name: str

    def fold(self, *, policy: "Policy[EmailMessage]") -> str:
        """Return the header as it is."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS: Final = HeaderRegistry()
for _name in ("list-unsubscribe", "in-reply-to", "references"):
    _HEADERS.map_to_type(_name, cast("type[BaseHeader]", _OneLine))
_POLICY: Final = policy.SMTP.clone(header_factory=_HEADERS)


@dataclass(frozen=True, slots=True)
class MailSender:
    """What stands on a letter: `sender` and `name` are ours; `footer` tells how to answer."""

    sender: str
    name: str
    footer: str


def compose(envelope: MailSender, to: str, message: Outgoing, message_id: str, at: datetime) -> EmailMessage:
    """Return a letter with what a message says; its first line is the subject too.

    It bears what keeps machines from answering it (RFC 3834, 5.), and an answer the id of what it answers
    (3.1.5), by which mail programs show both as one talk.
    """
    letter = EmailMessage(policy=_POLICY)
    letter["From"] = Address(envelope.name, addr_spec=envelope.sender)
    letter["To"] = to
    words = plain(message.text)
    letter["Subject"] = _subject(words)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message_id
    letter["Auto-Submitted"] = "auto-replied" if message.thread else "auto-generated"
    if message.thread:
        letter["In-Reply-To"] = letter["References"] = message.thread
    letter["X-Auto-Response-Suppress"] = "All"
    if message.unsubscribe:
        letter["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter.set_content(f"{words}\n\n{envelope.footer}\n")
    letter.add_alternative(_html(message, envelope.footer), subtype="html")
    for paper in message.papers:
        main, _, sub = (guess_type(paper.name)[0] or "application/octet-stream").partition("/")
        letter.add_attachment(paper.data, maintype=main, subtype=sub, filename=paper.name)
    return letter


def _subject(words: str) -> str:
    line = next((line.strip(" .:") for line in words.splitlines() if line.strip()), "Nhắc Việc")
    return line if len(line) <= _LONGEST_SUBJECT else line[: _LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"


def _html(message: Outgoing, footer: str) -> str:
    lines = "<br>\n".join(
        _LINK.sub(r'<a href="\g<0>">\g<0></a>', line) for line in str(message.text).split("\n")
    )
    rows = ("\n".join(map(_button, row)) for row in message.links)
    buttons = "\n".join(f'<p style="margin:0">{row}</p>' for row in rows)
    tail = f'<p style="color:#4d5b6d;font-size:14px">{escape(footer)}</p>'
    return _PAGE.format(f"<p>{lines}</p>{buttons}{tail}")


def _button(link: Link) -> str:
    return f'<a href="{escape(link.url)}" style="{_BUTTON}">{escape(link.label)}</a>'
