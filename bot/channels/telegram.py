"""Telegram by long polling or by webhook: stored before it is confirmed, sent or told why not."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Self, TypeVar

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.constants import FileSizeLimit, MessageLimit, ParseMode
from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.channels import telegram_updates
from bot.channels.base import Accept, ChannelError, Raw, SendError, WebhookEndpoint
from bot.channels.telegram_errors import keep_out_of_logs, redacted, secret_of, send_error
from bot.channels.telegram_http import LimitedRequest
from bot.channels.telegram_polling import UNREADABLE, Insistence, Polling
from bot.channels.telegram_webhook import Webhook
from handlers.common.capabilities import Capabilities, Limit, Rates
from handlers.common.conversation import Attachment, Choice, Incoming, MenuEntry, Outgoing

_FILE_SECONDS: Final = 60.0
_AT_ONCE: Final = 160
"""Connections: for all that the courier has in hand where answers are slow, and for answers to people."""
RATES: Final = Rates(overall=Limit(30, 1.006), gap=0.029, private=Limit(3, 3.0), group=Limit(20, 61.0))
"""Telegram answers 429 beyond 30 in a second, counted when they arrive: so they go one by one. It takes one a
second to a person, where three may come at once, the parts of one answer; and twenty a minute to a group."""
CAPABILITIES: Final = Capabilities(
    longest_text=MessageLimit.MAX_TEXT_LENGTH.value,
    files_in=FileSizeLimit.FILESIZE_DOWNLOAD.value,
    files_out=FileSizeLimit.FILESIZE_UPLOAD.value,
    voice=True,
    groups=True,
    progress="replaced",
    rates=RATES,
)
_T = TypeVar("_T")
log = structlog.get_logger()


class TelegramChannel:
    """A channel to people's phones. Use it as `async with`; `run` receives, all else works beside it.

    token         as BotFather gave it; it never appears in an error or a log
    api_url       Telegram's, or that of a Bot API server of one's own
    proxy         an http or https address through which everything goes
    now           the program's clock, for what bears no time of its own
    public        the https address of our web server, to which updates are brought; None: they are asked for
    poll_seconds  how long the server keeps a question for news open
    patience      seconds for which another program on the same token is tolerated at the start
    sleep         waits for so many seconds
    """

    name: str = "telegram"
    capabilities: Capabilities = CAPABILITIES

    def __init__(
        self,
        token: str,
        api_url: str = "https://api.telegram.org",
        proxy: str | None = None,
        *,
        now: Callable[[], datetime],
        public: str | None = None,
        poll_seconds: int = 25,
        patience: float = 8.0,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.username: str | None = None
        """The bot's name without the @, once the server has told it."""
        self._named = asyncio.Event()
        self._secret = secret_of(token)
        keep_out_of_logs(self._secret)
        self._now = now
        self._bot = _bot(token, api_url.rstrip("/"), proxy)
        self._polling = Polling(self._bot, self._secret, seconds=poll_seconds, patience=patience, sleep=sleep)
        self._insist = Insistence(self._secret, sleep)
        self._webhook = Webhook(self._bot, token, public, self._insist, sleep) if public else None
        self._answering: set[asyncio.Task[None]] = set()

    @property
    def heard_at(self) -> float | None:
        """time.monotonic() of the last good answer to a question for news, or sign of the webhook."""
        return self._webhook.heard_at if self._webhook else self._polling.heard_at

    @property
    def endpoints(self) -> tuple[WebhookEndpoint, ...]:
        """Where updates are brought; none where they are asked for."""
        return (self._webhook.endpoint,) if self._webhook else ()

    async def __aenter__(self) -> Self:
        """Ask once for the bot's name; `run` asks on where the network is away. Raises ChannelError."""
        try:
            await self._bot.initialize()
        except (InvalidToken, EndPointNotFound):
            refused = True
        except TelegramError as error:
            refused = False
            log.warning("telegram.silent", reason=redacted(self._secret, error.message))
        except UNREADABLE as error:
            refused = False
            log.warning("telegram.silent", reason=f"an unreadable answer, {type(error).__name__}")
        else:
            self._call_it(self._bot.username)
            return self
        if refused:  # not from within the except: the library's error holds the token
            await self._bot.shutdown()
            raise ChannelError("channel.token")
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self._bot.shutdown()

    def can(self, chat: str) -> Capabilities:
        """Return what it can do in each chat alike."""
        return self.capabilities

    async def run(self, accept: Accept) -> None:
        """Receive until cancelled; what `accept` raises goes through, and its batch stays unconfirmed.

        Raises ChannelError "channel.token" (refused, or taken back) or "channel.conflict" (a second program).
        """

        async def stored(raws: Sequence[Raw]) -> None:
            await accept(raws)
            self._acknowledge(raws)

        if self._webhook is not None:
            self._call_it(await self._webhook.open())
            await self._webhook.run(stored)
        self._call_it(await self._polling.open())
        while True:
            if raws := await self._polling.next():
                await stored(raws)

    async def meet(self) -> None:
        """Learn the bot's name, however long the network is away: for who sends and does not receive.

        Raises ChannelError.
        """
        await self._insist(self._bot.initialize)
        self._call_it(self._bot.username)

    async def named(self) -> str:
        """Return the bot's name without the @; wait for it where the network is away."""
        await self._named.wait()
        return self.username or ""

    def _call_it(self, name: str) -> None:
        self.username = name
        self._named.set()

    def parse(self, raw: Raw) -> Incoming | None:
        """Understand an update: see telegram_updates.parse_update.

        One that names two chats is refused: it would be answered in the wrong one.
        """
        incoming = telegram_updates.parse_update(raw, username=self.username, now=self._now)
        if incoming is not None and incoming.chat != raw.chat:
            raise ValueError(f"update {raw.update_id} names two chats")
        return incoming

    def reachability(self, raw: Raw) -> bool | None:
        """Return False where the chat has just shut the bot out, True where it let it in, else None."""
        return telegram_updates.reachability(raw)

    def moved_to(self, raw: Raw) -> str | None:
        """Return the supergroup that a group has become."""
        return telegram_updates.moved_to(raw)

    async def send(self, chat: str, message: Outgoing) -> str:
        """Send text and buttons, then the papers, then set the menu; return the id of the first message.

        A menu that is refused is logged only. Where a paper fails after the text has gone, the SendError is
        `ambiguous`: sending again would double the text. A `reason` of telegram_errors.UNREACHABLE lies with
        the chat, any other with the message or the moment. What was said in a topic that is closed now is
        answered outside it. Raises SendError.
        """
        try:
            return await self._send(chat, message)
        except SendError as error:
            if error.reason != "topic_gone" or error.ambiguous or not message.thread:
                raise
        return await self._send(chat, replace(message, thread=""))

    async def _send(self, chat: str, message: Outgoing) -> str:
        sent: list[str] = []
        try:
            if message.text.strip() or not message.papers:
                sent.append(await self._ask(self._text(chat, message)))
            for paper in message.papers:
                document = self._bot.send_document(
                    chat,
                    paper.data,
                    filename=paper.name,
                    read_timeout=_FILE_SECONDS,
                    write_timeout=_FILE_SECONDS,
                    message_thread_id=_thread(message),
                )
                sent.append(str((await self._ask(document)).message_id))
        except SendError as error:
            error.ambiguous = error.ambiguous or bool(sent)
            raise
        if message.menu is not None:
            await self._menu(message.menu, BotCommandScopeChat(int(chat)))
        return sent[0]

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file's bytes, at most 20 MB. Raises SendError, also "too_big" and "gone"."""
        if attachment.size > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise SendError("too_big", permanent=True)
        file = await self._ask(self._bot.get_file(attachment.key))
        if file.file_path is None:
            raise SendError("gone", permanent=True)
        return bytes(await self._ask(file.download_as_bytearray(read_timeout=_FILE_SECONDS)))

    async def probe(self) -> None:
        """Ask for the bot's name. Raises SendError."""
        await self._ask(self._bot.get_me())

    async def set_default_menu(self, entries: Sequence[MenuEntry]) -> None:
        """Set the menu that strangers see; a refusal is logged only."""
        await self._menu(entries, BotCommandScopeDefault())

    async def _text(self, chat: str, message: Outgoing) -> str:
        """Send a text, or put it in the place of a notice; return its id.

        Of the answer nothing else is read: to build the library's objects takes its time.
        """
        parameters: dict[str, Any] = {
            "chat_id": chat,
            "text": str(message.text),
            "parse_mode": ParseMode.HTML,
            "link_preview_options": {"is_disabled": True},
        }
        if message.thread:
            parameters["message_thread_id"] = _thread(message)
        if message.choices:
            parameters["reply_markup"] = {"inline_keyboard": _keyboard(message.choices)}
        if message.replaces:
            parameters["message_id"] = int(message.replaces)
        # Under their own names the library asks to use its methods.
        deed = "edit_Message_Text" if message.replaces else "send_Message"
        answer = await self._bot.do_api_request(deed, parameters)
        return str(int(answer["message_id"]))

    async def _menu(self, entries: Sequence[MenuEntry], scope: BotCommandScope) -> None:
        commands = [BotCommand(entry.command, entry.description) for entry in entries]
        try:
            await self._ask(self._bot.set_my_commands(commands, scope))
        except SendError as error:
            log.warning("telegram.menu_refused", reason=error.reason)

    def _acknowledge(self, raws: Sequence[Raw]) -> None:
        """Stop the spinning on pressed buttons, beside all else: it may fail, it may not hold up the news."""
        for press in filter(None, map(telegram_updates.press_id, raws)):
            task = asyncio.create_task(self._answer(press))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer(self, press: str) -> None:
        try:
            await self._ask(self._bot.answer_callback_query(press))
        except SendError as error:
            log.debug("telegram.press_unanswered", reason=error.reason)

    async def _ask(self, call: Awaitable[_T]) -> _T:
        """Await a call of the library; raise its error as ours, without a trace of the library's own."""
        try:
            return await call
        except TelegramError as error:
            failure = send_error(error, self._secret)
        except UNREADABLE:
            # It was carried out, but the result cannot be read.
            failure = SendError("garbled", ambiguous=True, trouble="faulty")
        raise failure


def _bot(token: str, api_url: str, proxy: str | None) -> Bot:
    try:
        asking, acting = LimitedRequest(1, proxy), LimitedRequest(_AT_ONCE, proxy, seconds=15.0)
        return Bot(token, f"{api_url}/bot", f"{api_url}/file/bot", acting, asking)
    except InvalidToken:
        key = "channel.token"
    except ValueError:
        key = "channel.proxy"
    raise ChannelError(key)


def _keyboard(choices: Sequence[Sequence[Choice]]) -> list[list[dict[str, str]]]:
    return [[{"text": choice.label, "callback_data": choice.data} for choice in row] for row in choices]


def _thread(message: Outgoing) -> int | None:
    """Return the topic of a group, as the server knows it."""
    return int(message.thread) if message.thread else None
