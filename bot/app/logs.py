"""Logging: lines for a terminal or JSON for a collector, and never a secret in them."""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.app.log_limits import Repeats

_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")  # in a URL letters stand before it: /bot123:...
_HIDDEN = "***"
_NOISY = ("httpx", "httpcore", "telegram", "apscheduler", "alembic", "aiosqlite", "asyncio", "uvicorn.access")


def hide(text: str) -> str:
    """Return the text without anything that looks like a bot's token."""
    return _TOKEN.sub(_HIDDEN, text)


def configure(*, verbose: bool = False) -> None:
    """Send the program's own events and the libraries' warnings to standard error, tokens hidden."""
    level = logging.DEBUG if verbose else logging.INFO
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _hide_all,
                renderer,
            ],
        )
    )
    handler.addFilter(Repeats())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _hide_all(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    return {key: hide(value) if isinstance(value, str) else value for key, value in event.items()}
