"""Makes the Word templates anew from config/templates/words, in the form of the decree.

By hand only: `python -m documents.writing.make_templates`. The program never calls it: what a department has
changed in its templates is not written over.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Mm

from config.files import FOLDER
from documents.writing.paper import BODY, add_head, bare_table, new_sheet, set_widths, whole, write

WORDS = FOLDER / "templates" / "words"
NAMES = ("report", "letter", "letter-party")

Line = tuple[str, str]
"""A style, or a command to this maker ("@head"), and the words."""


def lines_of(text: str) -> Iterator[Line]:
    """Read the words of a template: comments and empty lines are left out."""
    for line in text.splitlines():
        if line.startswith("@"):
            command, _, text = line.partition(" ")
            yield command, text
        elif line.startswith("{%"):
            yield BODY, line
        elif line and not line.startswith("#"):
            style, _, text = line.partition("|")
            yield style.strip(), text.strip()


def make_template(name: str) -> Any:
    """Return one template as a python-docx document; `name` is one of NAMES."""
    common = tomllib.loads((WORDS / "common.toml").read_text(encoding="utf-8"))
    document = new_sheet()
    for style, text in lines_of((WORDS / f"{name}.txt").read_text(encoding="utf-8")):
        match style:
            case "@head":
                add_head(document, common, text)
            case "@addressees":
                _add(document, common["addressees"])
            case "@foot":
                _add_foot(document, common)
            case "@annex":
                _add_annex(document, common["annex"])
            case _:
                _add(document, [[style, text]])
    return document


def _add(place: Any, lines: list[list[str]]) -> None:
    for style, text in lines:
        write(place, style or BODY, text)


def _add_foot(document: Any, common: dict[str, Any]) -> None:
    """Add "Nơi nhận" at the left and the place for the signature at the right, on one page."""
    left, right = bare_table(document, (Mm(80), Mm(85))).rows[0].cells
    _add(left, common["recipients"])
    _add(right, common["signature"])


def _add_annex(document: Any, annex: dict[str, Any]) -> None:
    """Add a page with the table of units; it is left out where there is none to tell of."""
    write(document, BODY, "{%p if annex %}")
    write(document, BODY, "").add_run().add_break(WD_BREAK.PAGE)
    _add(document, annex["lines"])
    table = document.add_table(5, len(annex["heads"]), style="Table Grid")
    table.autofit = False
    for at, (head, cell, total) in enumerate(zip(annex["heads"], annex["cells"], annex["sums"], strict=True)):
        write(table.cell(0, at), "Đầu bảng", head)
        write(table.cell(2, at), "Ô bảng" if at in annex["left"] else "Ô bảng, giữa", cell)
        write(table.cell(4, at), "Đầu bảng", total)
    write(table.cell(1, 0), "Ô bảng", "{%tr for row in annex %}")
    write(table.cell(3, 0), "Ô bảng", "{%tr endfor %}")
    set_widths(table, [Mm(width) for width in annex["widths"]])
    for row in table.rows:
        whole(row)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    write(document, BODY, "{%p endif %}")


def main() -> int:
    """Write the templates; 1, and nothing written, where one is there already."""
    parser = argparse.ArgumentParser(description="Make the Word templates anew.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER / "templates")
    parser.add_argument("--overwrite", action="store_true", help="also where a template is there already")
    arguments = parser.parse_args()
    paths = {name: arguments.folder / f"{name}.docx" for name in NAMES}
    existing = [path.name for path in paths.values() if path.exists()]
    if existing and not arguments.overwrite:
        sys.stderr.write(f"not written over: {', '.join(existing)}\n")
        return 1
    for name, path in paths.items():
        make_template(name).save(str(path))
    return 0


if __name__ == "__main__":
    sys.exit(main())
