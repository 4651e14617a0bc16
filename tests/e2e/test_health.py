"""The health of a running program, asked from outside."""

import json
import socket
import time
import urllib.request
from typing import Any
from urllib.error import HTTPError

from tests.e2e.kit import Office

NOON = "2026-06-03T12:00+07:00"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def asked(port: int) -> tuple[int, dict[str, Any]]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refused:
        return refused.code, json.load(refused)


def test_a_program_tells_its_health_where_a_port_is_set(office: Office) -> None:
    port = free_port()
    office.settings["NHACVIEC_HEALTH_PORT"] = str(port)
    with office.running(NOON) as one:
        status, report = asked(port)
        assert (status, report["ok"], report["missed"]) == (200, True, [])
        assert report["seconds"].keys() == {"poll", "sweep", "send"}
        assert all(0 <= age < 30 for age in report["seconds"].values())
        assert "AAG" not in json.dumps(report)
        assert one.stop() < 5


def test_a_health_port_that_is_taken_is_told_in_one_line(office: Office) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        office.settings["NHACVIEC_HEALTH_PORT"] = str(taken.getsockname()[1])
        one = office.begins("run", as_of=NOON)
        assert one.ends(30) == 1
    (line,) = [line for line in one.err.splitlines() if line.startswith("nhacviec: ")]
    assert "NHACVIEC_HEALTH_PORT" in line


def test_an_outage_costs_hardly_any_processor_time(office: Office) -> None:
    """A server that is away for a while: the program waits, it does not spin."""
    with office.running("2026-06-04T08:00+07:00") as one:
        office.api.goes_down()
        office.waits_for(lambda: "channel_down" in one.err or "telegram.silent" in one.err, one)
        before = one.processor_seconds()
        began = time.monotonic()
        time.sleep(5)
        spent = (one.processor_seconds() - before) / (time.monotonic() - began)
        office.api.comes_back()
        assert spent < 0.05


def test_the_web_server_takes_updates_by_webhook_and_says_when_it_is_ready(office: Office) -> None:
    port = free_port()
    office.settings |= {
        "NHACVIEC_TELEGRAM_MODE": "webhook",
        "NHACVIEC_WEB_PORT": str(port),
        "NHACVIEC_WEB_URL": "https://tinh.example/nhacviec",
    }
    office.api.serves("https://tinh.example/nhacviec", f"http://127.0.0.1:{port}")
    somebody = office.knows(1001)
    somebody.types("/trogiup")
    one = office.begins("run", as_of=NOON)
    somebody.wait_for("mã tham gia")
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/nhacviec/readyz", timeout=5) as answer:
        assert json.load(answer) == {"ready": True}
    assert office.api.log.statuses("getUpdates") == []
    assert one.stop() < 5


def test_a_webhook_without_a_public_address_is_told_in_one_line(office: Office) -> None:
    office.settings["NHACVIEC_TELEGRAM_MODE"] = "webhook"
    one = office.begins("run", as_of=NOON)
    assert one.ends(30) == 1
    (line,) = [line for line in one.err.splitlines() if line.startswith("nhacviec: ")]
    assert "NHACVIEC_WEB_URL" in line
