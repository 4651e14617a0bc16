"""One person on two messengers."""

from dataclasses import dataclass, field
from itertools import count

from bot.app.program import Program
from bot.app.wiring import build
from bot.channels.base import Raw, SendError
from handlers.common.conversation import Outgoing
from tests.cast import HANG, QUAN, Stage, words_of
from tests.memory_channel import MemoryChannel

_NUMBERS = count(1)
BLOCKED = SendError("blocked", permanent=True, unreachable=True)


@dataclass
class TwoChannels:
    """The stage's program with a second messenger beside the first."""

    stage: Stage
    second: MemoryChannel
    program: Program = field(init=False)

    def __post_init__(self) -> None:
        stage = self.stage
        channels = [stage.channel, self.second]
        self.program = build(stage.settings, stage.database, stage.rules, stage.clock, channels)

    async def hear(self, chat: str, text: str) -> str:
        """Say something on the second messenger; return the words of the last answer."""
        payload = {"sender": chat, "name": "Quân", "text": text}
        await self.program.intake.accept(self.second, [Raw(f"z{next(_NUMBERS)}", chat, payload)])
        await self.program.intake.idle()
        return words_of(self.second.sent[-1].message)

    async def link(self, chat: str = "z-quan") -> str:
        """Let Quân link a chat of the second messenger; return what it is told."""
        offered = await self.stage.say(QUAN, "/lienket")
        code = offered.partition("Mã nối kênh: ")[2][:9]
        return await self.hear(chat, f"/start {code}")

    async def nudged(self) -> None:
        self.stage.clock.set("2026-06-10 08:00")
        await self.program.tick()

    def on(self, channel: MemoryChannel, chat: str) -> list[Outgoing]:
        return [sent.message for sent in channel.sent if sent.chat == chat]


def two(stage: Stage) -> TwoChannels:
    return TwoChannels(stage, MemoryChannel(stage.clock, name="second"))


async def test_a_code_from_one_chat_makes_another_the_same_persons(stage: Stage) -> None:
    both = two(stage)
    assert QUAN.name in await both.link()
    assert "Sở Ngoại vụ" in await both.hear("z-quan", "/viec")
    await both.nudged()
    assert "Đã xong" in words_of(both.on(both.second, "z-quan")[-1])
    assert not any("Đã xong" in words_of(m) for m in both.on(stage.channel, QUAN.chat)[1:])


async def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(stage: Stage) -> None:
    both = two(stage)
    await both.link()
    offered = await stage.say(QUAN, "/lienket")
    code = offered.partition("Mã nối kênh: ")[2][:9]
    stage.clock.let_pass(minutes=16)
    assert QUAN.name not in await both.hear("z-khac", f"/start {code}")
    assert "Sở Ngoại vụ" not in await both.hear("z-khac", "/viec")


async def test_a_chat_that_is_somebodys_cannot_be_taken_over(stage: Stage) -> None:
    offered = await stage.say(QUAN, "/lienket")
    code = offered.partition("Mã nối kênh: ")[2][:9]
    answer = await stage.say(HANG, f"/start {code}")
    assert QUAN.name not in answer


async def test_a_nudge_goes_to_the_other_chat_where_the_first_is_shut(stage: Stage) -> None:
    both = two(stage)
    await both.link()
    both.second.refusals["z-quan"].append(BLOCKED)
    await both.nudged()
    stage.clock.let_pass(minutes=1)
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE outgoing SET not_before = NULL")
    await both.program.courier.round()
    assert "Đã xong" in words_of(both.on(stage.channel, QUAN.chat)[-1])
    assert not any("Không nhắn được" in words_of(message) for message in both.on(stage.channel, HANG.chat))


async def test_a_nudge_goes_to_the_other_chat_where_the_servers_of_the_first_are_away(stage: Stage) -> None:
    both = two(stage)
    await both.link()
    both.second.away = True
    await both.nudged()
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE outgoing SET not_before = NULL")
    await both.program.courier.round()
    assert "Đã xong" in words_of(both.on(stage.channel, QUAN.chat)[-1])
    both.program.sender.stop()
