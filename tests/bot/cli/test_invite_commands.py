"""`nhacviec invite`: where no code is made, why."""

import json

from tests.bot.cli.test_unit_commands import Nhacviec, nhacviec
from tests.cast import COMPILING

__all__ = ["nhacviec"]
ALL = ("invite", "--all", "--role", "focal")


def test_without_a_plan_nobody_is_known_to_invite(nhacviec: Nhacviec) -> None:
    none = nhacviec(*ALL)
    assert none.exit_code == 0
    assert "Chưa có kế hoạch nào" in none.stdout
    assert json.loads(nhacviec(*ALL, "--json").stdout) == []


def test_whom_a_plan_asks_is_invited_and_whose_seats_are_taken_is_said(nhacviec: Nhacviec) -> None:
    assert nhacviec("plan", "import", "@plan.txt").exit_code == 0
    assert len(nhacviec(*ALL).stdout.splitlines()) == 3
    made = nhacviec("invite", "--all", "--role", "coordinator").stdout
    assert COMPILING in made


def test_no_table_of_no_codes_is_written(nhacviec: Nhacviec) -> None:
    none = nhacviec(*ALL, "--out", "@ma.xlsx")
    assert "Chưa có kế hoạch nào" in none.stdout
    assert "Đã ghi" not in none.stdout


def test_a_unit_that_has_ended_is_not_invited(nhacviec: Nhacviec) -> None:
    nhacviec("plan", "import", "@plan.txt")
    nhacviec("unit", "remove", "Sở Y tế", "--successor", "Sở Nội vụ")
    assert "Sở Y tế" not in nhacviec(*ALL).stdout
