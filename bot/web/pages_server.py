"""The coordinator's pages within the running program, where a port is set for them."""

import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from bot.web.ports import listen
from config.settings import Settings
from services.common.rules import Rules
from storage.database.engine import Database
from storage.organisation import web_session_store
from storage.organisation.web_session_store import Address

if TYPE_CHECKING:
    from starlette.routing import Route
    from starlette.types import ASGIApp

    from bot.channels.page import PageChannel

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - only compared with
_NEAR = ("localhost", "127.0.0.1")


@asynccontextmanager
async def pages(
    settings: Settings,
    database: Database,
    rules: Rules,
    now: Callable[[], datetime],
    more: "Sequence[Route]" = (),
    channel: "PageChannel | None" = None,
) -> AsyncIterator[None]:
    """Serve the pages as long as the block lasts, and let the chat know where they are.

    Without a port nothing is served. `more` are routes beside the pages; `channel` is that of people's own
    pages. Raises PortTaken.
    """
    address = address_of(settings)
    if address is None or settings.web_port is None:
        await _announce(database, None)
        yield
        return
    from bot.web.embedded_server import serving

    app = _application(settings, database, rules, now, more, channel, address)
    with listen(settings.web_host, settings.web_port) as listening:
        await _announce(database, address)
        async with serving(app, listening):
            yield


def _application(
    settings: Settings,
    database: Database,
    rules: Rules,
    now: Callable[[], datetime],
    more: "Sequence[Route]",
    channel: "PageChannel | None",
    address: Address,
) -> "ASGIApp":
    from bot.web.api_server import api_app
    from bot.web.guard import UnderPrefix
    from bot.web.own_page import own_pages
    from bot.web.routes import dashboard_app  # its libraries are for those who want pages
    from bot.web.visitors import networks

    language, public = settings.language, settings.web_url or ""
    secure = address.url.startswith("https://")
    proxies = networks(settings.web_proxies)
    own = own_pages(language, database, rules, now, channel, secure=secure, public=public, proxies=proxies)
    app = dashboard_app(
        database,
        rules,
        now,
        language,
        secure=secure,
        hosts=hosts_of(settings),
        more=more,
        own=own,
        public=public,
        proxies=proxies,
        api=api_app(database, rules, now, language, proxies=proxies),
    )
    return UnderPrefix(app, prefix_of(settings))


@asynccontextmanager
async def machines_only(settings: Settings, routes: "Sequence[Route]") -> AsyncIterator[None]:
    """Serve what messengers and machines call, and no pages, as long as the block lasts. Raises PortTaken."""
    if settings.web_port is None:
        yield
        return
    from starlette.applications import Starlette

    from bot.web.embedded_server import serving
    from bot.web.guard import UnderPrefix

    app = UnderPrefix(Starlette(routes=list(routes)), prefix_of(settings))
    with listen(settings.web_host, settings.web_port) as listening:
        async with serving(app, listening):
            yield


def address_of(settings: Settings) -> Address | None:
    """Return where people find the pages; None where no port is set."""
    if settings.web_port is None:
        return None
    if settings.web_url is not None:
        return Address(settings.web_url, public=True)
    return Address(f"http://{_host(settings.web_host)}:{settings.web_port}", public=False)


def hosts_of(settings: Settings) -> tuple[str, ...]:
    """Return the names under which the pages answer; any where nothing tells which they are."""
    public = urlsplit(settings.web_url or "").hostname
    if public is None and settings.web_host in _EVERYWHERE:
        return ("*",)
    return tuple(name for name in (public, settings.web_host, *_NEAR) if name is not None)


def prefix_of(settings: Settings) -> str:
    """Return the path under which people find the pages, "/nhacviec"; "" where it is a host's root."""
    return unquote(urlsplit(settings.web_url or "").path)


def _host(listened: str) -> str:
    return socket.gethostname() if listened in _EVERYWHERE else listened


async def _announce(database: Database, address: Address | None) -> None:
    async with database.writing() as conn:
        await web_session_store.announce(conn, address)
