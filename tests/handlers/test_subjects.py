"""The seat is checked at the moment when a button is pressed or a question answered, whatever it is."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import routing
from handlers.common.context import Button, Context, Question, Reply, reply
from handlers.common.conversation import Outgoing
from handlers.subjects import OPEN_FOR, SUBJECTS
from handlers.table import BUTTONS, QUESTIONS
from storage.assignments import party_store
from storage.assignments.party_store import Kind, Parties
from storage.common import audit_log, dialog_store
from storage.common.dialog_store import Dialog
from storage.organisation import people_store, unit_store
from tests.cast import (
    COMPILING,
    HANG,
    LAM,
    LEADING,
    QUAN,
    SUPPORTING,
    TOAN,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)

WITH_SUBJECT = [button for button in BUTTONS if SUBJECTS.get(button.verb)]
ASKED_OF_MEMBERS = [question for question in QUESTIONS if question.who not in ("anyone", "joined")]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put a spy in the place of every button and question; return whose turn it was."""
    seen: list[str] = []

    def spy(name: str) -> Callable[[Context, object], Awaitable[Reply]]:
        async def run(context: Context, _: object) -> Reply:
            seen.append(name)
            return reply(Outgoing(context.texts("aside.thanks")))

        return run

    buttons = {button.verb: Button(button.verb, button.who, spy(button.verb)) for button in BUTTONS}
    questions = {
        question.topic: Question(question.topic, question.who, spy(question.topic)) for question in QUESTIONS
    }
    monkeypatch.setattr(routing, "_BUTTONS", buttons)
    monkeypatch.setattr(routing, "_QUESTIONS", questions)
    return seen


async def owned_by(stage: Stage, monkeypatch: pytest.MonkeyPatch, kind: Kind) -> None:
    """Let every id name a thing that the leading unit owes, the compiling one asked for, and Quân noted."""
    async with stage.database.reading() as conn:
        ids = await unit_store.ids(conn)
        quan = await people_store.find(conn, "memory", QUAN.chat, stage.clock.now().date())
    assert quan is not None
    found = {
        "plan": Parties(None, ids[COMPILING], None),
        "request": Parties(None, ids[COMPILING], None),
        "absence": Parties(None, None, quan.id),
    }.get(kind, Parties(ids[LEADING], ids[COMPILING], None))

    async def parties(_conn: object, _kind: Kind, _id: int) -> Parties:
        return found

    monkeypatch.setattr(party_store, "parties", parties)


@pytest.mark.parametrize("one", WITH_SUBJECT, ids=lambda one: one.verb)
async def test_a_button_runs_for_whoever_holds_the_seat_now_and_for_nobody_else(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, ran: list[str], one: Button
) -> None:
    subject = SUBJECTS[one.verb]
    assert subject is not None
    await owned_by(stage, monkeypatch, subject.kind)
    may = {
        "unit": {QUAN, LAM},
        "leader": {LAM},
        "coordinator": {HANG},
        "either": {QUAN, LAM, HANG},
        "person": {QUAN},
    }[subject.side]
    for who in (HANG, QUAN, LAM, TOAN):
        ran.clear()
        await stage.hear(who, Press(f"{one.verb}:1"))
        assert (ran == [one.verb]) is (who in may), who.name
    async with stage.database.reading() as conn:
        assert (await audit_log.listing(conn))[-1].what == "refused"


@pytest.mark.parametrize("one", WITH_SUBJECT, ids=lambda one: one.verb)
async def test_a_button_does_not_outlive_the_seat(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, ran: list[str], one: Button
) -> None:
    """Each of them keeps a seat elsewhere: they are members still."""
    subject = SUBJECTS[one.verb]
    assert subject is not None
    if subject.side == "person":
        return  # one's own absence is one's own whatever seat is left
    await owned_by(stage, monkeypatch, subject.kind)
    for who in (HANG, QUAN, LAM):
        await join_elsewhere_and_lose(stage, who)
        await stage.hear(who, Press(f"{one.verb}:1"))
    assert ran == []


async def join_elsewhere_and_lose(stage: Stage, who: Somebody) -> None:
    """Give somebody the same seat in another unit, and end the one that they had."""
    other = replace(who, unit="Sở Nội vụ")
    await stage.hear(other, f"/start {await stage.code(other.unit, other.role)}")
    stage.clock.let_pass(minutes=1)
    async with stage.database.writing() as conn:
        unit_id = (await unit_store.ids(conn))[who.unit]
        ended = (stage.clock.now().replace(tzinfo=None).isoformat(" "), unit_id, who.role)
        await conn.exec_driver_sql("UPDATE membership SET until = ? WHERE unit_id = ? AND role = ?", ended)
    stage.clock.let_pass(minutes=1)


@pytest.mark.parametrize("one", ASKED_OF_MEMBERS, ids=lambda one: one.topic)
@pytest.mark.parametrize("keeps", [True, False])
async def test_a_question_does_not_outlive_the_seat(
    stage: Stage, ran: list[str], one: Question, *, keeps: bool
) -> None:
    who = HANG if one.who == "coordinator" else QUAN
    about = Dialog(topic=one.topic, about="1", expires_at=stage.clock.now() + OPEN_FOR)
    async with stage.database.writing() as conn:
        await dialog_store.save(conn, "memory", who.chat, about)
    stage.clock.let_pass(minutes=1)
    if not keeps:
        await join_elsewhere_and_lose(stage, who)
        async with stage.database.writing() as conn:  # joining closed it already
            await dialog_store.save(conn, "memory", who.chat, about)
    await stage.hear(who, "con số hôm qua")
    assert ran == ([one.topic] if keeps else [])


async def test_until_when_is_not_asked_on_for_a_unit_that_one_has_left(stage: Stage) -> None:
    """The case that was found: two units, one of them left while its question is open."""
    await stage.hear(QUAN, f"/start {await stage.code(SUPPORTING, 'focal')}")
    await stage.hear(QUAN, "/viec")
    await stage.talk((QUAN, Tap("1 Xin gia hạn"), "đến ngày nào"))
    asked = await stage.everything()
    stage.clock.let_pass(minutes=1)
    async with stage.database.writing() as conn:
        ids = await unit_store.ids(conn)
        moment = stage.clock.now().replace(tzinfo=None).isoformat(" ")
        for unit in (LEADING, SUPPORTING):
            await conn.exec_driver_sql(
                "UPDATE membership SET until = ? WHERE unit_id = ? AND person_id IN"
                " (SELECT person_id FROM account WHERE chat = ?)",
                (moment, ids[unit], QUAN.chat),
            )
    await stage.hear(QUAN, f"/start {await stage.code('Sở Nội vụ', 'focal')}")
    for answer in ("30/6", "xin lùi đến 30/6", Press("until:2026-06-30")):
        (told,) = await stage.hear(QUAN, answer)
        assert "đã chuyển" not in words_of(told)
    assert (await stage.everything())["extension"] == asked["extension"]


def test_a_question_is_open_for_half_a_day() -> None:
    assert timedelta(hours=12) == OPEN_FOR
