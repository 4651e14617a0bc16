"""The channels as the contract's tests see them: a phone on one side, the channel on the other."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.channels.base import Accept, Channel, Raw
from bot.channels.sandbox import Message, Phone, WebChannel
from handlers.common.conversation import Paper, plain
from tests.bot.channels import telegram_kit

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
UNKNOWN_CHAT = "999999"


@dataclass(frozen=True, slots=True)
class Handset:
    """A phone before a channel that receives; `down` lets the channel's server be away for a while."""

    channel: Channel
    chat: str
    types: Callable[[str], Awaitable[object]]
    sends_file: Callable[[str, bytes], Awaitable[object]]
    presses: Callable[[str], Awaitable[object]]
    again: Callable[[], None]
    shown: Callable[[], list[str]]
    files: Callable[[], list[bytes]]
    down: Callable[[], AbstractContextManager[None]] | None


Opening = Callable[[Accept], AbstractAsyncContextManager[Handset]]


def _later(call: Callable[..., object]) -> Callable[..., Awaitable[object]]:
    """Let a call that blocks run beside the loop."""
    return lambda *given: asyncio.to_thread(call, *given)


@asynccontextmanager
async def telegram(accept: Accept) -> AsyncIterator[Handset]:
    """Telegram, by polling."""
    with telegram_kit.serving() as api:
        user, typed = api.user(1001, "Lan"), [0]
        user.chat.started = True

        def types(text: str) -> None:
            typed.append(user.types(text))

        async with telegram_kit.receiving(api, accept) as channel:
            yield Handset(
                channel,
                "1001",
                _later(types),
                _later(user.uploads),
                _later(user.presses),
                lambda: api.redeliver(typed[-1]),
                lambda: [message.text for message in user.messages if not message.file],
                lambda: [message.file.data for message in user.messages if message.file],
                api.down,
            )


@asynccontextmanager
async def sandbox(accept: Accept) -> AsyncIterator[Handset]:
    """The sandbox's page."""
    channel = WebChannel([Phone("focal", "Lan", "Đầu mối", None)], lambda: NOW)
    taken: list[Raw] = []

    async def noted(raws: Sequence[Raw]) -> None:
        taken.extend(raws)
        await accept(raws)

    def replies() -> list[Message]:
        return [message for message in channel.since(0) if not message.from_owner]

    async def presses(label: str) -> None:
        choices = (c for message in replies() for row in message.choices for c in row if c.label == label)
        await channel.say("focal", press=next(choices).data)

    def again() -> None:
        task = asyncio.ensure_future(accept(taken[-1:]))
        again_tasks.append(task)

    again_tasks: list[asyncio.Future[None]] = []
    running = asyncio.create_task(channel.run(noted))
    await channel.receiving.wait()
    yield Handset(
        channel,
        "focal",
        lambda text: channel.say("focal", text=text),
        lambda name, data: channel.say("focal", file=Paper(name, data)),
        presses,
        again,
        lambda: [plain(message.text) for message in replies() if not message.files],
        lambda: [kept.data for m in replies() for f in m.files if (kept := channel.file(f.key))],
        None,
    )
    running.cancel()
    await asyncio.gather(running, *again_tasks, return_exceptions=True)
