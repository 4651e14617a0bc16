"""What the tests of the mail channel share: a server, a database and the channel between them."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

from markupsafe import Markup

from bot.channels.base import Accept
from bot.channels.mail import MailChannel
from bot.channels.mail_letter import MailSender
from bot.channels.mail_servers import ServerAccount
from handlers.common.conversation import Outgoing
from storage.database.engine import Database
from storage.database.opening import open_database
from tests.mailserver import MailServer
from tests.mailserver.server import OWN, PASSWORD

NOW = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
FOOTER = "Trả lời (Reply) ngay vào thư này."
LAN = "lan@songoaivu.example"
NUDGE = Outgoing(Markup("Việc sắp đến hạn\n<b>1.</b> Báo cáo 6 tháng: https://nhacviec.example/toi"))


def channel_of(server: MailServer, database: Database, *, password: str = PASSWORD) -> MailChannel:
    """The channel on a server of the tests; it looks into its mailbox all the time."""
    return MailChannel(
        ServerAccount("127.0.0.1", server.smtp_port, "", "", safe=False),
        ServerAccount("127.0.0.1", server.imap_port, OWN, password, safe=False),
        MailSender(OWN, "Nhắc Việc", FOOTER),
        database,
        now=lambda: NOW,
        every=0.05,
    )


@contextlib.asynccontextmanager
async def receiving(server: MailServer, accept: Accept) -> AsyncIterator[MailChannel]:
    """The channel, which receives, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        database = await open_database(Path(folder) / "mail.db")
        async with channel_of(server, database) as channel:
            task = asyncio.create_task(channel.run(accept))
            try:
                yield channel
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        await database.close()
