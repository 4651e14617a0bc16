"""The route by which a monitoring system reads the running program's figures."""

from starlette.routing import Route

from bot.app.metrics_snapshot import take_snapshot
from bot.app.program import Program
from bot.app.vitals import Vitals
from bot.web.metrics import ProgramMetrics
from bot.web.metrics_door import metrics_route
from config.settings import Settings


def scraping_route(
    settings: Settings, program: Program, vitals: Vitals, metrics: ProgramMetrics, *, public: bool
) -> Route:
    """Return /metrics for a web server; `public` where a proxy may hand requests on to it."""
    token = settings.metrics_token.get_secret_value() if settings.metrics_token else None

    async def text() -> bytes:
        return metrics.text(await take_snapshot(program, vitals.ages()))

    return metrics_route(text, token, public=public)
