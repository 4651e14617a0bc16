"""How well plans are read: each that is shown, in each kind of file and each layout."""

import sys
from collections.abc import Iterator

from documents.reading import read_plan
from domain.plans.plan import Plan
from tests.documents.conftest import REAL, SAMPLE, SHARED, shipped_register, source
from tests.documents.making import make_docx, make_pdf
from tests.documents.reading.test_any_layout import LAYOUTS
from tests.samples.scoring import Truth, load_truth, score

_LEAST = 0.8


def main() -> int:
    """Print a line for each plan and form; 1 where a measure is under the least that is expected."""
    sys.stdout.write(f"{'plan':<28}{'form':<24}{'mean':>6}{'min':>6}{'silent':>8}\n")
    under = False
    for name in [*SAMPLE, *(REAL if SHARED.is_dir() else ())]:
        text, truth = source(name)
        known = load_truth(truth)
        for form, plan in _read(name, text.read_text(encoding="utf-8")):
            marks = score(plan, known)
            least = min(marks.values())
            under = under or least < _LEAST
            mean = sum(marks.values()) / len(marks)
            sys.stdout.write(f"{name:<28}{form:<24}{mean:6.3f}{least:6.2f}{silent(plan, known):8d}\n")
    return under


def _read(name: str, text: str) -> Iterator[tuple[str, Plan]]:
    register = shipped_register()
    yield ".txt", read_plan(text.encode(), f"{name}.txt", register)
    yield ".docx", read_plan(make_docx(text), f"{name}.docx", register)
    yield ".pdf", read_plan(make_pdf(text), f"{name}.pdf", register)
    for layout, change in LAYOUTS.items():
        yield layout, read_plan(change(text).encode(), f"{name}.txt", register)


def silent(plan: Plan, truth: Truth) -> int:
    """Return how many duties and activities that the truth has no row and no unread passage shows."""
    rows = [*(duty.text for duty in plan.duties), *(item.text for item in plan.activities)]
    shown = [_plain(text) for text in (*rows, *(passage.text for passage in plan.unread))]
    told = [_plain(row["starts"])[:40] for key in ("duties", "activities") for row in truth[key]]
    return sum(not any(start in text for text in shown) for start in told)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).replace("uỷ", "ủy")


if __name__ == "__main__":
    sys.exit(main())
