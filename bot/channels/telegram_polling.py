"""Asking Telegram for news, through whatever passes by itself."""

import time
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, TelegramError

from bot.channels.base import ChannelError, Raw
from bot.channels.telegram_errors import redacted
from bot.channels.telegram_http import Garbled, TooFast
from bot.channels.telegram_updates import ALLOWED, raw_of
from bot.delivery.patience import growing

LONGEST_PAUSE: Final = 30.0
_BETWEEN_CONFLICTS: Final = 1.0
_OLDER_IS_CALMER: Final = 5
_AT_HOME: Final = 0.4
"""The part of its patience that a program must have polled in peace to count as the older one: a newcomer is
cut off within two pauses between conflicts, and may have been handed something by then."""
UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError)
"""What the library raises at an answer that is not of the form it expects."""
_T = TypeVar("_T")
log = structlog.get_logger()


class Insistence:
    """Repeats a call until it is answered, ever more rarely.

    secret      is kept out of the log
    sleep       waits for so many seconds
    give_up_on  raises ChannelError at a failure that waiting does not mend; a refused token always is one
    """

    def __init__(
        self,
        secret: str,
        sleep: Callable[[float], Awaitable[None]],
        give_up_on: Callable[[TelegramError], None] = lambda _: None,
    ) -> None:
        self._secret, self._sleep, self._give_up_on = secret, sleep, give_up_on

    async def __call__(self, ask: Callable[[], Awaitable[_T]]) -> _T:
        """Return the answer. Raises ChannelError."""
        failures = 0
        failure: TelegramError
        while True:
            try:
                answer = await ask()
            except TelegramError as error:
                failure = error
            except UNREADABLE as error:
                failure = Garbled(f"an unreadable answer, {type(error).__name__}")
            else:
                if failures:
                    log.info("telegram.answers", failures=failures)
                return answer
            if isinstance(failure, InvalidToken | EndPointNotFound):
                raise ChannelError("channel.token")
            self._give_up_on(failure)
            if not failures:
                log.warning("telegram.silent", reason=redacted(self._secret, failure.message))
            await self._sleep(pause_after(failure, failures))
            failures += 1


class Polling:
    """The questions for news. `secret` is kept out of the log; the rest is TelegramChannel's."""

    def __init__(
        self,
        bot: Bot,
        secret: str,
        *,
        seconds: int,
        patience: float,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self.heard_at: float | None = None
        """time.monotonic() of the last good answer."""
        self._bot = bot
        self._insist = Insistence(secret, sleep, self._give_up_on)
        self._seconds = seconds
        self._rivalry = Rivalry(patience, quiet=2.0 * seconds)
        self._at_home_after = _AT_HOME * patience
        self._opened_at = 0.0
        self._offset = 0

    async def open(self) -> str:
        """Return the bot's name; afterwards updates come by polling. Raises ChannelError."""
        name = await self._insist(self._open)
        self._opened_at = time.monotonic()
        return name

    async def next(self) -> list[Raw]:
        """Return the next updates, none after a quiet while. Raises ChannelError.

        Asking again confirms what was returned before: Telegram forgets it.
        """
        raws = await self._insist(self._poll)
        if raws:
            self._offset = int(raws[-1].update_id) + 1
        return raws

    async def _open(self) -> str:
        await self._bot.initialize()
        await self._bot.delete_webhook()
        return self._bot.username

    async def _poll(self) -> list[Raw]:
        question = {"offset": self._offset, "timeout": self._seconds, "allowed_updates": ALLOWED}
        # Under its own name the library asks to use its get_updates, which loses a batch that it cannot read.
        answer = await self._bot.do_api_request("get_Updates", question, read_timeout=self._seconds + 10.0)
        if not isinstance(answer, list):
            raise Garbled("the news are no list")
        raws = [raw for raw in map(raw_of, answer) if raw is not None]
        if len(raws) < len(answer):
            log.warning("telegram.numberless", updates=len(answer) - len(raws))
        if answer and not raws:
            raise Garbled("no update bears a number")
        self.heard_at = time.monotonic()
        return raws

    def _give_up_on(self, failure: TelegramError) -> None:
        if isinstance(failure, Conflict):
            now = time.monotonic()
            if self._rivalry.lost(now, now - self._opened_at > self._at_home_after):
                raise ChannelError("channel.conflict")


class Rivalry:
    """Decides which of two programs on one token stops: the newcomer.

    Each question for news cuts off the other's, so both see conflicts, with good answers in between. A
    program that is killed leaves a question hanging: a short rivalry is none. Times are monotonic seconds.
    """

    def __init__(self, patience: float, quiet: float) -> None:
        self._patience = patience
        self._quiet = quiet
        self._began: float | None = None
        self._last = 0.0
        self._established = False

    def lost(self, now: float, established: bool) -> bool:
        """Count a conflict; return True when it has lasted too long for this program.

        `established` says whether this program had polled for a while before; only at the first conflict of a
        rivalry is it looked at. A rivalry is over after `quiet` seconds without a conflict.
        """
        if self._began is None or now - self._last > self._quiet:
            self._began, self._established = now, established
        self._last = now
        return now - self._began >= self._patience * (_OLDER_IS_CALMER if self._established else 1)


def pause_after(failure: TelegramError, failures: int) -> float:
    """Return the seconds to wait after so many failures before this one."""
    if isinstance(failure, TooFast):
        return failure.seconds
    if isinstance(failure, Conflict):
        return _BETWEEN_CONFLICTS
    return growing(failures, LONGEST_PAUSE)
