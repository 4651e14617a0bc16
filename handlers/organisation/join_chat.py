"""/start: joining by a code, after the notice of what is kept has been agreed to."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

from config.texts import load_texts
from domain.common.text import fold
from domain.organisation.people import GROUP, Person, Role
from handlers.common import notice
from handlers.common.context import Button, Context, Reply, button, command, question, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label, lines
from handlers.organisation.invite_codes import hash_code
from storage.common import audit_log
from storage.organisation import handover_store, invite_store, people_store
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
async def start(context: Context, argument: str) -> Reply:
    """Take a code, or greet."""
    if not argument.strip():
        return reply(greeting(context))
    offer = await offered(context, argument)
    if isinstance(offer, Reply):
        return offer
    if offer.role == GROUP:
        return reply(Outgoing(context.texts("room.code", unit=offer.unit)))
    code = hash_code(argument)
    if context.somebody is not None and context.somebody.agreed:
        return await _take_seat(context, context.somebody.id, code)
    role, days = context.texts(f"role.{offer.role}"), context.rules.keep.days
    words = context.texts(_NOTICE, role=role, unit=offer.unit, days=days)
    version = await _shown(context)
    return reply(Outgoing(words, _consent_choices(context)), topic="consent", about=f"{code} {version}")


async def offered(context: Context, code: str) -> Invite | Reply:
    """Return what a typed code offers, or the refusal; who tries many is locked out for an hour."""
    said = context.said
    chat = said.chat if said.private else said.sender
    await invite_store.forget_wrong(context.conn, context.now - _LOCK)
    if await invite_store.count_wrong(context.conn, said.channel, chat, context.now - _LOCK) >= _TRIES:
        return turned_away(context, "code, locked", "start.locked")
    offer = await invite_store.find(context.conn, hash_code(code), context.now)
    if offer is None:
        await invite_store.note_wrong(context.conn, said.channel, chat, context.now)
        return turned_away(context, "code", "start.wrong_code")
    return offer


async def _shown(context: Context) -> str:
    """Keep the words of the notice as they are shown today; return their version.

    An operator may edit them: the version has the language and the words' own mark in it.
    """
    words = context.texts.sentences[_NOTICE]
    mark = hashlib.sha256(words.encode()).hexdigest()[:8]
    version = f"{CONSENT}-{context.texts.language}-{mark}"
    await audit_log.remember(context.conn, f"notice {version}", words)
    return version


def _consent_choices(context: Context) -> tuple[tuple[Choice, ...], ...]:
    return (
        (
            Choice(label(context.texts, "agree"), "consent:yes"),
            Choice(label(context.texts, "decline"), "consent:no"),
        ),
    )


def greeting(context: Context) -> Outgoing:
    """Greet somebody by what they are here; a stranger learns how to join, and no more."""
    person = context.somebody
    if person is None:
        return Outgoing(context.texts("start.stranger"))
    if not person.seats:
        return Outgoing(context.texts("start.no_seat"))
    own = (seat for seat in person.seats if not seat.inherited)
    seats = (context.texts("start.seat", role=context.texts(f"role.{s.role}"), unit=s.unit) for s in own)
    key = "start.known" if person.units("focal", "leader") else "start.known_coordinator"
    words = context.texts(key, name=person.name, seats=", ".join(seats))
    return Outgoing(words, menu=menu(context, person))


@question("consent", "anyone")
async def consent_typed(context: Context, text: str) -> Reply:
    """Take "đồng ý" or "không", with or without marks; ask again for anything else: silence is none."""
    words = " ".join(word for word in re.findall(r"\w+", fold(text)) if word not in _POLITE)
    if words in _AGREES:
        return await _agreed(context)
    if words in _DECLINES:
        return reply(Outgoing(context.texts("start.declined")))
    again = Outgoing(context.texts("start.asked_again"), _consent_choices(context))
    return reply(again, topic="consent", about=context.dialog.about)


@button("consent", "anyone")
async def consent(context: Context, argument: str) -> Reply:
    """Take the pressed answer; a press on an old notice changes nothing."""
    if context.dialog.topic != "consent":
        return reply(greeting(context))
    return await _agreed(context) if argument == "yes" else reply(Outgoing(context.texts("start.declined")))


async def _agreed(context: Context) -> Reply:
    code, _, version = context.dialog.about.partition(" ")
    if await invite_store.find(context.conn, code, context.now) is None:
        return reply(Outgoing(context.texts("start.wrong_code")))
    person_id = await _enter(context, version)
    await audit_log.note(context.conn, context.now, "consent", f"notice {version}", person_id)
    return await _take_seat(context, person_id, code)


async def _enter(context: Context, version: str) -> int:
    """Add who has agreed, or note that they agree anew; return their id."""
    said = context.said
    if context.somebody is not None:
        await people_store.agree(context.conn, context.somebody.id, version, context.now)
        return context.somebody.id
    language = context.texts.language
    return await people_store.add(
        context.conn, said.channel, said.chat, said.name, language, version, context.now
    )


async def _take_seat(context: Context, person_id: int, code: str) -> Reply:
    offer = await invite_store.find(context.conn, code, context.now)
    if (
        offer is None
        or offer.role == GROUP
        or not await invite_store.use(context.conn, offer.id, person_id, context.now)
    ):
        return reply(Outgoing(context.texts("start.wrong_code")))
    await people_store.seat(context.conn, person_id, offer.unit_id, offer.role, context.now)
    await audit_log.note(
        context.conn, context.now, "join", f"unit {offer.unit_id}", person_id, became=offer.role
    )
    if offer.takes_over:
        await _take_over(context, person_id, offer, offer.role)
    person: Person = await people_store.get(context.conn, person_id, context.today)
    role = context.texts(f"role.{offer.role}")
    words = context.texts("start.welcome", name=person.name, role=role, unit=offer.unit)
    return reply(
        Outgoing(lines(words, context.texts(f"start.welcome_{offer.role}")), menu=menu(context, person))
    )


async def _take_over(context: Context, person_id: int, offer: Invite, role: Role) -> None:
    """Let the seat be the new holder's alone; the old ones are told once, and then nothing more."""
    new = await people_store.get(context.conn, person_id, context.today)
    ended = await handover_store.hand_over(
        context.conn, offer.unit_id, role, person_id, context.now, holder=offer.holder
    )
    for old_id in ended:
        about = f"unit {offer.unit_id}"
        await audit_log.note(
            context.conn, context.now, "handover", about, old_id, was=role, became=str(person_id)
        )
        old = await people_store.get(context.conn, old_id, context.today)
        if old.agreed:
            theirs = replace(context, texts=load_texts(old.language))
            told = theirs.texts(
                "notice.handed_over", person=new.name, role=theirs.texts(f"role.{role}"), unit=offer.unit
            )
            topic = f"handover:{offer.id}"
            await notice.put(context, [old_id], topic, Outgoing(told, menu=menu(theirs, old)))


BUTTONS: tuple[Button, ...] = (consent,)
