"""A mail server for the tests of the mail channel."""

from collections.abc import Iterator

import pytest

from tests.bot.channels.mail_kit import LAN
from tests.mailserver import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """One with a mailbox of somebody's beside ours."""
    with MailServer() as server:
        server.opens(LAN)
        yield server
