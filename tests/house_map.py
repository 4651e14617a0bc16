"""The map of the house: which module imports which, by floor and feature, read from the source.

`make house` writes the drawing into docs/architecture.md; tests/test_house.py checks the order.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

FLOOR = {"config": 0, "domain": 0, "storage": 1, "documents": 1, "services": 2, "handlers": 3, "bot": 4}
"""A floor may import those with a lower number, and itself."""

FEATURES = (
    "common",
    "updates",
    "deadlines",
    "organisation",
    "plans",
    "assignments",
    "nudging",
    "reporting",
    "requests",
)
"""On its own floor a feature may import itself and those before it."""

DRAWING = re.compile(r"(?<=<!-- house -->\n).*?(?=<!-- /house -->)", re.S)


def _modules() -> dict[str, Path]:
    modules = {}
    for floor in FLOOR:
        for path in sorted((ROOT / floor).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            modules[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return modules


MODULES = _modules()
"""Every module of the program by its dotted name."""


@cache
def tree(name: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """Return all nodes of the syntax tree of a module."""
    return tuple(ast.walk(tree(name)))


@cache
def imports(name: str) -> tuple[tuple[str, bool], ...]:
    """Return each of our modules that a module imports, and whether only for the type checker."""
    return tuple(_imports(name))


def _imports(name: str) -> Iterator[tuple[str, bool]]:
    for_types = {
        inner
        for node in nodes(name)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for inner in ast.walk(node)
    }
    for node in nodes(name):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            module = node.module or ""
            targets = [
                f"{module}.{a.name}" if f"{module}.{a.name}" in MODULES else module for a in node.names
            ]
        else:
            continue
        yield from ((target, node in for_types) for target in targets if target.split(".")[0] in FLOOR)


def feature(name: str) -> str | None:
    """Return the feature that a module belongs to; None for modules beside the features."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in FEATURES else None


def breaches() -> list[str]:
    """Return the imports that run against the order of floors or features, one line each."""
    return [
        f"{name} imports {target}"
        for name in MODULES
        for target, _ in imports(name)
        if not (_floor_is_below(name, target) and _feature_is_earlier(name, target))
    ]


def _floor_is_below(name: str, target: str) -> bool:
    here, there = name.split(".")[0], target.split(".")[0]
    return here == there or FLOOR[there] < FLOOR[here]


def _feature_is_earlier(name: str, target: str) -> bool:
    here, there = feature(name), feature(target)
    if name.split(".")[0] != target.split(".")[0] or here is None or there is None:
        return True
    return FEATURES.index(there) <= FEATURES.index(here)


def draw() -> str:
    """Return the drawing as Markdown: a row a package, and which packages it imports.

    Nothing in it changes with a line of code that imports nothing new.
    """
    arrows: defaultdict[str, set[str]] = defaultdict(set)
    for name in MODULES:
        package = _package(name)
        arrows[package] |= {_package(target) for target, _ in imports(name)} - {package}
    rows = ["| package | imports |", "|---|---|"]
    for package in sorted(arrows, key=_place):
        targets = ", ".join(sorted(arrows[package], key=_place))
        rows.append(f"| `{package}` | {targets} |")
    return "\n".join(rows) + "\n"


def _package(name: str) -> str:
    parts = name.split(".")
    folder = MODULES[name].parent.relative_to(ROOT).parts
    return ".".join(folder[:2]) if len(folder) > 1 else parts[0]


def _place(package: str) -> tuple[int, int, str]:
    top, _, rest = package.partition(".")
    return -FLOOR[top], FEATURES.index(rest) if rest in FEATURES else -1, package


def write_drawing() -> None:
    """Write the drawing between its two marks in docs/architecture.md."""
    page = ROOT / "docs" / "architecture.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(DRAWING.sub(lambda _: draw(), text), encoding="utf-8")


if __name__ == "__main__":
    write_drawing()
