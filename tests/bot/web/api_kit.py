"""The API on a real server, beside the stage on which people talk to the bot."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from typing import Any

import httpx

from bot.web.api_server import PREFIX, api_app
from bot.web.embedded_server import serving
from bot.web.ports import listen
from bot.web.routes import dashboard_app
from services.organisation.api_tokens import Issued, issue_token
from storage.organisation import unit_store
from tests.cast import Stage


class Seconds:
    """Monotonic seconds that stand still until they are moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextlib.asynccontextmanager
async def api_of(stage: Stage, seconds: Seconds) -> AsyncIterator[str]:
    """Serve the API as `run` does, beside the pages; the value is its address."""
    api = api_app(stage.database, stage.rules, stage.clock.now, "vi", seconds=seconds)
    app = dashboard_app(stage.database, stage.rules, stage.clock.now, "vi", secure=False, api=api)
    with listen("127.0.0.1", 0) as listening:
        async with serving(app, listening):
            yield f"http://127.0.0.1:{listening.getsockname()[1]}{PREFIX}"


async def token(
    stage: Stage,
    *,
    units: Sequence[str] = (),
    plans: Sequence[int] = (),
    lasts: timedelta | None = None,
    person_id: int | None = None,
) -> Issued:
    """Make a token as the command line does."""
    async with stage.database.writing() as conn:
        ids = await unit_store.ids(conn)
        return await issue_token(
            conn,
            "trục liên thông",
            unit_ids=tuple(ids[unit] for unit in units) or None,
            plan_ids=tuple(plans) or None,
            lasts=lasts,
            now=stage.clock.now(),
            person_id=person_id,
        )


class Caller:
    """A system that calls the API with a token, or without one."""

    def __init__(self, client: httpx.AsyncClient, url: str, token: str = "") -> None:
        self.client, self.url, self.token = client, url, token

    async def ask(self, path: str, **headers: str) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.client.get(f"{self.url}{path}", headers={**bearer, **headers})

    async def send(self, path: str, body: object, key: str = "k-1") -> httpx.Response:
        """Send a body."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        return await self.client.post(f"{self.url}{path}", json=body, headers=headers)

    async def read(self, path: str) -> Any:
        """Return the answer of a call that must be good."""
        answer = await self.ask(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def items(self, path: str) -> list[dict[str, Any]]:
        """Return all items of all pages."""
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            joint = "&" if "?" in path else "?"
            page = await self.read(f"{path}{joint}cursor={cursor}" if cursor else path)
            found += page["items"]
            cursor = page["next"]
        return found
