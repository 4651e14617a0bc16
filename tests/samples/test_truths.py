"""The ground truths and the sample documents may not drift apart."""

import csv
import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.common.text import nfc, squeeze
from domain.organisation.register import Register, Unit
from domain.organisation.register_file import parse_register

HERE = Path(__file__).parent
SAMPLES = Path(__file__).parents[2] / "config" / "samples" / "ha-khe"
PLANS = ("ke-hoach-doi-ngoai-2026", "chuyen-doi-so-2026")


def truth_of(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return truth


def text_of(name: str) -> str:
    return (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")


def register() -> list[dict[str, str]]:
    with (SAMPLES / "don-vi.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def both_registers() -> Register:
    """The general register with the province's rows in the place of those of the same name."""
    general = parse_register(tomllib.loads((SAMPLES.parents[1] / "units.toml").read_text(encoding="utf-8")))
    own = {row["name"]: Unit(row["name"], spellings=tuple(row["spellings"].split(";"))) for row in register()}
    kept = tuple(unit for unit in general.units if unit.name not in own)
    return Register((*kept, *own.values()), general.groups)


@pytest.mark.parametrize("name", PLANS)
def test_every_text_of_the_truth_stands_in_its_document(name: str) -> None:
    truth, words = truth_of(name), squeeze(text_of(name))
    texts = [item["starts"] for item in truth["duties"] + truth["activities"]]
    quotes = [report["quote"] for report in truth["reports"]]
    times = [activity["when"] for activity in truth["activities"] if activity["when"]]
    assert [text for text in texts + quotes + times if text not in words] == []


@pytest.mark.parametrize("name", PLANS)
def test_every_body_that_is_referred_to_is_listed_and_none_besides(name: str) -> None:
    truth = truth_of(name)
    used = {body for duty in truth["duties"] for body in [duty["unit"], *duty["with"], *duty.get("also", [])]}
    used |= {body for activity in truth["activities"] for body in activity["lead"] + activity["support"]}
    used |= {body for report in truth["reports"] for body in [report["who"], *report.get("also", [])]}
    assert used == {unit["name"] for unit in truth["units"]}


@pytest.mark.parametrize("name", PLANS)
def test_the_counts_are_those_of_the_lists(name: str) -> None:
    truth = truth_of(name)
    kinds = [unit["kind"] for unit in truth["units"]]
    assert truth["counts"] == {
        "units": kinds.count("unit"),
        "groups": kinds.count("group"),
        "duties": len(truth["duties"]),
        "activities": len(truth["activities"]),
        "reports": len(truth["reports"]),
    }


def test_every_bullet_of_the_first_plans_part_three_is_one_duty() -> None:
    part = text_of("ke-hoach-doi-ngoai-2026").split("III. TỔ CHỨC THỰC HIỆN")[1].split("IV. KINH PHÍ")[0]
    bullets = [line for line in part.splitlines() if line.startswith("- ")]
    assert len(truth_of("ke-hoach-doi-ngoai-2026")["duties"]) == len(bullets)


def test_every_line_of_the_first_plan_that_names_a_lead_is_an_activity() -> None:
    name = "ke-hoach-doi-ngoai-2026"
    leads = re.findall(r"^Đơn vị chủ trì:", text_of(name), flags=re.MULTILINE)
    assert len(truth_of(name)["activities"]) == len(leads)


@pytest.mark.parametrize("name", PLANS)
def test_due_dates_are_ascending_and_within_the_plans_period(name: str) -> None:
    truth = truth_of(name)
    first, last = map(date.fromisoformat, truth["document"]["period"])
    for report in truth["reports"]:
        due = [date.fromisoformat(day) for day in report["due"]]
        assert due == sorted(due)
        assert all(first <= day <= last for day in due)


def test_the_register_names_each_body_and_each_spelling_once() -> None:
    names = [row["name"] for row in register()]
    spellings = [spelling for row in register() for spelling in row["spellings"].split(";")]
    assert len(names + spellings) == len(set(names + spellings))


def test_the_general_register_and_the_provinces_own_know_each_body_of_the_plans_once() -> None:
    """A province's name for a general body is a spelling of it; a second body would be nudged beside it."""
    known = both_registers()
    named = {unit["name"] for plan in PLANS for unit in truth_of(plan)["units"] if unit["kind"] == "unit"}
    spelled = {name for row in register() for name in (row["name"], *row["spellings"].split(";"))}
    assert {name: len(known.candidates(name)) for name in named | spelled} == dict.fromkeys(
        named | spelled, 1
    )


def test_everyone_of_the_cast_belongs_to_a_body_of_the_plans_and_has_a_part() -> None:
    cast = tomllib.loads((SAMPLES / "nguoi-dung.toml").read_text(encoding="utf-8"))["person"]
    units = [unit for plan in PLANS for unit in truth_of(plan)["units"] if unit["kind"] == "unit"]
    named = {name for unit in units for name in (unit["name"], *unit["spellings"])}
    assert {person["unit"] for person in cast} - named == set()
    assert {person["role"] for person in cast} == {"focal", "leader", "coordinator"}
    assert all(person["name"] and person["part"] for person in cast)


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_sample_file_is_in_the_normal_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == nfc(text)
