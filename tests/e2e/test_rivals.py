"""Two programs where there may be one, and tokens that are none: one line, status 1, nobody harmed."""

import time

from tests.botapi import BotApi
from tests.e2e.kit import Office, Running, Warm, installed

NOON = "2026-06-03T12:00+07:00"
WRONG_SECRET = "AAHwrongWRONGwrongWRONGwrongWRONGwro"
SCIENCE = "Sở Khoa học và Công nghệ"


def complaint(running: Running, within: float = 30) -> str:
    """Return the one line with which a program has given up."""
    assert running.ends(within) == 1
    assert "Traceback" not in running.err
    (line,) = [line for line in running.err.splitlines() if line.startswith("nhacviec: ")]
    assert line == running.err.splitlines()[-1]
    return line


def test_a_second_program_on_the_database_stops_and_the_first_goes_on(office: Office) -> None:
    with office.running(NOON):
        second = office.begins("run", as_of=NOON)
        assert "cùng cơ sở dữ liệu" in complaint(second)
        found = office.does("doctor", status=0).out.splitlines()
        assert all(line.startswith("✓") for line in found)
        assert any("đang chạy trên cơ sở dữ liệu này" in line for line in found)
        user = office.api.user(501)
        user.types("/start")
        user.wait_for("Anh/chị cần mã tham gia")


def test_a_second_program_on_the_token_stops_and_the_first_goes_on(office: Office, warm: Warm) -> None:
    elsewhere = office.folder / "elsewhere"
    elsewhere.mkdir()
    with office.running(NOON) as first, installed(warm, elsewhere, office.api) as other:
        at_home = time.monotonic() + 4
        office.waits_for(lambda: time.monotonic() > at_home, first)
        second = other.begins("run", as_of=NOON)
        assert "cùng mã bot" in complaint(second)
        user = office.api.user(502)
        user.types("/start")
        user.wait_for("Anh/chị cần mã tham gia")


def test_a_wrong_token_is_told_and_not_shown(office: Office) -> None:
    office.settings["NHACVIEC_TELEGRAM_TOKEN"] = f"7000000001:{WRONG_SECRET}"
    assert "NHACVIEC_TELEGRAM_TOKEN" in complaint(office.begins("run", as_of=NOON))
    assert "NHACVIEC_TELEGRAM_TOKEN" in office.does("doctor", status=1).out
    assert WRONG_SECRET not in office.printed()


def test_a_token_taken_back_while_it_runs_ends_the_program(office: Office, api: BotApi) -> None:
    with office.running(NOON) as one:
        api.revokes_token()
        api.user(503).types("/start")
        assert "NHACVIEC_TELEGRAM_TOKEN" in complaint(one)
