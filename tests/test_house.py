"""The house keeps its own order: imports run downward, sentences stand in the catalogue."""

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.command_help import ROOT as HELP_ROOT
from bot.cli.main import app
from config.texts import load_sentences
from config.version import VERSION
from domain.common.text import nfc
from handlers.subjects import SUBJECTS
from handlers.table import BUTTONS, COMMANDS, QUESTIONS
from tests.house_map import DRAWING, FLOOR, MODULES, ROOT, breaches, draw, imports, nodes, tree

VIETNAMESE = re.compile(r"[À-ỹ]")
LONGEST = 400
OURS = sorted(name for name in MODULES if "migrations" not in name)


def test_imports_run_downward_and_features_in_one_direction() -> None:
    wrong = sorted(breaches())
    assert not wrong, "\n".join((*wrong, "", draw()))


PURE = {
    *(
        "__future__",
        "array",
        "base64",
        "calendar",
        "collections",
        "dataclasses",
        "datetime",
        "difflib",
        "functools",
    ),
    *("hashlib", "html", "itertools", "math", "re", "sys", "types", "typing", "unicodedata", "zlib"),
    *("dateutil", "domain", "lunar_vn"),
}
"""What the domain may import: nothing of it reads a file, a socket, a clock or chance."""
IMPURE = {"open", "print", "input", "__import__", "eval", "exec", "now", "utcnow", "today", "fromtimestamp"}
"""What it may not call, by its last name."""


def test_the_domain_reads_nothing_and_no_clock() -> None:
    for name in OURS:
        if name.split(".")[0] != "domain":
            continue
        found = {target.split(".")[0] for node in nodes(name) for target in _named(node)}
        assert found <= PURE, f"{name}: {found - PURE}"
        called = {_last_name(node.func) for node in nodes(name) if isinstance(node, ast.Call)}
        assert not called & IMPURE, f"{name}: {called & IMPURE}"


def _named(node: ast.AST) -> list[str]:
    """The modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _last_name(called: ast.expr) -> str:
    return (
        called.attr
        if isinstance(called, ast.Attribute)
        else called.id
        if isinstance(called, ast.Name)
        else ""
    )


COUNTING = {"storage.reporting.plan_status", "storage.reporting.report_store"}


def test_figures_are_asked_of_the_deeds_alone() -> None:
    """Types may be imported from where they are stored; what counts may not be called past services."""
    for name in OURS:
        if name.split(".")[0] in ("storage", "services"):
            continue
        for node in nodes(name):
            if not isinstance(node, ast.ImportFrom):
                continue
            called = {alias.name for alias in node.names if not alias.name[0].isupper()}
            assert not (node.module in COUNTING and called), f"{name}: {called}"
            assert not {f"{node.module}.{function_name}" for function_name in called} & COUNTING, (
                f"{name}: {called}"
            )


def test_migrations_follow_each_other_in_one_line() -> None:
    folder = ROOT / "storage" / "database" / "migrations" / "versions"
    migrations = [
        dict(re.findall(r'^(revision|down_revision) = (?:"(\d+)"|None)', path.read_text("utf-8"), re.M))
        for path in sorted(folder.glob("*.py"))
    ]
    numbers = [f"{number:04}" for number in range(1, len(migrations) + 1)]
    assert [migration["revision"] for migration in migrations] == numbers
    assert [migration["down_revision"] for migration in migrations] == ["", *numbers[:-1]]


def test_the_drawing_of_the_house_is_current() -> None:
    drawing = DRAWING.search((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    assert drawing is not None
    assert drawing[0] == draw(), "make house"


def test_every_import_names_a_module_that_is_there() -> None:
    assert [(name, target) for name in OURS for target, _ in imports(name) if target not in MODULES] == []


def test_no_two_modules_bear_one_name() -> None:
    names = [path.stem for name, path in MODULES.items() if name in OURS and path.name != "__init__.py"]
    assert [name for name, count in Counter(names).items() if count > 1] == []


TWO_CLASSES = {"Context", "Question"}
"""Of a document that is read, and of a message; put by a unit, and put by the program."""


def test_no_two_classes_bear_one_name() -> None:
    class_names = Counter(
        node.name for name in OURS for node in nodes(name) if isinstance(node, ast.ClassDef)
    )
    assert {name for name, count in class_names.items() if count > 1} - TWO_CLASSES == set()


def test_every_test_stands_in_the_package_that_it_tests() -> None:
    floors = [ROOT / "tests" / floor for floor in FLOOR]
    folders = {
        path.parent.relative_to(ROOT / "tests") for floor in floors for path in floor.rglob("test_*.py")
    }
    assert [str(folder) for folder in sorted(folders) if not (ROOT / folder).is_dir()] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        name: {target for target, types in imports(name) if not types and target != name} for name in OURS
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " > ".join((*path[path.index(name) :], name))
        if name not in done:
            for target in sorted(graph.get(name, ())):
                visit(target, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def loaded_with(name: str) -> Iterator[str]:
    """Yield what a module names in the imports that are done when it is loaded."""
    for node in tree(name).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names))


def test_the_program_starts_without_what_reads_and_writes_documents() -> None:
    """They take tens of megabytes and half a second, and are loaded when somebody sends or orders one."""
    seen, ahead, others = set[str](), ["bot.app.wiring"], set[str]()
    while ahead:
        for loaded in loaded_with(ahead.pop()):
            if loaded in MODULES and loaded not in seen:
                seen.add(loaded)
                ahead.append(loaded)
            elif loaded not in MODULES:
                others.add(loaded.split(".")[0])
    assert {"handlers.table", "storage.database.opening"} <= seen
    assert not others & {"docx", "docxtpl", "holidays", "lxml", "openpyxl", "pdfminer", "pdfplumber", "PIL"}


def test_every_module_says_what_it_is_for() -> None:
    assert [name for name in OURS if not ast.get_docstring(tree(name))] == []


ASSIGNMENT_WRITER = "storage.assignments.assignment_writer"
ASSIGNMENT_RULES = ("domain.assignments.assignment_change", "domain.assignments.plan_following")


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call in a module with the name of what is called, without what stands before a dot."""
    for node in nodes(name):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def writes_assignments(node: ast.Call) -> bool:
    """Whether a call makes a statement that writes the table of assignments."""
    return any(isinstance(arg, ast.Name) and arg.id == "assignment" for arg in node.args)


