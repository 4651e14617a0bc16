"""How well plans are read: each that is shown, in each kind of file and each layout."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from documents.reading import read_plan
from domain.plans.plan import Plan
from tests.documents.conftest import REAL, SAMPLE, SHARED, shipped_register, source
from tests.documents.making import make_docx, make_pdf
from tests.documents.reading.test_any_layout import LAYOUTS
from tests.samples.scoring import Truth, load_truth, score

_LEAST = 0.8


_FORMS = (".txt", ".docx", ".pdf")


def main() -> int:
    """Print a line for each plan; 1 where a measure is under the least that is expected in any form of it."""
    sys.stdout.write(
        f"{'plan':<40}{'.txt':>7}{'.docx':>7}{'.pdf':>7}{'layouts':>9}{'least':>7}{'silent':>8}\n"
    )
    under = False
    for name in [*SAMPLE, *shown_plans()]:
        text, truth = source(name)
        known = load_truth(truth)
        forms = {form: marks_of(plan, known) for form, plan in _read(name, text.read_text(encoding="utf-8"))}
        means = [forms[form].mean for form in _FORMS]
        layouts = [marks.mean for form, marks in forms.items() if form not in _FORMS]
        least = min(marks.least for marks in forms.values())
        lost = max(marks.silent for marks in forms.values())
        under = under or least < _LEAST
        figures = "".join(f"{mean:7.3f}" for mean in means)
        sys.stdout.write(f"{name:<40}{figures}{sum(layouts) / len(layouts):9.3f}{least:7.2f}{lost:8d}\n")
    return under


@dataclass(frozen=True, slots=True)
class Marks:
    """How well one form of a plan is read: the mean and the least measure, and what is lost in silence."""

    mean: float
    least: float
    silent: int


def marks_of(plan: Plan, truth: Truth) -> Marks:
    marks = score(plan, truth)
    return Marks(sum(marks.values()) / len(marks), min(marks.values()), silent(plan, truth))


def shown_plans() -> list[str]:
    """Return the names of the real plans with truths beside the project, none where it stands alone."""
    newer = sorted(f"new/{file.stem}" for file in (SHARED / "new").glob("*.json"))
    return [*REAL, *newer] if SHARED.is_dir() else []


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
