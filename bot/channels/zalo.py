"""Zalo by its bot platform: updates are brought by webhook or asked for, texts are sent."""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from http import HTTPStatus
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

import structlog

from bot.channels import zalo_updates
from bot.channels.base import Accept, ChannelError, Raw, SendError, WebhookEndpoint
from bot.channels.webhook_secrets import derived
from bot.channels.zalo_client import BotIdentity, Rejected, ZaloClient, ZaloError
from bot.channels.zalo_errors import send_error
from bot.channels.zalo_text import styled
from bot.delivery.patience import growing
from handlers.common.capabilities import Capabilities, Limit, Quota, Rates
from handlers.common.conversation import Attachment, Incoming, Outgoing

CAPABILITIES: Final = Capabilities(
    longest_text=2000,
    buttons=False,
    menu=False,
    files_in=0,
    files_out=0,
    rates=Rates(Limit(10, 1.0), 0.1, Limit(3, 3.0), Limit(20, 61.0)),
    quota=Quota(messages=3000, people=50),
)
HEADER: Final = "X-Bot-Api-Secret-Token"
_MOST_BYTES: Final = 20 * 2**20
_POLL_SECONDS: Final = 30
_CHECKED_EVERY: Final = 25.0
"""Seconds after which it is looked whether updates are still brought to us."""
_LONGEST_PAUSE: Final = 60.0
_T = TypeVar("_T")
log = structlog.get_logger()


def channel_name(token: str) -> str:
    """Return the name of a bot's channel: it lasts as long as the bot, also when its token is renewed."""
    bot = token.partition(":")[0]
    return f"zalo:{hashlib.sha256(bot.encode()).hexdigest()[:10]}"


async def _nothing_held(_: str) -> bytes | None:
    return None