def test_one_module_writes_assignments() -> None:
    statements = ("insert", "update", "delete", "upsert")
    writers = {
        name
        for name in OURS
        for called, node in calls(name)
        if called in statements and writes_assignments(node)
    }
    assert writers == {ASSIGNMENT_WRITER}
    raw = re.compile(r"(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+assignment\b", re.IGNORECASE)
    texts = {name: MODULES[name].read_text(encoding="utf-8") for name in OURS}
    assert [name for name, text in texts.items() if raw.search(text)] == []


def test_what_becomes_of_an_assignment_is_decided_in_the_domain() -> None:
    made = {
        name for name in OURS for called, _ in calls(name) if called in ("AssignmentChange", "NewAssignment")
    }
    assert made == set(ASSIGNMENT_RULES)
    callers = {name for name in OURS for called, _ in calls(name) if called == "next_on"}
    assert callers <= {*ASSIGNMENT_RULES, "domain.nudging.ladder", "handlers.reporting.upward_chat"}


def all_files() -> list[Path]:
    skipped = {".venv", ".git", "build", "__pycache__", "versions"}
    return [path for path in sorted(ROOT.rglob("*.py")) if not skipped & set(path.relative_to(ROOT).parts)]


LONG_TABLES = {
    "storage/database/schema.py",
    "domain/deadlines/phrase_table.py",
    "domain/updates/learned_weights.py",
    "documents/reading/bodies.py",
}
"""Tables, with hardly any code."""


def test_no_file_is_long() -> None:
    program = [path for name, path in MODULES.items() if name in OURS]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in program
    }
    assert {path: n for path, n in lengths.items() if n > LONGEST and path not in LONG_TABLES} == {}


def docstrings(module: ast.Module) -> set[ast.AST]:
    constants: set[ast.AST] = set()
    for node in ast.walk(module):
        body = getattr(node, "body", [])
        for expr in body if isinstance(body, list) else ():
            if isinstance(expr, ast.Expr) and isinstance(expr.value, ast.Constant):
                constants.add(expr.value)
    return constants


ALLOWED = ("Nhắc Việc", "trước ngày 15/6 và 15/11")
"""The program's own name, and the example in an English help text."""


def vietnamese(name: str) -> Iterator[str]:
    """Yield the place and words of each Vietnamese text that stands in a module outside of docstrings."""
    exempt = docstrings(tree(name))
    for node in nodes(name):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in exempt:
            words = node.value
            for allowed in ALLOWED:
                words = words.replace(allowed, "")
            if VIETNAMESE.search(words):
                yield f"{name}:{node.lineno}: {words!r}"


def test_no_vietnamese_sentence_stands_in_code() -> None:
    speaking = [n for n in OURS if n.split(".")[0] in ("bot", "handlers", "services", "storage")]
    assert [place for name in speaking for place in vietnamese(name)] == []


# ---- the catalogue

VI, EN = load_sentences("vi.toml"), load_sentences("en.toml")
PAIRS = [
    ("vi.toml", "en.toml"),
    ("sandbox.vi.toml", "sandbox.en.toml"),
    ("commands.vi.toml", "commands.en.toml"),
    ("dashboard.vi.toml", "dashboard.en.toml"),
]


@pytest.mark.parametrize(("language", "other"), PAIRS)
def test_both_languages_have_the_same_sentences(language: str, other: str) -> None:
    assert sorted(load_sentences(language)) == sorted(load_sentences(other))


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_fill_the_same_places() -> None:
    assert [key for key in sorted(VI.keys() & EN.keys()) if places(VI[key]) != places(EN[key])] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_markup_is_closed_on_the_line_on_which_it_opens(language: str) -> None:
    for key, sentence in load_sentences(f"{language}.toml").items():
        assert nfc(sentence) == sentence, key
        for line in sentence.split("\n"):
            tags = re.findall(r"</?(\w+)>", line)
            assert set(tags) <= {"b", "i"}, key
            for tag in ("b", "i"):
                assert line.count(f"<{tag}>") == line.count(f"</{tag}>"), (key, line)


