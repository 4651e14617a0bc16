"""What each button is about, and who must hold a seat for it at the moment when it is pressed.

Buttons stay on phones for years, and seats change hands. Whatever a handler checks besides, the seat is
checked here, before any of them runs; a question whose person has lost a seat since is asked no more.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from domain.organisation.people import Person
from handlers.common.button_data import ButtonData
from handlers.common.context import Context, Reply, turned_away
from storage.assignments import party_store
from storage.assignments.party_store import Kind, Parties
from storage.organisation import people_store, unit_store

Side = Literal["unit", "leader", "coordinator", "either", "person"]
"""Whose seat it takes: the unit's focal point or leader, its leader, who compiles, one of these; oneself."""


@dataclass(frozen=True, slots=True)
class ButtonSubject:
    """What the first number in a button's data names, and whose seat it takes; `refusal` is a sentence."""

    kind: Kind
    side: Side
    refusal: str = "error.old_button"


_UNITS = ButtonSubject("assignment", "unit")
_COMPILED = ButtonSubject("assignment", "coordinator")
_PLAN = ButtonSubject("plan", "coordinator", "plan.not_yours")
_QUESTION = ButtonSubject("question", "coordinator")
_REQUEST = ButtonSubject("request", "coordinator")

SUBJECTS: Mapping[str, ButtonSubject | None] = {
    "done": _UNITS,
    "doing": _UNITS,
    "stuck": _UNITS,
    "for": _UNITS,
    "file": _UNITS,
    "extend": _UNITS,
    "walk": _UNITS,
    "undo": ButtonSubject("progress", "unit", "update.too_late"),
    "correct": ButtonSubject("progress", "unit"),
    "unfile": ButtonSubject("evidence", "unit", "evidence.too_late"),
    "approve": ButtonSubject("progress", "leader"),
    "disapprove": ButtonSubject("progress", "leader"),
    "files": ButtonSubject("assignment", "either"),
    "not_ours": _UNITS,
    "reply": _QUESTION,
    "stays": _QUESTION,
    "give_to": _QUESTION,
    "accept": _COMPILED,
    "return": _COMPILED,
    "grant": ButtonSubject("wish", "coordinator"),
    "refuse": ButtonSubject("wish", "coordinator"),
    "missing": _REQUEST,
    "answers": _REQUEST,
    "close": _REQUEST,
    "closed": _REQUEST,
    "unaway": ButtonSubject("absence", "person", "absence.gone"),
    "confirm": _PLAN,
    "discard": _PLAN,
    "amend": _PLAN,
    "changes": _PLAN,
    "asbefore": _PLAN,
    "unleave": _PLAN,
    "joins": _PLAN,
    "apart": _PLAN,
    "recall": _PLAN,
    "rows": _PLAN,
    "doubts": _PLAN,
    "unread": _PLAN,
    "made": _PLAN,
    "means": _PLAN,
    "rhythm": _PLAN,
    "dates": _PLAN,
    "successors": _PLAN,
    "confirms": _PLAN,
    "undraft": _PLAN,
    "picture": ButtonSubject("plan", "coordinator"),
    "phone": ButtonSubject("plan", "coordinator"),
    "proof": ButtonSubject("plan", "coordinator"),  # "own" names no plan
    # No one thing: what they bring or change is chosen anew, of what the person may see or give away now.
    "sum": None,
    "sentup": None,
    "letter": None,
    "nudge": None,
    "push": None,
    "rest": None,
    "pass_on": None,
    "seen": None,
    "handover": None,
    "handcode": None,
    "codes": None,
    "object": None,
    "unseat": None,
    "forget": None,
    "keepseat": None,
    # About the question that is open, or about oneself.
    "consent": None,
    "until": None,
    "several": None,
    "together": None,
    "never": None,
    "request": None,
    "standin": None,
    "units": None,
    "language": None,
    "first": None,
    "leave": None,
    "withdraw": None,
    "erase": None,
}
"""By the button's verb; None where its data name nothing that belongs to somebody."""
OPEN_FOR = timedelta(hours=12)
"""How long a question stays open: an officer may come back to it in the afternoon, not next week."""
_NUMBER = re.compile(r"\d{1,18}")


async def refusal(context: Context, pressed: ButtonData) -> Reply | None:
    """Return what to say where the seat for a button is not the person's now; None where nothing is wrong.

    What is there no more is left to the button: it says so.
    """
    subject, number = SUBJECTS.get(pressed.verb), _NUMBER.search(pressed.rest())
    if subject is None or number is None:
        return None
    parties = await party_store.parties(context.conn, subject.kind, int(number[0]))
    if parties is None or _is_theirs(subject.side, parties, context.person):
        return None
    names = await unit_store.names(context.conn, [parties.coordinator_id or 0])
    unit = names.get(parties.coordinator_id or 0, "")
    return turned_away(context, f"{subject.kind} {number[0]}", subject.refusal, unit=unit)


def _is_theirs(side: Side, parties: Parties, person: Person) -> bool:
    compiles = parties.coordinator_id in person.units("coordinator")
    match side:
        case "person":
            return parties.person_id == person.id
        case "coordinator":
            return compiles
        case "leader":
            return parties.unit_id in person.units("leader")
        case "unit":
            return parties.unit_id in person.units("focal", "leader")
        case "either":
            return compiles or parties.unit_id in person.units("focal", "leader")


async def without_stale_question(context: Context) -> Context:
    """Close a question whose person has lost a seat since it was asked: it may be about that unit."""
    dialog = context.dialog
    if not dialog.topic or dialog.expires_at is None or context.somebody is None:
        return context
    asked_at = dialog.expires_at - OPEN_FOR
    if not await people_store.has_lost_seat(context.conn, context.somebody.id, asked_at):
        return context
    return replace(context, dialog=replace(dialog, topic="", about="", expires_at=None))
