"""/start: joining by a code, after the notice of what is kept has been agreed to."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

from config.texts import load_texts
from domain.common.text import fold
from domain.organisation.people import GROUP, Person, Role
from handlers.common import notice
from handlers.common.context import Button, Desk, Reply, button, command, question, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label, lines
from handlers.organisation.invite_codes import hash_code
from storage.common import audit_log as audit
from storage.organisation import handover_store as handover
from storage.organisation import invite_store as invites
from storage.organisation import people_store as people
from storage.organisation.invite_store import Invite

CONSENT = "2026-11"
"""The year and month of the notice (the sentence `start.notice`), which begin its version."""
_NOTICE = "start.notice"
_AGREES = {"dong y", "dy", "co", "co dong y", "i agree", "agree", "yes"}
_DECLINES = {"khong", "khong dong y", "ko", "no", "i do not agree"}
_POLITE = {"toi", "em", "minh", "a", "nhe", "nha", "da", "vang", "ok"}
"""What stands around an answer and is none by itself."""
_TRIES, _LOCK = 10, timedelta(hours=1)


@command("start", "batdau", "anyone")
async def start(desk: Desk, argument: str) -> Reply:
    """Take a code, or greet."""
    if not argument.strip():
        return reply(greeting(desk))
    offer = await offered(desk, argument)
    if isinstance(offer, Reply):
        return offer
    if offer.role == GROUP:
        return reply(Outgoing(desk.texts("room.code", unit=offer.unit)))
    code = hash_code(argument)
    if desk.somebody is not None and desk.somebody.agreed:
        return await _take_seat(desk, desk.somebody.id, code)
    role, days = desk.texts(f"role.{offer.role}"), desk.rules.keep.days
    words = desk.texts(_NOTICE, role=role, unit=offer.unit, days=days)
    version = await _shown(desk)
    return reply(Outgoing(words, _consent_choices(desk)), topic="consent", about=f"{code} {version}")


async def offered(desk: Desk, code: str) -> Invite | Reply:
    """Return what a typed code offers, or the refusal; who tries many is locked out for an hour."""
    said = desk.said
    chat = said.chat if said.private else said.sender
    await invites.forget_wrong(desk.work, desk.now - _LOCK)
    if await invites.count_wrong(desk.work, said.channel, chat, desk.now - _LOCK) >= _TRIES:
        return turned_away(desk, "code, locked", "start.locked")
    offer = await invites.find(desk.work, hash_code(code), desk.now)
    if offer is None:
        await invites.note_wrong(desk.work, said.channel, chat, desk.now)
        return turned_away(desk, "code", "start.wrong_code")
    return offer


async def _shown(desk: Desk) -> str:
    """Keep the words of the notice as they are shown today; return their version.

    An operator may edit them: the version has the language and the words' own mark in it.
    """
    words = desk.texts.sentences[_NOTICE]
    mark = hashlib.sha256(words.encode()).hexdigest()[:8]
    version = f"{CONSENT}-{desk.texts.language}-{mark}"
    await audit.remember(desk.work, f"notice {version}", words)
    return version


def _consent_choices(desk: Desk) -> tuple[tuple[Choice, ...], ...]:
    return (
        (
            Choice(label(desk.texts, "agree"), "consent:yes"),
            Choice(label(desk.texts, "decline"), "consent:no"),
        ),
    )


def greeting(desk: Desk) -> Outgoing:
    """Greet somebody by what they are here; a stranger learns how to join, and no more."""
    person = desk.somebody
    if person is None:
        return Outgoing(desk.texts("start.stranger"))
    if not person.seats:
        return Outgoing(desk.texts("start.no_seat"))
    own = (seat for seat in person.seats if not seat.inherited)
    seats = (desk.texts("start.seat", role=desk.texts(f"role.{s.role}"), unit=s.unit) for s in own)
    key = "start.known" if person.units("focal", "leader") else "start.known_coordinator"
    words = desk.texts(key, name=person.name, seats=", ".join(seats))
    return Outgoing(words, menu=menu(desk, person))


@question("consent", "anyone")
async def consent_typed(desk: Desk, text: str) -> Reply:
    """Take "đồng ý" or "không", with or without marks; ask again for anything else: silence is none."""
    words = " ".join(word for word in re.findall(r"\w+", fold(text)) if word not in _POLITE)
    if words in _AGREES:
        return await _agreed(desk)
    if words in _DECLINES:
        return reply(Outgoing(desk.texts("start.declined")))
    again = Outgoing(desk.texts("start.asked_again"), _consent_choices(desk))
    return reply(again, topic="consent", about=desk.dialog.about)


@button("consent", "anyone")
async def consent(desk: Desk, argument: str) -> Reply:
    """Take the pressed answer; a press on an old notice changes nothing."""
    if desk.dialog.topic != "consent":
        return reply(greeting(desk))
    return await _agreed(desk) if argument == "yes" else reply(Outgoing(desk.texts("start.declined")))


async def _agreed(desk: Desk) -> Reply:
    code, _, version = desk.dialog.about.partition(" ")
    if await invites.find(desk.work, code, desk.now) is None:
        return reply(Outgoing(desk.texts("start.wrong_code")))
    person_id = await _enter(desk, version)
    await audit.note(desk.work, desk.now, "consent", f"notice {version}", person_id)
    return await _take_seat(desk, person_id, code)


async def _enter(desk: Desk, version: str) -> int:
    """Add who has agreed, or note that they agree anew; return their id."""
    said = desk.said
    if desk.somebody is not None:
        await people.agree(desk.work, desk.somebody.id, version, desk.now)
        return desk.somebody.id
    language = desk.texts.language
    return await people.add(desk.work, said.channel, said.chat, said.name, language, version, desk.now)


async def _take_seat(desk: Desk, person_id: int, code: str) -> Reply:
    offer = await invites.find(desk.work, code, desk.now)
    if (
        offer is None
        or offer.role == GROUP
        or not await invites.use(desk.work, offer.id, person_id, desk.now)
    ):
        return reply(Outgoing(desk.texts("start.wrong_code")))
    await people.seat(desk.work, person_id, offer.unit_id, offer.role, desk.now)
    await audit.note(desk.work, desk.now, "join", f"unit {offer.unit_id}", person_id, became=offer.role)
    if offer.takes_over:
        await _take_over(desk, person_id, offer, offer.role)
    person: Person = await people.get(desk.work, person_id, desk.today)
    role = desk.texts(f"role.{offer.role}")
    words = desk.texts("start.welcome", name=person.name, role=role, unit=offer.unit)
    return reply(Outgoing(lines(words, desk.texts(f"start.welcome_{offer.role}")), menu=menu(desk, person)))


async def _take_over(desk: Desk, person_id: int, offer: Invite, role: Role) -> None:
    """Let the seat be the new holder's alone; the old ones are told once, and then nothing more."""
    new = await people.get(desk.work, person_id, desk.today)
    ended = await handover.hand_over(desk.work, offer.unit_id, role, person_id, desk.now, holder=offer.holder)
    for old_id in ended:
        about = f"unit {offer.unit_id}"
        await audit.note(desk.work, desk.now, "handover", about, old_id, was=role, became=str(person_id))
        old = await people.get(desk.work, old_id, desk.today)
        if old.agreed:
            theirs = replace(desk, texts=load_texts(old.language))
            told = theirs.texts(
                "notice.handed_over", person=new.name, role=theirs.texts(f"role.{role}"), unit=offer.unit
            )
            topic = f"handover:{offer.id}"
            await notice.put(desk, [old_id], topic, Outgoing(told, menu=menu(theirs, old)))


BUTTONS: tuple[Button, ...] = (consent,)
