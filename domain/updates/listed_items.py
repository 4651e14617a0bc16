"""The list of items as a person sees it, in which a report may stand by its lines alone: 1, 2, 4.1, 4.2."""

from collections.abc import Sequence


def by_report(items: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what each whole number of the list stands for, in its order: 4 for its lines 4.1 and 4.2."""
    reports: dict[str, tuple[str, ...]] = {}
    for item in items:
        number = item.split(".")[0]
        reports[number] = (item,) if item == number else (*reports.get(number, ()), item)
    return reports


def mixes_lines(items: Sequence[str]) -> bool:
    """Whether a report is in the list beside one of its lines: then nobody knows what "all" are."""
    return any("." in item and item.split(".")[0] in items for item in items)


def in_list(named: Sequence[str], items: Sequence[str]) -> tuple[str, ...]:
    """Return the items that numbers name; the number of a report names its lines where these are listed."""
    lines = by_report(items)
    found = (lines.get(number, (number,)) if number not in items else (number,) for number in named)
    return tuple(dict.fromkeys(item for group in found for item in group))
