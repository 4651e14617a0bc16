"""Messages out: cut into parts that the channel takes, each at its turn."""

from collections.abc import Mapping

from bot.channels.base import Channel, SendError
from bot.pace import Pace
from bot.parts import parts
from handlers.conversation import Outgoing


class Sender:
    """Sends whole messages through the channels, at the pace that each allows."""

    def __init__(self, channels: Mapping[str, Channel], paces: Mapping[str, Pace]) -> None:
        self.channels, self._paces = channels, paces

    async def deliver(self, channel: str, chat: str, message: Outgoing, *, urgent: bool = False) -> str:
        """Send a message, answers to people (`urgent`) before others; return the last part's id.

        Raises SendError; where the server said how long to wait, the chat is held for just as long.
        """
        last = ""
        for part in parts(message, self.channels[channel].text_limit):
            try:
                last = await self._send(channel, chat, part, urgent=urgent)
            except SendError as refused:
                refused.ambiguous = refused.ambiguous or last != ""  # a part of it is there already
                raise
        return last

    async def _send(self, channel: str, chat: str, part: Outgoing, *, urgent: bool) -> str:
        pace = self._paces.get(channel)
        if pace is not None:
            await pace.turn(chat, urgent=urgent)
        try:
            return await self.channels[channel].send(chat, part)
        except SendError as refused:
            if pace is not None and refused.retry_after is not None:
                pace.hold(chat, refused.retry_after)
            raise
