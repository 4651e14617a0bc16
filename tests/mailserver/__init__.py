"""A mail server of the tests: it takes letters by SMTP, keeps mailboxes, and lets ours be read by IMAP."""

from tests.mailserver.server import MailServer

__all__ = ["MailServer"]
