"""Bots that take so many people and no more: which of them still has room."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.event import Event
from services.organisation.leave import tell_coordinators
from storage.common import fact_store
from storage.organisation import people_store

_FACT = "bots"


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot that takes at most `most` people: its channel, its messenger, the name that people look for."""

    channel: str
    messenger: str
    name: str
    most: int


@dataclass(frozen=True, slots=True)
class BotRoom:
    """A bot, and how many people it has."""

    bot: Bot
    people: int

    @property
    def is_full(self) -> bool:
        """Whether nobody more can join by it."""
        return self.people >= self.bot.most


async def keep_bots(conn: AsyncConnection, bots: tuple[Bot, ...]) -> None:
    """Keep which bots there are. Needs a writing transaction."""
    await fact_store.set_fact(conn, _FACT, json.dumps([asdict(bot) for bot in bots]))


async def bots_by_channel(conn: AsyncConnection) -> Mapping[str, Bot]:
    """Return the bots that were kept."""
    bots = json.loads(await fact_store.get_fact(conn, _FACT) or "[]")
    return {bot["channel"]: Bot(**bot) for bot in bots}


async def emptiest(conn: AsyncConnection) -> BotRoom | None:
    """Return the bot with the fewest people, by which the next one joins; None where there are none."""
    rooms = [
        BotRoom(bot, await people_store.count_chats(conn, bot.channel))
        for bot in (await bots_by_channel(conn)).values()
    ]
    return min(rooms, key=lambda room: (room.is_full, room.people), default=None)


async def note_joined(conn: AsyncConnection, channel: str, person_id: int, unit_id: int, today: date) -> None:
    """Where somebody who has joined fills their bot, tell who coordinates the unit.

    `today` is local. Needs a writing transaction.
    """
    bot = (await bots_by_channel(conn)).get(channel)
    if bot is None or await people_store.count_chats(conn, channel) != bot.most:
        return
    event = Event("bot_full", person_id, unit_id=unit_id, channel=channel)
    await tell_coordinators(conn, [unit_id], today, f"full:{channel}", event)