KEY = re.compile(r"[a-z]\w*(\.\w+)+")


def pattern_of(joined: ast.JoinedStr) -> str:
    parts = (part.value if isinstance(part, ast.Constant) else None for part in joined.values)
    return "".join(r"\w+" if part is None else re.escape(str(part)) for part in map(_text, parts))


def _text(part: object) -> str | None:
    return part if isinstance(part, str) else None


def wanted_keys() -> tuple[set[str], set[str]]:
    """The keys that code names outright, and the patterns of those that it puts together (f"state.{...}")."""
    outright: set[str] = set()
    patterns: set[str] = set()
    for name in (name for name in OURS if name.split(".")[0] in ("bot", "handlers", "services")):
        joined = [node for node in nodes(name) if isinstance(node, ast.JoinedStr)]
        patterns |= {pattern for pattern in map(pattern_of, joined) if re.match(r"[a-z]+\\\.", pattern)}
        pieces = {part for joined_str in joined for part in joined_str.values}
        for node in nodes(name):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in pieces:
                outright |= {node.value} if KEY.fullmatch(node.value) else set()
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "label":
                outright |= {
                    f"button.{arg.value!s}" for arg in node.args[1:] if isinstance(arg, ast.Constant)
                }
    return outright, patterns


def test_every_sentence_that_code_asks_for_is_in_the_catalogue() -> None:
    outright, patterns = wanted_keys()
    tables = {key.split(".")[0] for key in VI}
    named = {key for key in outright if key.split(".")[0] in tables and not key.endswith((".toml", ".py"))}
    assert sorted(named - set(VI) - MODULES.keys()) == []
    for pattern in patterns:
        if pattern.split("\\.")[0] in tables:
            assert any(re.fullmatch(pattern, key) for key in VI), pattern


def test_every_sentence_of_the_catalogue_is_used() -> None:
    outright, patterns = wanted_keys()
    verbs = {f"button.{verb}" for verb in ("done", "doing", "stuck", "extend")}
    left = [
        key
        for key in VI
        if key not in outright | verbs and not any(re.fullmatch(pattern, key) for pattern in patterns)
    ]
    assert left == []


# ---- the command line


def command_tree(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each command of the command line with the words by which it is called."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from command_tree(inner, (*path, name))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_help_has_a_sentence_for_each_command_and_parameter_and_no_other(language: str) -> None:
    words = load_sentences(f"commands.{language}.toml")
    wanted = set()
    for path, command in command_tree(typer.main.get_command(app)):
        key = ".".join(path) or HELP_ROOT
        names = {parameter.name for parameter in command.params} - {"as_json"}
        wanted |= {f"{key}.{name}" for name in ("about", *names)}
    tables = ("heading.", "value.", "every.")
    assert {key for key in words if not key.startswith(tables)} == wanted


# ---- the table of commands


def test_the_table_names_everything_once() -> None:
    names = [name for command in COMMANDS for name in (command.name, command.alias)]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", name) for name in names)
    assert len({button.verb for button in BUTTONS}) == len(BUTTONS)
    assert len({question.topic for question in QUESTIONS}) == len(QUESTIONS)
    assert all(f"help.{command.name}" in VI for command in COMMANDS)


def test_every_button_says_whose_seat_it_takes() -> None:
    assert {button.verb for button in BUTTONS} == set(SUBJECTS)


def test_every_module_that_makes_a_command_a_button_or_a_question_is_in_the_table() -> None:
    made = {"command": len(COMMANDS), "button": len(BUTTONS), "question": len(QUESTIONS)}
    for kind, count in made.items():
        decorated = [
            (name, node.name)
            for name in OURS
            if name.startswith("handlers.")
            for node in nodes(name)
            if isinstance(node, ast.AsyncFunctionDef)
            for call in node.decorator_list
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == kind
        ]
        assert len(decorated) == count, decorated


def test_button_data_are_made_by_one_module() -> None:
    for name in (argument for argument in OURS if argument.startswith("handlers.")):
        for called, node in calls(name):
            data = [*node.args[1:], *(keyword.value for keyword in node.keywords if keyword.arg == "data")]
            if called == "Choice":
                assert not any(isinstance(argument, ast.JoinedStr | ast.Constant) for argument in data), (
                    node.lineno
                )


# ---- the project


def test_the_version_is_the_newest_of_the_changelog() -> None:
    newest = re.search(r"^## \[?v?(\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert newest is not None
    assert newest[1] == VERSION


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    home = re.compile(r"(?<![\w.])/(?:home|root|work|Users)/\w")
    for path in all_files():
        assert not home.search(path.read_text(encoding="utf-8").replace(str(home.pattern), "")), path
