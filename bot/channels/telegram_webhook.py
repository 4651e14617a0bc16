"""Updates that Telegram brings: it is told our address, and asked now and then whether it still has it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import structlog
from telegram import Bot

from bot.channels.base import Accept, Raw, WebhookEndpoint
from bot.channels.telegram_errors import keep_out_of_logs
from bot.channels.telegram_polling import Insistence
from bot.channels.telegram_updates import ALLOWED, raw_of
from bot.channels.webhook_secrets import derived

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
LOOKED_AT_EVERY: Final = 25.0
log = structlog.get_logger()


class Webhook:
    """The webhook of one bot below the address `public`. `insist` repeats a call until it is answered."""

    def __init__(
        self,
        bot: Bot,
        token: str,
        public: str,
        insist: Insistence,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.heard_at: float | None = None
        """time.monotonic() of the last update, or of the last look that found the webhook in its place."""
        path = f"/telegram/{derived(token, 'telegram path')[:32]}"
        self._secret = derived(token, "telegram secret")
        keep_out_of_logs(self._secret)
        self.endpoint = WebhookEndpoint(path, HEADER, self._secret, self._take)
        self._bot, self._insist, self._sleep = bot, insist, sleep
        self._address = f"{public}{path}"
        self._accept: Accept | None = None

    async def open(self) -> str:
        """Let Telegram bring updates from now on; return the bot's name. What waits for us is kept.

        One connection at a time, so that what is said in a chat comes in its order. Raises ChannelError.
        """
        return await self._insist(self._open)

    async def run(self, accept: Accept) -> None:
        """Receive until cancelled. Raises ChannelError."""
        self._accept = accept
        try:
            while True:
                self.heard_at = time.monotonic()
                await self._sleep(LOOKED_AT_EVERY)
                if (await self._insist(self._bot.get_webhook_info)).url != self._address:
                    log.warning("telegram.webhook_changed")
                    await self._insist(self._open)
        finally:
            self._accept = None

    async def _open(self) -> str:
        await self._bot.initialize()
        await self._bot.set_webhook(
            self._address, allowed_updates=list(ALLOWED), secret_token=self._secret, max_connections=1
        )
        return self._bot.username

    async def _take(self, update: object) -> bool:
        """Store an update; False where nothing is received at present: Telegram shall bring it again."""
        if self._accept is None:
            return False
        raws: Sequence[Raw] = [raw for raw in [raw_of(update)] if raw is not None]
        if raws:
            await self._accept(raws)
        else:
            log.warning("telegram.numberless", updates=1)
        self.heard_at = time.monotonic()
        return True
