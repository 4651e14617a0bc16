"""An import adds and completes; it never takes away."""

import random
from datetime import date

from domain.organisation.body_kinds import Standing
from domain.organisation.register import Unit
from domain.organisation.register_changes import UnitRow, merged, unit_changes

TEA = Unit(
    "Ban Chè",
    "BC",
    ("Ban Quản lý chè",),
    frozenset({"ban-nganh"}),
    "party",
    since=date(2020, 1, 1),
    until=date(2030, 1, 1),
    successor="Sở Nội vụ",
    common=False,
)


def test_empty_cells_leave_what_is_there() -> None:
    (change,) = unit_changes([TEA], [UnitRow("Ban Chè")], {})
    assert not change.changes
    assert change.becomes == TEA


def test_what_a_row_says_is_added_or_replaced() -> None:
    row = UnitRow("Ban chè", "BQLC", ("Ban QL chè", "ban quản lý chè"), frozenset({"moi"}), "local")
    (change,) = unit_changes([TEA], [row], {})
    assert change.becomes.name == "Ban Chè"
    assert change.becomes.spellings == ("Ban Quản lý chè", "Ban QL chè")
    assert change.becomes.tags == {"ban-nganh", "moi"}
    assert (change.becomes.abbreviation, change.becomes.standing) == ("BQLC", "local")
    assert (change.becomes.until, change.becomes.successor) == (TEA.until, TEA.successor)


def test_units_that_only_a_mark_tells_apart_are_two() -> None:
    known = [Unit("UBND xã Tân Lập")]
    (change,) = unit_changes(known, [UnitRow("UBND xã Tân Lạp")], {})
    assert change.was is None
    assert change.alike == ("UBND xã Tân Lập",)


def test_two_rows_of_one_unit_complete_each_other() -> None:
    (change,) = unit_changes([], [UnitRow("Sở A", "SA"), UnitRow("Sở A", spellings=("Sở AA",))], {})
    assert change.becomes == Unit("Sở A", "SA", ("Sở AA",))


def test_whatever_is_imported_nothing_is_lost() -> None:
    chance = random.Random(13)  # noqa: S311 - a test
    cells = ["", "X", "Y Z", "Ban Chè"]
    for _ in range(500):
        spellings = tuple(filter(None, chance.choices(cells, k=2)))
        tags = frozenset(filter(None, chance.choices(cells, k=2)))
        standing: Standing | None = chance.choice([None, "local", "party"])
        after = merged(TEA, UnitRow("Ban Chè", chance.choice([None, "Q"]), spellings, tags, standing))
        assert set(TEA.spellings) <= set(after.spellings)
        assert TEA.tags <= after.tags
        assert after.abbreviation
