"""The journeys in docs/architecture.md can be followed."""

import ast
import re
from itertools import pairwise

import pytest

from tests.house_map import FLOOR, ROOT, imports, tree

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
STEP = re.compile(r"^(\d+)\. `([\w/]+)\.py:([\w.]+)`", re.M)
JOURNEYS = [STEP.findall(part) for part in re.findall(r"(?s)<!-- journey -->(.*?)<!-- /journey -->", PAGE)]
LONGEST = (75, 150, 50)
"""How many steps each journey took in the house before this one."""


def module_of(path: str) -> str:
    return path.replace("/", ".").removesuffix(".__init__")


def functions(module: str) -> set[str]:
    """Return the functions of a module, and the methods of its classes as Class.method."""
    names: set[str] = set()
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.ClassDef):
            inner = (
                inner_node
                for inner_node in node.body
                if isinstance(inner_node, ast.FunctionDef | ast.AsyncFunctionDef)
            )
            names |= {f"{node.name}.{inner_node.name}" for inner_node in inner}
    return names


def test_there_are_three_journeys_shorter_than_before() -> None:
    assert len(JOURNEYS) == len(LONGEST)
    assert all(3 < len(steps) < most for steps, most in zip(JOURNEYS, LONGEST, strict=True))
    for steps in JOURNEYS:
        assert [int(number) for number, _, _ in steps] == list(range(1, len(steps) + 1))


@pytest.mark.parametrize("steps", JOURNEYS)
def test_every_step_exists(steps: list[tuple[str, str, str]]) -> None:
    missing = [(path, name) for _, path, name in steps if name not in functions(module_of(path))]
    assert missing == []


@pytest.mark.parametrize("steps", JOURNEYS)
def test_a_journey_goes_downward_only(steps: list[tuple[str, str, str]]) -> None:
    floors = [FLOOR[path.split("/")[0]] for _, path, _ in steps]
    assert all(below <= above for above, below in pairwise(floors)), floors


@pytest.mark.parametrize("steps", JOURNEYS)
def test_a_step_is_reached_from_one_above_it(steps: list[tuple[str, str, str]]) -> None:
    """Its module is imported by that of an earlier step, directly or by way of others."""
    modules = [module_of(path) for _, path, _ in steps]
    reached = {name for name in modules if name.startswith("bot.")}
    waiting = sorted(reached)
    while waiting:
        new = {target for target, _ in imports(waiting.pop())} - reached
        reached |= new
        waiting += sorted(new)
    assert [name for name in modules if name not in reached] == []
