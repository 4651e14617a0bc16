"""The server: real SMTP by aiosmtpd, and as much IMAP as a program that polls a mailbox speaks.

Its manners are those of real ones: greylisting, unknown mailboxes, a lost answer, an outage.
"""

import contextlib
import email
import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OWN = "nhacviec@tinh.example"
PASSWORD = "mat-khau-thu"


@dataclass
class State:
    """What the server holds. `boxes` are the letters that arrived, by address, as bytes."""

    boxes: dict[str, list[bytes]] = field(default_factory=lambda: {OWN: []})
    seen: set[int] = field(default_factory=set)
    greylists: set[str] = field(default_factory=set)
    """Addresses whose next letter is refused for now."""
    loses_answers: int = 0
    """So many letters are taken, and the connection breaks before the answer."""
    search_takes: float = 0.0
    """Seconds before a search is answered."""
    polls: int = 0
    logins: int = 0


class _Handler:
    def __init__(self, state: State) -> None:
        self._state = state

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self._state.greylists:
            self._state.greylists.discard(address)
            return "451 4.7.1 Greylisted, please come again"
        if address not in self._state.boxes:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        for address in envelope.rcpt_tos:
            self._state.boxes[address].append(content)
        if self._state.loses_answers:
            self._state.loses_answers -= 1
            transport: Any = server.transport
            transport.abort()
        return "250 Taken"


class _Imap(socketserver.StreamRequestHandler):
    """One connection. Commands: LOGIN, SELECT, UID SEARCH, UID FETCH, UID STORE, LOGOUT."""

    state: State

    def handle(self) -> None:
        self._say("* OK IMAP4rev1 here")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            self._do(tag, command)
            if command.upper().startswith("LOGOUT"):
                return

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _do(self, tag: str, command: str) -> None:
        words = command.split()
        name = " ".join(words[:2]).upper() if words[0].upper() == "UID" else words[0].upper()
        if name == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif name == "LOGIN":
            if PASSWORD not in command:
                self._say(f"{tag} NO [AUTHENTICATIONFAILED] wrong")
                return
            self.state.logins += 1
        elif name == "SELECT":
            self._say(f"* {len(self.state.boxes[OWN])} EXISTS")
        elif name == "UID SEARCH":
            self.state.polls += 1
            time.sleep(self.state.search_takes)
            unseen = [n for n in range(1, len(self.state.boxes[OWN]) + 1) if n not in self.state.seen]
            self._say(" ".join(["* SEARCH", *map(str, unseen)]))
        elif name == "UID FETCH":
            self._fetch(int(words[2]), command)
        elif name == "UID STORE":
            self.state.seen.add(int(words[2]))
        elif name == "LOGOUT":
            self._say("* BYE")
        self._say(f"{tag} OK done")

    def _fetch(self, uid: int, command: str) -> None:
        data = self.state.boxes[OWN][uid - 1]
        if "SIZE" in command:
            self._say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(data)})")
        else:
            self._say(f"* {uid} FETCH (UID {uid} BODY[] {{{len(data)}}}")
            self.wfile.write(data)
            self._say(")")


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class MailServer:
    """The server, from `with` on. People are their addresses."""

    def __init__(self) -> None:
        self.state = State()

    def __enter__(self) -> "MailServer":
        self._up()
        return self

    def __exit__(self, *_: object) -> None:
        self._down()

    def _up(self, smtp_port: int = 0, imap_port: int = 0) -> None:
        self.smtp_port = smtp_port or _free_port()
        self._smtp = Controller(_Handler(self.state), "127.0.0.1", self.smtp_port, ready_timeout=30)
        self._smtp.start()
        handler = type("Imap", (_Imap,), {"state": self.state})
        self._imap = socketserver.ThreadingTCPServer(
            ("127.0.0.1", imap_port), handler, bind_and_activate=False
        )
        self._imap.allow_reuse_address = True
        self._imap.daemon_threads = True
        self._imap.server_bind()
        self._imap.server_activate()
        self.imap_port = int(self._imap.server_address[1])
        self._thread = threading.Thread(target=self._imap.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def _down(self) -> None:
        self._smtp.stop()
        self._imap.shutdown()
        self._imap.server_close()
        self._thread.join()

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """Let nothing be reached for the length of a block."""
        ports = self.smtp_port, self.imap_port
        self._down()
        try:
            yield
        finally:
            self._up(*ports)

    def opens(self, address: str) -> None:
        """Let somebody have a mailbox."""
        self.state.boxes.setdefault(address, [])

    def letters(self, address: str) -> list[EmailMessage]:
        """What arrived in somebody's mailbox."""
        read = (email.message_from_bytes(data, policy=policy.default) for data in self.state.boxes[address])
        return [letter for letter in read if isinstance(letter, EmailMessage)]

    def writes(self, sender: str, text: str, **more: Any) -> bytes:
        """Let somebody write us a letter; see `letter_of`."""
        data = letter_of(sender, text, **more)
        self.state.boxes[OWN].append(data)
        return data

    def answers(self, sender: str, text: str, **more: Any) -> bytes:
        """Let somebody answer the last letter that we sent them, with its history below, as programs do."""
        last = self.letters(sender)[-1]
        body = last.get_body(("plain",))
        assert body is not None
        quoted = re.sub(r"^", "> ", body.get_content(), flags=re.MULTILINE)
        history = f"{text}\n\nVào Th 4, 10 thg 6, 2026 vào lúc 08:00 Nhắc Việc <{OWN}>\nđã viết:\n\n{quoted}"
        return self.writes(sender, history, reply_to=str(last["Message-ID"]), **more)


_NUMBERS = iter(range(1, 10**9))


def letter_of(
    sender: str,
    text: str,
    *,
    name: str = "Lan",
    subject: str = "Re: Nhắc việc",
    reply_to: str = "",
    files: tuple[tuple[str, bytes], ...] = (),
    markup: str = "",
    headers: dict[str, str] | None = None,
    message_id: str = "",
) -> bytes:
    """Return a letter as a mail program writes it."""
    letter = EmailMessage(policy=policy.SMTP)
    letter["From"] = f"{name} <{sender}>"
    letter["To"] = OWN
    letter["Subject"] = subject
    letter["Message-ID"] = message_id or f"<{next(_NUMBERS)}@mail.example>"
    if reply_to:
        letter["In-Reply-To"] = reply_to
        letter["References"] = reply_to
    for header, value in (headers or {}).items():
        letter[header] = value
    letter.set_content(text)
    if markup:
        letter.add_alternative(markup, subtype="html")
    for file, data in files:
        letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=file)
    return letter.as_bytes()
