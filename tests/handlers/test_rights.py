"""The matrix of rights: every command and every button × every role, tried from outside.

Two plans live side by side, each with a coordinator of its own; every unit has said something that nobody
else would say. Whoever may not do a thing gets the refusal and nothing else, and whatever anybody presses or
types, no word of another unit's comes to their phone and nothing of another's changes.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from bot.channels.base import Raw
from config.texts import load_texts
from documents.reading import read_text
from domain.common.text import fold
from domain.plans.commitments import commit
from handlers.common.context import Button, Who
from handlers.common.conversation import Outgoing, plain
from handlers.table import BUTTONS, COMMANDS
from storage.common import fact_store
from storage.plans import version_store
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    NGOAN,
    PLAN,
    QUAN,
    STRANGER,
    SUPPORTING,
    TUYEN,
    Press,
    Somebody,
    Stage,
    open_stage,
    words_of,
)
from tests.handlers.rights_kit import (
    ELSEWHERE,
    OF_LEADING,
    OF_OTHERS,
    OF_SUPPORTING,
    ROLES,
    THAO,
    WORDS,
    work,
)

REFUSALS = {
    "stranger": "start.stranger",
    "former": "start.no_seat",
    "officer": "error.not_officer",
    "other": "error.not_allowed",
}
_UPDATES = count(1)


@pytest.fixture(scope="module")
def worked(furnished: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with both plans at work, made once."""
    path = tmp_path_factory.mktemp("rights") / "two.db"
    shutil.copy(furnished, path)
    asyncio.run(work(path))
    return path


