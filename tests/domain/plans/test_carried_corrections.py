"""To which rows and names of a later draft a correction belongs."""

from dataclasses import replace
from datetime import date

import pytest

from domain.organisation.register import Unit
from domain.plans.carried_corrections import Made, Subject, belongs_to, subject_of
from domain.plans.correction_replies import Verb
from domain.plans.draft import Draft, OpenGroup, Row

JUNE, JULY = date(2026, 6, 15), date(2026, 7, 15)


def line(id_: int, text: str, heading: str = "Sở Y tế", *units: str, due: tuple[date, ...] = ()) -> Row:
    return Row(f"line {id_}", "duty", "II.1", heading, text, units or (heading,), (), (), due)


def report(id_: int, text: str, due: date) -> Row:
    return Row(f"rule {id_}", "report", "III", "", text, (), (), (), (due,), who="Các sở")


def draft(*rows: Row, groups: tuple[OpenGroup, ...] = (), names: tuple[tuple[str, Unit], ...] = ()) -> Draft:
    return Draft(2, (date(2026, 1, 1), date(2026, 12, 31)), None, rows, groups, names, frozenset())


def made(before: Draft, key: str, verb: Verb) -> Made:
    subject = subject_of(before, key)
    assert subject is not None
    return Made(subject, verb, "")


OLD = draft(line(1, "Khám bệnh."), line(2, "Khám bệnh."), line(3, "Khám bệnh.", "Sở Nội vụ"))


@pytest.mark.parametrize(
    ("key", "now"), [("line 1", "line 11"), ("line 2", "line 12"), ("line 3", "line 13")]
)
def test_the_same_words_are_told_apart_by_their_heading_and_order(key: str, now: str) -> None:
    later = draft(line(13, "KHÁM BỆNH.", "Sở Nội vụ"), line(11, "Khám bệnh."), line(12, "Khám bệnh."))
    assert belongs_to(later, made(OLD, key, "who")) == now


def test_the_only_row_of_these_words_is_it_under_another_heading() -> None:
    later = draft(line(11, "Khám bệnh.", "Sở Tài chính", "Sở Nội vụ"))
    assert belongs_to(later, made(OLD, "line 3", "who")) == "line 11"
    assert belongs_to(draft(*later.rows, line(12, "Khám bệnh.")), made(OLD, "line 3", "who")) is None


@pytest.mark.parametrize(
    ("verb", "stays"),
    [("who", False), ("either", False), ("when", True), ("quiet", True), ("drop", True), ("right", True)],
)
def test_where_the_document_names_others_now_it_is_right(verb: Verb, stays: bool) -> None:
    later = draft(line(11, "Tập huấn.", "Sở Y tế", "Sở Tài chính"))
    found = belongs_to(later, made(draft(line(1, "Tập huấn.")), "line 1", verb))
    assert (found is not None) is stays


@pytest.mark.parametrize(
    ("verb", "stays"),
    [("who", True), ("either", False), ("when", False), ("quiet", False), ("drop", True), ("right", True)],
)
def test_where_the_document_gives_another_date_now_it_is_right(verb: Verb, stays: bool) -> None:
    before, later = draft(line(1, "Tập huấn.", due=(JUNE,))), draft(line(11, "Tập huấn.", due=(JULY,)))
    assert (belongs_to(later, made(before, "line 1", verb)) is not None) is stays


def test_groups_and_names_are_found_by_their_words() -> None:
    before = draft(groups=(OpenGroup("group 1", "các đơn vị"),), names=(("unit 1", Unit("SNV")),))
    later = draft(groups=(OpenGroup("group 7", "Các đơn vị"),), names=(("unit 9", Unit("SNV")),))
    assert belongs_to(later, made(before, "group 1", "who")) == "group 7"
    assert belongs_to(later, made(before, "unit 1", "who")) == "unit 9"
    assert belongs_to(draft(), made(before, "unit 1", "who")) is None


def test_two_reports_at_odds_are_the_same_while_their_dates_are() -> None:
    before = draft(report(1, "Các sở báo cáo.", JULY), report(2, "Sở Y tế tổng hợp.", JUNE))
    right = made(before, "order 1 2", "right")
    later = draft(report(5, "Các sở báo cáo.", JULY), report(6, "Sở Y tế tổng hợp.", JUNE))
    assert belongs_to(later, right) == "order 5 6"
    moved = replace(later, rows=(later.rows[0], report(6, "Sở Y tế tổng hợp.", date(2026, 6, 20))))
    assert belongs_to(moved, right) is None


def test_a_key_that_is_not_there_stands_for_nothing() -> None:
    assert subject_of(draft(), "line 1") is None
    assert subject_of(OLD, "line 2") == Subject("duty", "Sở Y tế", "Khám bệnh.", 1, ("Sở Y tế",), ())
