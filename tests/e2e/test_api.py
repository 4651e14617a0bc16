"""The API of a running program, and the changes that it tells of, as a system of the province has them."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.e2e.kit import Office
from tests.e2e.test_health import NOON, free_port

KEY = "khoa-cua-tinh-ha-khe"


@contextmanager
def receiving() -> Iterator[tuple[str, list[Any]]]:
    """A system that takes every event; the value is its address, and what it has taken."""
    events: list[Any] = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            events.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tin", events
    finally:
        server.shutdown()
        server.server_close()


def read(port: int, path: str, token: str) -> Any:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/api/v1{path}")
    request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own address
        return json.load(answer)


def test_a_system_is_told_of_an_answer_and_reads_it(office: Office) -> None:
    port = free_port()
    office.settings |= {"NHACVIEC_WEB_PORT": str(port), "NHACVIEC_WEBHOOK_KEY": KEY}
    token = office.does("api-token", "new", "Kho dữ liệu", as_of=NOON).out.strip()
    (officer,) = office.seats({1001: ("Sở Ngoại vụ", "focal")})
    with receiving() as (url, events):
        secret = office.does("webhook", "new", url, as_of=NOON).out.strip()
        with office.running(NOON) as program:
            plans = read(port, "/plans", token)["items"]
            assert [plan["state"] for plan in plans] == ["live"]
            assert read(port, "/progress", token)["items"] == []
            officer.types("/viec")
            officer.wait_for("1")
            officer.types("1 đang làm")
            officer.wait_for("Đã ghi")
            office.waits_for(lambda: bool(events), program)
            assert {event["type"] for event in events} == {"assignment_changed"}
            (word,) = read(port, "/progress", token)["items"]
            assert word["assignment_id"] == events[0]["data"]["assignment_id"]
            assert word["state"] == "in_progress"
    assert token not in program.out + program.err
    assert secret not in program.out + program.err