@pytest.fixture
async def two(worked: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """The stage on the first of June, with both plans at work."""
    shutil.copy(worked, tmp_path / "two.db")
    opened = await open_stage(tmp_path / "two.db", "2026-06-01 09:00")
    yield opened
    await opened.database.close()


async def press_all(stage: Stage, said: Mapping[Somebody, Sequence[Mapping[str, str]]]) -> None:
    """Let all say all at once, each in their own order; every single thing is answered."""
    raws = [
        Raw(f"r{next(_UPDATES)}", who.chat, {"sender": who.chat, "name": who.name, **one})
        for who, ones in said.items()
        for one in ones
    ]
    before = {who: len(stage.channel.to(who)) for who in said}
    async with asyncio.timeout(120):
        await stage.program.intake.accept(stage.channel, raws)
        await stage.program.intake.idle()
    for who, ones in said.items():
        assert len(stage.channel.to(who)) - before[who] >= len(ones), who.name


def leaks(stage: Stage, since: int) -> list[tuple[str, str, str]]:
    """Return (phone, word, message) of all that came to somebody who may not read it."""
    people = {who.chat: who for who in ROLES}
    found = []
    for sent in stage.channel.sent[since:]:
        told = fold(words_of(sent.message) + inside(sent.message))
        who = people[sent.chat]
        found += [
            (who.name, word, told) for word, may in WORDS.items() if who not in may and fold(word) in told
        ]
    return found


def inside(message: Outgoing) -> str:
    """What stands in the papers of a message, which are zipped XML."""
    told = ""
    for paper in message.papers:
        told += f" {paper.name}"
        if paper.name.endswith(("docx", "xlsx")):
            with ZipFile(BytesIO(paper.data)) as archive:
                told += " ".join(archive.read(one).decode("utf-8", "ignore") for one in archive.namelist())
    return told


def refusal(who: Somebody, needs: Who) -> str:
    """The one sentence for somebody who may not do what `needs` says."""
    kind = "stranger" if who is STRANGER else "former" if who is NGOAN else needs
    return plain(load_texts("vi")(REFUSALS.get(kind, REFUSALS["other"])))


ARGUMENTS = ("", "1", "1 xong", "33/KH-UBND", "44/KH-UBND", "2.1")


def forbidden(who: Somebody) -> Iterator[tuple[dict[str, str], str]]:
    """What a role may not do at all, and what it must hear."""
    for command in COMMANDS:
        if command.who not in ROLES[who]:
            for name in (command.name, command.alias):
                yield from (({"text": f"/{name} {a}"}, refusal(who, command.who)) for a in ARGUMENTS[:2])
    for button in BUTTONS:
        if button.who not in ROLES[who]:
            for argument in ("", "1"):
                yield {"press": f"{button.verb}:{argument}"}, refusal(who, button.who)


async def test_what_a_role_may_not_do_gets_the_refusal_and_nothing_else(two: Stage) -> None:
    matrix = {who: list(forbidden(who)) for who in ROLES}
    before, kept = len(two.channel.sent), await two.everything()
    await press_all(two, {who: [one for one, _ in cells] for who, cells in matrix.items()})
    for who, cells in matrix.items():
        answers = [sent.message for sent in two.channel.sent[before:] if sent.chat == who.chat]
        assert len(answers) == len(cells)
        for (one, words), answer in zip(cells, answers, strict=True):
            assert plain(answer.text) == words, (who.name, one)
            assert (answer.choices, answer.papers, answer.menu) == ((), (), None), (who.name, one)
    assert await two.everything() == kept
    ((noted,),) = await rows(two, "SELECT count(*) FROM audit WHERE what = 'refused'")
    assert noted == sum(len(cells) for who, cells in matrix.items() if "member" in ROLES[who])


async def test_every_role_meets_every_command_and_button() -> None:
    for who, may in ROLES.items():
        kept_from = {json["press"].split(":")[0] for json, _ in forbidden(who) if "press" in json}
        assert kept_from == {button.verb for button in BUTTONS if button.who not in may}


TEMPLATES: Mapping[str, tuple[str, ...]] = {
    "nudge": ("plan:{}", "unit:{}", "duty:{}", "request:{}"),
    "push": ("0:plan:{}", "0:unit:{}"),
    "handover": ("{}:focal", "{}:leader", "{}:coordinator"),
    "handcode": ("{}:focal", "{}:leader", "{}:coordinator"),
    "files": ("{}", "{}:1"),
    "proof": ("own", "{}", "{0}:{0}", "{}:1", "1:{}"),
    "rows": ("{}:0",),
    "doubts": ("{}:0",),
    "means": ("{}:1:0", "{}"),
    "confirms": ("{}:on",),
    "sum": (
        "text:{}~~~~",
        "docx:{}~~~~",
        "xlsx:{}~~~~",
        "cycle:{}~~~~",
        "text:{}~~1.2.3.4~~",
        "text:1~~{}~~",
    ),
}
"""How a verb's data name an id, where not by the bare number."""
GARBAGE = ("", "-1", "9" * 30, "²", "~~~~:'")


ASSIGNED = (
    "SELECT a.id FROM assignment a LEFT JOIN plan p ON p.id = plan_id"
    " LEFT JOIN request r ON r.id = request_id"
    " WHERE coalesce(p.coordinator_id, r.coordinator_id) <> (SELECT id FROM unit WHERE name = :unit)"
)
COMPILED = "SELECT id FROM unit WHERE name <> :unit"
OF_OTHERS_ROWS = (
    f"SELECT * FROM assignment WHERE id IN ({ASSIGNED})",  # noqa: S608 - words of ours
    f"SELECT * FROM progress WHERE assignment_id IN ({ASSIGNED})",  # noqa: S608 - words of ours
    f"SELECT * FROM extension WHERE assignment_id IN ({ASSIGNED})",  # noqa: S608 - words of ours
    f"SELECT * FROM plan WHERE coordinator_id IN ({COMPILED})",  # noqa: S608 - words of ours
    f"SELECT * FROM request WHERE coordinator_id IN ({COMPILED})",  # noqa: S608 - words of ours
    "SELECT * FROM membership",
    "SELECT id, name, consented_at FROM person",
    "SELECT * FROM invite",
)


async def rows(stage: Stage, question: str, **values: object) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.execute(text(question), values)]


EACH = (
    "SELECT min(id) FROM assignment GROUP BY unit_id, request_id",
    "SELECT min(p.id) FROM progress p JOIN assignment a ON a.id = assignment_id GROUP BY unit_id",
    "SELECT min(e.id) FROM extension e JOIN assignment a ON a.id = assignment_id GROUP BY unit_id",
    "SELECT id FROM plan",
    "SELECT id FROM request",
    "SELECT DISTINCT unit_id FROM assignment",
)


