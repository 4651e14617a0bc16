"""The watch over the running program's signs of life, and who may ask about them."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from bot.app.background import in_background
from bot.app.program import Program
from bot.app.vitals import Sign, Vitals
from bot.channels.base import LiveChannel
from bot.web.ports import HealthPortTaken, PortTaken, listen
from config.settings import Settings
from config.texts import load_texts

if TYPE_CHECKING:
    from bot.web.metrics import ProgramMetrics

_HERE = "127.0.0.1"


@asynccontextmanager
async def watched(
    settings: Settings,
    program: Program,
    channels: Sequence[LiveChannel],
    metrics: "ProgramMetrics | None" = None,
    backup: Callable[[], Mapping[str, object]] | None = None,
) -> AsyncIterator[Vitals]:
    """Watch the program for the length of a block; answer /healthz and /metrics where a port is set for it.

    `metrics` are what /metrics tells, `backup` how those of the night stand. Raises HealthPortTaken.
    """
    vitals = Vitals(
        _signs(program, channels),
        settings.health_seconds,
        settings.ping_url.get_secret_value() if settings.ping_url else None,
        program.sender.probe,
        sound=lambda: program.database_sound,
        advice=load_texts(settings.language)("health.damaged").unescape(),
        backup=backup,
    )
    async with in_background(vitals.run()), AsyncExitStack() as stack:
        if settings.health_port is not None:
            await _answer(stack, settings, program, vitals, metrics)
        yield vitals


def _signs(program: Program, channels: Sequence[LiveChannel]) -> dict[str, Sign]:
    """Return the signs of life of what a program does; of what another does, that we stand by."""
    peers = program.peers

    def poll() -> float:
        return min(
            max(channel.heard_at or 0.0, 0.0 if channel.endpoints else peers.since("poll"))
            for channel in channels
        )

    signs: dict[str, Sign] = {}
    if program.role.receives and channels:
        signs["poll"] = poll
    if program.role.works:
        signs["sweep"] = lambda: max(program.swept_at or 0.0, peers.since("send"))
        signs["send"] = lambda: max(program.sender.answered_at or 0.0, peers.since("send"))
    if not peers.alone:
        signs["peers"] = lambda: peers.beat_at
    return signs


async def _answer(
    stack: AsyncExitStack,
    settings: Settings,
    program: Program,
    vitals: Vitals,
    metrics: "ProgramMetrics | None",
) -> None:
    from bot.app.scraping import scraping_route
    from bot.web.embedded_server import serving  # the web server's libraries are for those who want it
    from bot.web.sandbox_server import health_app

    more = [scraping_route(settings, program, vitals, metrics, public=False)] if metrics else []
    try:
        listening = stack.enter_context(listen(_HERE, settings.health_port or 0))
    except PortTaken as taken:
        raise HealthPortTaken(*taken.args) from None
    await stack.enter_async_context(serving(health_app(vitals.healthy, more), listening))
