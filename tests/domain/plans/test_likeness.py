"""When a plan that comes may be a new version of one that is kept."""

from dataclasses import replace
from datetime import date

import pytest

from domain.plans.likeness import Described, may_be_version

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
NEXT = (date(2027, 1, 1), date(2027, 12, 31))
WORK = frozenset({"trong che", "hai che", "sao che", "ban che"})
OLD = Described("33/KH-UBND", "Kế hoạch quảng bá chè năm 2026", YEAR, WORK)


@pytest.mark.parametrize(
    ("changes", "alike"),
    [
        ({"number": None, "work": frozenset[str]()}, True),  # the same title, a number missing
        ({"number": None, "title": "Kế hoạch khác", "work": frozenset[str]()}, False),
        ({"number": None, "title": "Kế hoạch khác"}, True),  # the same duties
        ({"number": "41/KH-UBND", "title": "Kế hoạch khác"}, True),
        ({"number": "41/KH-UBND", "work": frozenset({"nuoi ong"})}, False),  # only the title
        ({"number": "41/KH-UBND", "period": NEXT}, False),  # next year's
        ({"number": None, "period": NEXT, "title": "Kế hoạch quảng bá chè năm 2027"}, True),
        ({"number": None, "title": "Khác", "work": WORK | {"a", "b", "c", "d", "e"}}, True),
        ({"number": None, "title": "Khác", "work": frozenset({"trong che", "hai che", "a", "b"})}, False),
    ],
)
def test_titles_numbers_and_duties_decide(changes: dict[str, object], alike: bool) -> None:
    new = replace(OLD, **changes)  # type: ignore[arg-type]  # a table of fields
    assert may_be_version(new, OLD) is alike