async def numbers(stage: Stage) -> list[int]:
    """An id of each kind of thing and of each whose it is, and one that nothing has."""
    found = {row[0] for question in EACH for row in await rows(stage, question)}
    return sorted(one for one in found | {99} if isinstance(one, int))


async def of_others(stage: Stage, who: Somebody) -> list[list[tuple[object, ...]]]:
    """All that is compiled by others than a coordinator, and who is who."""
    return [
        await rows(stage, row, **({"unit": who.unit} if ":unit" in row else {})) for row in OF_OTHERS_ROWS
    ]


def forged(numbers: Iterable[int], may: frozenset[Who]) -> Iterator[dict[str, str]]:
    """Every button that a role may press at all, with every id there is and with what is none."""
    for button in BUTTONS:
        if button.who in may:
            for template in TEMPLATES.get(button.verb, ("{}",)):
                yield from ({"press": f"{button.verb}:{template.format(n)}"} for n in numbers)
            yield from ({"press": f"{button.verb}:{argument}"} for argument in GARBAGE)
    yield from ({"press": data} for data in ("", ":", "nothing:1", "x" * 64))


WHOSE = "SELECT DISTINCT {}, unit_id FROM {} JOIN assignment ON assignment.id = assignment_id"
OWN_DRAFT = {HANG: "71/KH-UBND", TUYEN: "72/KH-UBND"}


async def test_no_word_of_anothers_work_comes_to_anybody_whatever_they_press(two: Stage) -> None:
    known, since = await numbers(two), len(two.channel.sent)
    people = [who for who in ROLES if who not in OWN_DRAFT]
    await press_all(
        two, {who: list(forged(known if who is not LAM else known[:2], ROLES[who])) for who in people}
    )
    await two.post()
    assert leaks(two, since) == []
    held = set(await rows(two, "SELECT person_id, unit_id FROM membership WHERE until IS NULL"))
    assert set(await rows(two, WHOSE.format("person_id", "progress"))) <= held
    assert set(await rows(two, WHOSE.format("asked_by", "extension"))) <= held


@pytest.mark.parametrize("who", OWN_DRAFT, ids=lambda who: str(who.chat))
async def test_a_coordinator_reads_and_moves_nothing_of_anothers_plan(two: Stage, who: Somebody) -> None:
    known, before, since = await numbers(two), await of_others(two, who), len(two.channel.sent)
    ((own,),) = await rows(two, "SELECT id FROM plan WHERE number = :number", number=OWN_DRAFT[who])
    data = [one for one in forged(known, ROLES[who]) if one["press"] != f"confirm:{own}"]
    await press_all(two, {who: data})
    await two.post()
    assert leaks(two, since) == []
    assert await of_others(two, who) == before


async def test_no_word_of_anothers_work_comes_to_anybody_whatever_they_type(two: Stage) -> None:
    typed = [f"/{command.name} {argument}" for command in COMMANDS for argument in ARGUMENTS]
    typed = [one for one in typed if not one.endswith("KH-UBND") or not one.startswith("/update")]
    names = (LEADING, SUPPORTING, ELSEWHERE, OF_LEADING, OF_SUPPORTING, OF_OTHERS, "71/KH-UBND", "72/KH-UBND")
    typed += [f"/{name} {argument}" for name in ("status", "summary", "nudge", "plan") for argument in names]
    since = len(two.channel.sent)
    await press_all(two, {who: [{"text": one} for one in typed] for who in ROLES})
    await two.post()
    echo = "“{}”"  # a word that is not known is said back: “… là đơn vị nào ạ?”
    assert [leak for leak in leaks(two, since) if echo.format(fold(leak[1])) not in leak[2]] == []


