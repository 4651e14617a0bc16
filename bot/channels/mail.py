"""E-mail: the one channel that every office has, on servers that are the State's own.

A sender's address proves nothing. Whoever answers a letter of ours shows by its id that it was sent to them.
"""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final, Self

import structlog

from bot.channels import mail_servers, mail_updates
from bot.channels.base import Accept, Raw, SendError, WebhookEndpoint
from bot.channels.mail_ids import MailIds, address_of
from bot.channels.mail_letter import MailSender, compose
from bot.channels.mail_servers import MailboxError, ServerAccount
from bot.channels.webhook_secrets import derived
from bot.delivery.patience import growing, patiently
from documents.reading.proof import is_secret
from handlers.common.capabilities import Capabilities, Limit, Rates
from handlers.common.conversation import Attachment, Incoming, Outgoing
from storage.common import page_message_store
from storage.database.engine import Database

CAPABILITIES: Final = Capabilities(
    longest_text=50_000,
    buttons=False,
    button_links=True,
    menu=False,
    progress="none",
    rates=Rates(Limit(10, 1.0), 0.1, Limit(6, 60.0), Limit(6, 60.0)),
)
_LONGEST_PAUSE: Final = 300.0
_UNPROVEN: Final = Limit(2, 3600.0)
"""How often an address gets the list for letters that anybody could have sent in its name."""
_MARKED: Final = "(MAT)"
"""The name of a file that bears a secrecy mark: it is refused by that (domain.common.secrecy_names)."""
_log = structlog.get_logger()


class MailChannel:
    """A channel to people's mailboxes. Use it as `async with`; `run` receives.

    sends, box  the accounts of the server that sends, and of our mailbox
    envelope    our address, our name, and how to answer
    every       seconds between two looks into the mailbox
    """

    name = "mail"
    capabilities: Capabilities = CAPABILITIES
    endpoints: tuple[WebhookEndpoint, ...] = ()

    def __init__(
        self,
        sends: ServerAccount,
        box: ServerAccount,
        envelope: MailSender,
        database: Database,
        *,
        now: Callable[[], datetime],
        every: float = 20.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.heard_at: float | None = None
        self._sends, self._box, self._envelope = sends, box, envelope
        self._database, self._now, self._every, self._sleep = database, now, every, sleep
        secret = derived(box.password, "letters")
        self._ids = MailIds(secret, envelope.sender.rpartition("@")[2])
        self._shown: defaultdict[str, deque[float]] = defaultdict(lambda: deque(maxlen=_UNPROVEN.messages))

    async def __aenter__(self) -> Self:
        """Do nothing: servers are greeted for each letter."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Do nothing."""

    def can(self, chat: str) -> Capabilities:
        """Return what it can do in each chat alike."""
        return self.capabilities

    async def run(self, accept: Accept) -> None:
        """Look into the mailbox until cancelled; a letter is marked as read once it is stored."""
        failures = 0
        while True:
            try:
                await self._look(accept)
            except MailboxError as error:
                if not failures:
                    log = _log.error if error.refused else _log.warning
                    log("mailbox_not_read", reason=str(error))
                failures += 1
                await self._sleep(growing(failures - 1, _LONGEST_PAUSE))
            else:
                failures, self.heard_at = 0, time.monotonic()
                await self._sleep(self._every)

    async def _look(self, accept: Accept) -> None:
        """Take what nobody has read yet, by one login."""
        box = mail_servers.Mailbox(self._box)
        try:
            await asyncio.to_thread(box.open)
            for uid, data in await asyncio.to_thread(box.unseen):
                if data is None:
                    _log.warning("letter_too_long", uid=uid)
                else:
                    await self._take(accept, data)
                await asyncio.to_thread(box.mark_seen, uid)
        finally:
            # Cut off here, a call that no thread has begun must not be taken back: the login would stay open.
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(None, box.close))

    async def _take(self, accept: Accept, data: bytes) -> None:
        letter = await asyncio.to_thread(mail_updates.read_letter, data, self._ids, self._envelope.sender)
        if letter is None or (letter.kind == "unproven" and self._has_shown(letter.chat)):
            _log.info("letter_passed_over")
            return
        await accept(await mail_updates.updates_of(letter, self._now(), self._keep))

    def _has_shown(self, chat: str) -> bool:
        """Whether an address has got the list often enough within the hour; count it if not."""
        times, now = self._shown[chat], time.monotonic()
        if len(times) == _UNPROVEN.messages and times[0] + _UNPROVEN.seconds > now:
            return True
        times.append(now)
        return False

    async def _keep(self, chat: str, name: str, data: bytes) -> Attachment:
        """Keep a file of a letter; of one that bears a secrecy mark nothing but that it does."""
        if await is_secret(data):
            return Attachment(_MARKED, len(data), "")
        now = self._now()
        kept = await patiently(
            lambda: self._database.write(
                lambda conn: page_message_store.keep_file(conn, chat, name, data, now)
            )
        )
        return Attachment(name, len(data), kept.key)

    def pressed(self, chat: str, data: str, update_id: str) -> Raw:
        """Return the update that a button of a letter makes, whose page was confirmed."""
        at = self._now().astimezone(UTC).isoformat()
        return Raw(update_id, chat, {"name": chat, "at": at, "text": "", "press": data, "file": None})

    def parse(self, raw: Raw) -> Incoming | None:
        """Understand an update: see mail_updates.parse_update."""
        return mail_updates.parse_update(raw, channel=self.name)

    def reachability(self, raw: Raw) -> bool | None:
        """Return False where a letter came back from an address."""
        return False if raw.payload.get("bounce") else None

    def moved_to(self, raw: Raw) -> str | None:
        """Return None: an address keeps its name."""
        return None

    async def send(self, chat: str, message: Outgoing) -> str:
        """Send one letter; return its Message-ID. Raises SendError."""
        if address_of(chat) != chat:
            raise SendError("no address", permanent=True, unreachable=True)
        message_id = self._ids.new(chat)
        letter = compose(self._envelope, chat, message, message_id, self._now())
        await asyncio.to_thread(partial(mail_servers.send, self._sends, self._envelope.sender, chat, letter))
        return message_id

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the bytes of a file that came with a letter. Raises SendError."""
        async with self._database.reading() as conn:
            found = await page_message_store.file_data(conn, attachment.key)
        if found is None:
            raise SendError("gone", permanent=True)
        return found[1]

    async def probe(self) -> None:
        """Say hello to the server that sends. Raises SendError."""
        await asyncio.to_thread(mail_servers.probe, self._sends)
