"""The mailbox and the server that sends, by the standard library. Every call blocks: it needs a thread."""

import imaplib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from bot.channels.base import SendError

_SECONDS: Final = 20.0
_PORTS: Final = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}
_MOST_BYTES: Final = 28 * 2**20
"""Of a letter: a file of 20 MB in base64."""
_AT_ONCE: Final = 20
_LAST_WORDS: Final = 1.0
"""Seconds that a command under way may still take when the mailbox is closed."""
_GREYLISTED: Final = 300.0
"""Seconds after which a letter that is refused for now is brought again."""
_NO_MAILBOX: Final = frozenset({550, 551, 553})


class MailboxError(Exception):
    """The mailbox cannot be read now; `refused`: user or password are wrong."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """Where a server is, and who we are to it. `safe`: encrypted from the first byte."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    safe: bool = True
    folder: str = "INBOX"


def account_of(url: str) -> ServerAccount:
    """Read "imaps://user:password@host:993/INBOX" or "smtp://...". Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("must look like smtps://user:password@host or imaps://user:password@host/INBOX")
    return ServerAccount(
        parts.hostname,
        parts.port or _PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme.endswith("s"),
        unquote(parts.path.strip("/")) or "INBOX",
    )


def send(account: ServerAccount, sender: str, to: str, letter: EmailMessage) -> None:
    """Send one letter. Raises SendError."""
    with _smtp(account) as server:
        for command, given in ((server.mail, sender), (server.rcpt, to)):
            code, words = command(given)
            if code >= 400:
                raise _refused(code, words, of_chat=command == server.rcpt)
        try:
            code, words = server.data(letter.as_bytes())
        except (OSError, smtplib.SMTPServerDisconnected):
            raise SendError("lost", ambiguous=True, trouble="lost") from None
        except smtplib.SMTPDataError as error:
            said = error.smtp_error
            words = said.encode() if isinstance(said, str) else said
            raise _refused(error.smtp_code, words, of_chat=False) from None
        if code >= 400:
            raise _refused(code, words, of_chat=False)


def probe(account: ServerAccount) -> None:
    """Say hello to the server that sends. Raises SendError."""
    with _smtp(account) as server:
        server.noop()


class Mailbox:
    """Our mailbox: open by one login until it is closed, which may be while another thread uses it."""

    def __init__(self, account: ServerAccount) -> None:
        self._account, self._lock, self._closed = account, threading.Lock(), False
        self._talk = threading.Lock()
        self._opened: imaplib.IMAP4 | None = None

    def open(self) -> None:
        """Log in and choose the folder. Raises MailboxError."""
        box = _connected(self._account)
        with self._lock:
            if not self._closed:
                self._opened = box
        if self._opened is None:
            _log_out(box)
        with self._talk, _told():
            self._box.select(self._account.folder)

    @property
    def _box(self) -> imaplib.IMAP4:
        if self._opened is None or self._closed:
            raise MailboxError("closed")
        return self._opened

    def unseen(self) -> list[tuple[str, bytes | None]]:
        """Return (uid, letter) of what nobody has read yet, the oldest first; None for one that is too long.

        Raises MailboxError.
        """
        with self._talk, _told():
            found = str(self._box.uid("SEARCH", "UNSEEN")[1][0] or b"", "ascii").split()[:_AT_ONCE]
            return [(uid, _letter(self._box, uid)) for uid in found]

    def mark_seen(self, uid: str) -> None:
        """Note that a letter is stored. Raises MailboxError."""
        with self._talk, _told():
            self._box.uid("STORE", uid, "+FLAGS", r"(\Seen)")

    def close(self) -> None:
        """Log out, as far as the server still listens; who reads meanwhile is cut off after a second."""
        with self._lock:
            self._closed, opened = True, self._opened
        if opened is None:
            return
        if not self._talk.acquire(timeout=_LAST_WORDS):
            with suppress(OSError):
                opened.socket().shutdown(socket.SHUT_RDWR)
            self._talk.acquire()
        try:
            _log_out(opened)
        finally:
            self._talk.release()


def _letter(box: imaplib.IMAP4, uid: str) -> bytes | None:
    size = re.search(rb"RFC822\.SIZE (\d+)", _first(box.uid("FETCH", uid, "(RFC822.SIZE)")[1]))
    if size is None or int(size[1]) > _MOST_BYTES:
        return None
    answer = box.uid("FETCH", uid, "(BODY.PEEK[])")[1]
    return next((part[1] for part in answer if isinstance(part, tuple)), None)


def _first(answer: list[object]) -> bytes:
    part = answer[0] if answer else b""
    return part if isinstance(part, bytes) else part[0] if isinstance(part, tuple) else b""


@contextmanager
def _smtp(account: ServerAccount) -> Iterator[smtplib.SMTP]:
    try:
        kind = smtplib.SMTP_SSL if account.safe else smtplib.SMTP
        server = kind(account.host, account.port, timeout=_SECONDS)
    except (OSError, smtplib.SMTPException):
        raise SendError("away", trouble="away") from None
    try:
        _greet(server, account)
        yield server
    except smtplib.SMTPAuthenticationError:
        raise SendError("password", trouble="faulty") from None
    except (OSError, smtplib.SMTPException):
        raise SendError("away", trouble="away") from None
    finally:
        with suppress(OSError, smtplib.SMTPException):
            server.quit()


def _greet(server: smtplib.SMTP, account: ServerAccount) -> None:
    server.ehlo()
    if not account.safe and server.has_extn("starttls"):
        server.starttls(context=ssl.create_default_context())
        server.ehlo()
    if account.user:
        server.login(account.user, account.password)


def _connected(account: ServerAccount) -> imaplib.IMAP4:
    """Connect and log in. Raises MailboxError."""
    kind = imaplib.IMAP4_SSL if account.safe else imaplib.IMAP4
    with _told():
        box = kind(account.host, account.port, timeout=_SECONDS)
    try:
        box.login(account.user, account.password)
    except (OSError, imaplib.IMAP4.error) as error:
        _log_out(box)
        is_refusal = isinstance(error, imaplib.IMAP4.error) and not isinstance(error, imaplib.IMAP4.abort)
        raise MailboxError("login" if is_refusal else type(error).__name__, refused=is_refusal) from None
    return box


def _log_out(box: imaplib.IMAP4) -> None:
    """Log out as far as the server still listens; the connection is closed in any case."""
    try:
        box.logout()
    except (OSError, imaplib.IMAP4.error):
        with suppress(OSError):
            box.shutdown()


@contextmanager
def _told() -> Iterator[None]:
    """Put the library's errors into ours."""
    try:
        yield
    except (OSError, imaplib.IMAP4.error, IndexError) as error:
        raise MailboxError(type(error).__name__) from None


def _refused(code: int, words: bytes, *, of_chat: bool) -> SendError:
    """What a refusal means: for now, for this address, or for this letter."""
    reason = f"{code} {words.decode('utf-8', 'replace')[:120]}"
    if code < 500:
        return SendError(reason, retry_after=_GREYLISTED)
    gone = of_chat and code in _NO_MAILBOX
    return SendError(reason, permanent=True, unreachable=gone)