OF_PLAN = "(SELECT id FROM plan WHERE number = '33/KH-UBND')"
OF_UNIT = f"(SELECT id FROM unit WHERE name = '{LEADING}')"  # noqa: S608 - words of ours
SUBJECTS: Mapping[str, str] = {
    "plan": OF_PLAN,
    "unit": OF_UNIT,
    "assignment": f"(SELECT min(id) FROM assignment WHERE unit_id = {OF_UNIT} AND plan_id = {OF_PLAN})",  # noqa: S608 - words of ours
    "extension": f"(SELECT min(e.id) FROM extension e JOIN assignment a ON a.id = assignment_id WHERE plan_id = {OF_PLAN})",  # noqa: E501, S608 - words of ours
    "progress": f"(SELECT min(p.id) FROM progress p JOIN assignment a ON a.id = assignment_id WHERE plan_id = {OF_PLAN})",  # noqa: E501, S608 - words of ours
    "request": "(SELECT min(id) FROM request)",
    "duty": f"(SELECT min(id) FROM duty WHERE plan_id = {OF_PLAN})",  # noqa: S608 - words of ours
    "later": "(SELECT id FROM plan WHERE amends_id IS NOT NULL)",
}
"""Something of Hằng's plan, of each kind."""
SUBJECT_OF: Mapping[str, tuple[str, ...]] = {
    "grant": ("{extension}",),
    "refuse": ("{extension}",),
    "confirm": ("{plan}", "{later}"),
    "discard": ("{plan}", "{later}"),
    "amend": ("{later}",),
    "rows": ("{plan}:0",),
    "doubts": ("{plan}:0",),
    "means": ("{plan}:1:0",),
    "confirms": ("{plan}:on",),
    "accept": ("{assignment}",),
    "return": ("{assignment}",),
    "nudge": ("plan:{plan}", "unit:{unit}", "duty:{duty}", "request:{request}"),
    "push": ("0:plan:{plan}", "0:unit:{unit}", "0:duty:{duty}", "0:request:{request}"),
    "picture": ("{plan}",),
    "phone": ("{plan}",),
    "letter": ("{unit}",),
    "missing": ("{request}",),
    "answers": ("{request}",),
    "close": ("{request}",),
    "closed": ("{request}",),
    "sentup": ("{assignment}",),
    "handover": ("{unit}:focal",),
    "handcode": ("{unit}:focal",),
    "done": ("{assignment}",),
    "doing": ("{assignment}",),
    "stuck": ("{assignment}",),
    "extend": ("{assignment}",),
    "approve": ("{progress}",),
    "disapprove": ("{progress}",),
    "sum": ("text:{plan}~~~~",),
}
"""How a button names it; those that are not here are about what one was shown, or about oneself."""


async def subjects(stage: Stage) -> dict[str, object]:
    """The ids of Hằng's things; a later version of her plan waits to be applied."""
    ((plan_id,),) = await rows(stage, f"SELECT {OF_PLAN}")
    read = read_text(PLAN.replace("30/6", "10/7"), stage.rules.register)
    async with stage.database.writing() as conn:
        asks = commit(read, stage.rules.register, stage.clock.now().date())
        await version_store.propose(conn, int(str(plan_id)), read, asks, stage.clock.now())
    found = {kind: (await rows(stage, f"SELECT {query}"))[0][0] for kind, query in SUBJECTS.items()}
    assert all(found.values()), found
    return found


@pytest.mark.parametrize("who", [TUYEN, THAO, QUAN, NGOAN, STRANGER], ids=lambda who: str(who.chat))
async def test_a_button_about_anothers_work_is_refused_and_counted(two: Stage, who: Somebody) -> None:
    """A member's try stands in the audit; tries of people without a seat are counted by the hour."""
    known = await subjects(two)
    verbs: dict[str, Button] = {button.verb: button for button in BUTTONS}
    own = {"done", "doing", "stuck", "extend", "sum", "handover", "handcode"} if who is QUAN else set()
    tries = turned_away if who in (NGOAN, STRANGER) else refusals
    for verb, names in SUBJECT_OF.items():
        for name in () if verb in own else names:
            before = await tries(two)
            told = await two.say(who, Press(f"{verb}:{name.format(**known)}"))
            assert await tries(two) == before + 1, (who.name, verb, name, told, verbs[verb].who)


async def refusals(stage: Stage) -> int:
    """How many tries of members the audit holds."""
    return len(await rows(stage, "SELECT id FROM audit WHERE what = 'refused'"))


async def turned_away(stage: Stage) -> int:
    """How many messages of people without a seat were counted in this hour."""
    async with stage.database.reading() as conn:
        kept = json.loads(await fact_store.get_fact(conn, "strangers") or '{"count": 0}')
    return int(kept["count"])
