"""The metrics of a running program, scraped as Prometheus does it."""

import time
import urllib.request
from urllib.error import HTTPError

from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.kit import Office
from tests.e2e.test_health import NOON, free_port

TOKEN = "mot-khoa-kho-doan-ra"


def scrape(port: int, token: str | None = None) -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read().decode()
    except HTTPError as refused:
        return refused.code, ""


def sample(text: str, name: str) -> float:
    """Return the sum of a metric's samples."""
    families = text_string_to_metric_families(text)
    return sum(sample.value for family in families for sample in family.samples if sample.name == name)


def test_a_running_program_tells_its_figures_to_this_machine(office: Office) -> None:
    port = free_port()
    office.settings["NHACVIEC_HEALTH_PORT"] = str(port)
    somebody = office.knows(1001)
    with office.running(NOON):
        somebody.types("/trogiup")
        somebody.wait_for("mã tham gia")
        until = time.monotonic() + 10
        while sample(scrape(port)[1], "nhacviec_answers_total") < 1 and time.monotonic() < until:
            time.sleep(0.05)
        status, text = scrape(port)
    assert status == 200
    assert sample(text, "nhacviec_updates_received_total") == 1
    assert sample(text, "nhacviec_answers_total") == 1
    assert sample(text, "nhacviec_channel_up") == 2  # Telegram, and people's own pages
    assert sample(text, "nhacviec_database_sound") == 1
    assert "1001" not in text
    assert "trogiup" not in text


def test_with_a_token_both_ports_ask_for_it(office: Office) -> None:
    health, web = free_port(), free_port()
    office.settings |= {
        "NHACVIEC_HEALTH_PORT": str(health),
        "NHACVIEC_WEB_PORT": str(web),
        "NHACVIEC_METRICS_TOKEN": TOKEN,
    }
    with office.running(NOON) as program:
        assert [scrape(port)[0] for port in (health, web)] == [401, 401]
        assert [scrape(port, TOKEN)[0] for port in (health, web)] == [200, 200]
        assert TOKEN not in program.out + program.err


def test_a_token_that_can_be_guessed_is_refused(office: Office) -> None:
    office.settings["NHACVIEC_METRICS_TOKEN"] = "matkhau"
    assert "NHACVIEC_METRICS_TOKEN: phải có ít nhất 16 ký tự" in office.does("doctor", status=1).err
