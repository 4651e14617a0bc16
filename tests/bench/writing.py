"""What the documents that go out cost, beside the bare libraries that make them."""

import io
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date

from openpyxl import Workbook

from documents.writing.board import Board, BoardUnit, Tile
from documents.writing.picture import draw_status
from documents.writing.report_document import write_report
from documents.writing.tracking_workbook import Labels, Tracking, TrackingRow, write_tracking
from domain.assignments.lifecycle import Timeliness
from tests.bench.reading import show
from tests.documents.papers import large_report

UNITS, DUTIES = 100, 10
LIGHTS: tuple[Timeliness, ...] = ("overdue", "due", "in_time", "done_in_time", "done_late")


def main() -> int:
    """Measure and print; 1 where a limit is passed."""
    report = large_report(UNITS, DUTIES)
    size = f"{UNITS} x {DUTIES}"
    table = tracking()
    return any(
        [
            show(f"report .docx, {size}, seconds", seconds(lambda: write_report(report)), 3.0),
            show("the same, peak of its process, MB", megabytes(), 200.0),
            show(f"status picture, {size}, seconds", seconds(lambda: draw_status(board())), 1.5),
            show(
                "tracking .xlsx / bare openpyxl", seconds(lambda: write_tracking(table)) / seconds(bare), 3.0
            ),
        ]
    )


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs: other programs only ever make it slower."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


MEASURED = f"""
import resource
from documents.writing.report import write_report
from tests.documents.papers import large_report
write_report(large_report({UNITS}, {DUTIES}))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def megabytes() -> float:
    """The peak of memory of a program that only writes the report."""
    done = subprocess.run([sys.executable, "-c", MEASURED], capture_output=True, text=True, check=True)
    return float(done.stdout)


def board() -> Board:
    units = tuple(
        BoardUnit(
            f"Ủy ban nhân dân xã Nậm Khê {n}",
            tuple(Tile(f"1.{duty}", LIGHTS[(n + duty) % 5]) for duty in range(1, DUTIES + 1)),
        )
        for n in range(UNITS)
    )
    legend = tuple((light, light) for light in LIGHTS)
    return Board("Kế hoạch chuyển đổi số năm 2026", "Quý II", "10/6/2026", units, legend)


def rows() -> Iterator[TrackingRow]:
    day = date(2026, 6, 15)
    for n in range(UNITS):
        for duty in range(DUTIES):
            yield TrackingRow(
                unit=f"Xã Nậm Khê {n}",
                duty=f"Nhiệm vụ {duty}",
                role="chủ trì",
                period="Quý II",
                planned_on=day,
                due_on=day,
                state="đang thực hiện",
                percent=60,
                result="đã đăng 12 tin, bài",
                difficulty="",
                proposal="",
                updated_on=day,
                standing="quá hạn",
                timeliness="overdue",
            )


def tracking() -> Tracking:
    one, two, three = (
        Labels(name, tuple(map(str, range(n)))) for name, n in (("a", 14), ("b", 7), ("c", 12))
    )
    return Tracking(one, two, three, total="Cộng", rows=tuple(rows()), tallies=())


def bare() -> None:
    """The same values through openpyxl as it comes, without a look of their own."""
    book = Workbook()
    sheet = book.worksheets[0]
    for at, row in enumerate(rows()):
        sheet.append([at, *(getattr(row, name) for name in TrackingRow.__slots__[:-1])])
    book.save(io.BytesIO())