class ZaloChannel:
    """A channel to people's phones through one bot. Use it as `async with`; `run` receives.

    token    as the bot's maker was given it; it never appears in an error or a log
    api_url  Zalo's, or that of a server that plays it
    now      the program's clock, for what bears no time of its own
    public   the https address under which our web server is reached; None: updates are asked for, which loses
             whatever is said while nobody asks
    held     returns a file that came by our own form, by its key; None where it is not kept any more
    sleep    waits for so many seconds
    """

    capabilities: Capabilities = CAPABILITIES

    def __init__(
        self,
        token: str,
        api_url: str = "https://bot-api.zaloplatforms.com",
        *,
        now: Callable[[], datetime],
        public: str | None = None,
        held: Callable[[str], Awaitable[bytes | None]] = _nothing_held,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.name: str = channel_name(token)
        self.bot_name: str = ""
        """The name under which people find the bot, once the server has told it."""
        self.heard_at: float | None = None
        self._client = ZaloClient(token, api_url)
        self._origin = _origin(api_url)
        self._now, self._held, self._sleep = now, held, sleep
        self._accept: Accept | None = None
        self._secret = derived(token, "zalo secret")
        path = f"/zalo/{derived(token, 'zalo path')[:32]}"
        self._address = f"{public}{path}" if public else ""
        brought = WebhookEndpoint(path, HEADER, self._secret, self._take)
        self.endpoints: tuple[WebhookEndpoint, ...] = (brought,) if public else ()
        """Where updates are brought; none where they are asked for."""

    async def __aenter__(self) -> Self:
        """Ask once for the bot's name; `run` asks on where the network is away. Raises ChannelError."""
        await self._client.__aenter__()
        try:
            self._call_it(await self._client.get_me())
        except ZaloError as error:
            if send_error(error).reason == "token":
                await self._client.__aexit__()
                raise ChannelError("channel.zalo_token") from None
            log.warning("zalo.silent", channel=self.name, reason=str(error))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.__aexit__()

    def can(self, chat: str) -> Capabilities:
        """Return what it can do in each chat alike."""
        return self.capabilities

    async def run(self, accept: Accept) -> None:
        """Receive until cancelled; what `accept` raises goes through, to whoever brought the update.

        A token that is taken back ends nothing: other channels go on, and the sign of life stays away.
        """
        if not self._address:
            await self._ask_on(accept)
        self._accept = accept
        try:
            await self._be_brought()
        finally:
            self._accept = None

    async def _be_brought(self) -> None:
        """Let updates be brought, and look now and then whether they still are."""
        await self._insist(lambda: self._client.set_webhook(self._address, self._secret))
        while True:
            self.heard_at = time.monotonic()
            await self._sleep(_CHECKED_EVERY)
            if await self._insist(self._client.webhook_url) != self._address:
                log.warning("zalo.webhook_changed", channel=self.name)
                await self._insist(lambda: self._client.set_webhook(self._address, self._secret))

    async def _ask_on(self, accept: Accept) -> None:
        """Ask for one update after another."""
        await self._insist(self._client.delete_webhook)
        while True:
            update = await self._insist(lambda: self._client.get_update(_POLL_SECONDS))
            self.heard_at = time.monotonic()
            if update is not None and (raw := zalo_updates.raw_of(update)) is not None:
                await accept([raw])

    async def _take(self, body: object) -> bool:
        """Store an update that was brought; False where nothing is received at present."""
        if self._accept is None:
            return False
        raw = zalo_updates.raw_of(body)
        if raw is not None:
            await self._accept([raw])
        self.heard_at = time.monotonic()
        return True

    async def _insist(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """Ask until there is an answer, ever more rarely."""
        failures = 0
        while True:
            try:
                answer = await ask()
            except ZaloError as error:
                if not failures:
                    self._complain(error)
            else:
                if failures:
                    log.info("zalo.answers", channel=self.name, failures=failures)
                return answer
            await self._sleep(growing(failures, _LONGEST_PAUSE))
            failures += 1

    def _complain(self, error: ZaloError) -> None:
        """Log that a call fails: loudly where it is refused, for then somebody has to mend the settings."""
        if isinstance(error, Rejected):
            log.error("zalo.refused", channel=self.name, reason=str(error))
        else:
            log.warning("zalo.silent", channel=self.name, reason=str(error))

    def parse(self, raw: Raw) -> Incoming | None:
        """Understand an update: see zalo_updates.parse_update."""
        return zalo_updates.parse_update(raw, channel=self.name, now=self._now)

    def uploaded(self, chat: str, words: str, file: Attachment) -> Raw:
        """Return the update of a file that came by our form, with the words that came along."""
        return zalo_updates.uploaded(chat, words, file)

    def reachability(self, raw: Raw) -> bool | None:
        """Return None: Zalo does not tell who shuts a bot out."""
        return None

    def moved_to(self, raw: Raw) -> str | None:
        """Return None: a chat keeps its id."""
        return None

    async def send(self, chat: str, message: Outgoing) -> str:
        """Send one text, in its styles where the server takes them; return its id. Raises SendError."""
        text, styles = styled(message.text)
        try:
            try:
                return await self._client.send_message(chat.removeprefix("-"), text, styles)
            except Rejected as rejected:
                if rejected.code != HTTPStatus.BAD_REQUEST or not styles:
                    raise
            return await self._client.send_message(chat.removeprefix("-"), text, ())
        except ZaloError as error:
            failure = send_error(error)
        raise failure

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the bytes of a picture, or of a file that came by our form.

        Raises SendError, also where a picture's address is not one of the internet.
        """
        if (key := zalo_updates.held_key(attachment)) is not None:
            return await self._kept(key)
        if not self._is_outside(attachment.key):
            raise SendError("gone", permanent=True)
        try:
            return await self._client.download(attachment.key, _MOST_BYTES)
        except ZaloError as error:
            failure = send_error(error)
        raise failure

    async def _kept(self, key: str) -> bytes:
        data = await self._held(key)
        if data is None:
            raise SendError("gone", permanent=True)
        return data

    async def probe(self) -> None:
        """Ask for the bot's name. Raises SendError."""
        try:
            self._call_it(await self._client.get_me())
        except ZaloError as error:
            failure = send_error(error)
        else:
            return
        raise failure

    def _call_it(self, identity: BotIdentity) -> None:
        self.bot_name = identity.name

    def _is_outside(self, address: str) -> bool:
        """Whether an address is Zalo's own, or a named host by https: none of a machine near us."""
        host = urlsplit(address).hostname or ""
        named = host.rpartition(".")[2].isalpha() and not host.endswith((".local", ".internal", ".lan"))
        return _origin(address) == self._origin or (address.startswith("https://") and "." in host and named)


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
