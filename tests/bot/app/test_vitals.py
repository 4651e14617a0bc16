"""Nobody home: what stops is told once, in the log, at /healthz and by a ping; so is that it is back."""

import asyncio
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from structlog.testing import capture_logs

from bot.app.vitals import PINGS_EVERY, Vitals
from bot.web.sandbox_server import health_app

LIMIT = 100.0


class Patient:
    """A program whose signs of life a test decides on."""

    def __init__(self, ping: str | None = None) -> None:
        self.time = 1000.0
        self.signs: dict[str, float | None] = {"poll": None, "sweep": None, "send": None}
        self.probed = 0
        self.answers = False
        self.vitals = Vitals(
            {
                "poll": lambda: self.signs["poll"],
                "sweep": lambda: self.signs["sweep"],
                "send": lambda: self.signs["send"],
            },
            LIMIT,
            ping,
            self.probe,
            lambda: self.time,
        )

    async def probe(self) -> None:
        self.probed += 1
        if self.answers:
            self.signs["send"] = self.time

    async def looks(self, after: float, *alive: str) -> list[tuple[str, str, str]]:
        """Let time pass, with signs of these at its end; return what a look has the log say."""
        self.time += after
        self.signs |= dict.fromkeys(alive, self.time)
        with capture_logs() as logs:
            await self.vitals.look()
        return [(log["log_level"], log["event"], log.get("sign", "")) for log in logs]


@pytest.mark.parametrize("sign", ["poll", "sweep", "send"])
async def test_a_sign_that_stays_away_is_told_once_and_again_when_it_is_back(sign: str) -> None:
    patient = Patient()
    others = {"poll", "sweep", "send"} - {sign}
    assert await patient.looks(LIMIT - 1, *others) == []
    assert await patient.looks(2, *others) == [("error", "sign_of_life_missed", sign)]
    assert await patient.looks(LIMIT, *others) == []
    assert await patient.looks(5, sign, *others) == [("info", "sign_of_life_back", sign)]


async def test_a_program_that_never_came_to_life_is_missed_too() -> None:
    patient = Patient()
    told = await patient.looks(LIMIT + 1)
    assert {sign for _, _, sign in told} == {"poll", "sweep", "send"}


async def test_where_nothing_is_to_be_sent_the_server_is_asked_whether_it_could_be() -> None:
    patient = Patient()
    patient.answers = True
    for _ in range(20):
        assert await patient.looks(30, "poll", "sweep") == []
    assert 5 <= patient.probed <= 12


async def test_health_is_told_in_ages_with_503_where_a_sign_is_missed() -> None:
    patient = Patient()
    await patient.looks(30, "poll")
    served = httpx.ASGITransport(health_app(patient.vitals.healthy))
    async with httpx.AsyncClient(transport=served, base_url="http://here") as client:
        well = await client.get("/healthz")
        patient.time += LIMIT - 20
        ill = await client.get("/healthz")
    assert (well.status_code, well.json()) == (
        200,
        {"ok": True, "seconds": {"poll": 0.0, "sweep": 30.0, "send": 30.0}, "missed": []},
    )
    assert (ill.status_code, ill.json()["missed"]) == (503, ["send", "sweep"])


# ---- the address that is pinged


class Monitor:
    """Takes pings as healthchecks.io does."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.status = 200
        monitor = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                monitor.paths.append(self.path)
                self.send_response(monitor.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/a-secret"
        self.thread = Thread(target=self.server.serve_forever)


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    one = Monitor()
    one.thread.start()
    yield one
    one.server.shutdown()
    one.thread.join()
    one.server.server_close()


ALL = ("poll", "sweep", "send")


async def test_it_pings_once_a_minute_while_all_is_well(monitor: Monitor) -> None:
    patient = Patient(monitor.url)
    for _ in range(25):
        await patient.looks(5, *ALL)
    assert monitor.paths == ["/a-secret"] * int(1 + 24 * 5 // PINGS_EVERY)


async def test_it_pings_the_failure_once_and_then_that_it_is_well(monitor: Monitor) -> None:
    patient = Patient(monitor.url)
    await patient.looks(1, *ALL)
    await patient.looks(LIMIT + 1, "poll", "send")
    await patient.looks(70, "poll", "send")
    await patient.looks(5, *ALL)
    assert monitor.paths == ["/a-secret", "/a-secret/fail", "/a-secret"]


async def test_a_monitor_that_is_away_is_mentioned_once_without_its_address(monitor: Monitor) -> None:
    patient = Patient(monitor.url)
    monitor.status = 500
    with capture_logs() as logs:
        for _ in range(3):
            patient.time += PINGS_EVERY
            patient.signs |= dict.fromkeys(ALL, patient.time)
            await patient.vitals.look()
    assert [log["event"] for log in logs] == ["ping_failed"]
    assert "a-secret" not in str(logs)


async def test_the_watch_outlives_a_fault_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    async def look() -> None:
        nonlocal looked
        looked += 1
        raise RuntimeError("a bug")

    patient = Patient()
    monkeypatch.setattr(patient.vitals, "look", look)
    monkeypatch.setattr("bot.app.vitals.LOOKS_EVERY", 0.01)
    with capture_logs() as logs:
        task = asyncio.create_task(patient.vitals.run())
        while looked < 3:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert {log["event"] for log in logs} == {"watch_failed"}
