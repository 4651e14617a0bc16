"""/start: joining by a code, after the notice of what is kept has been agreed to."""

import hashlib
import re

from domain.common.text import fold
from domain.organisation.people import GROUP
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, question, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import label, lines
from handlers.organisation import second_chat
from services.common.results import Refused
from services.organisation.agree import Newcomer, agree
from services.organisation.bot_room import note_joined
from services.organisation.invite_codes import hash_code
from services.organisation.join import find_offer, join
from storage.common import fact_store
from storage.organisation import people_store
from storage.organisation.invite_store import Invite

CONSENT = "2026-11"
"""The year and month of the notice (the sentence `start.notice`), which begin its version."""
_NOTICE = "start.notice"
_AGREES = {"dong y", "dy", "co", "co dong y", "i agree", "agree", "yes"}
_DECLINES = {"khong", "khong dong y", "ko", "no", "i do not agree"}
_POLITE = {"toi", "em", "minh", "a", "nhe", "nha", "da", "vang", "ok"}
"""What stands around an answer and is none by itself."""


@command("start", "batdau", "anyone")
async def start(context: Context, argument: str) -> Reply:
    """Take a code, or greet."""
    if not argument.strip():
        return reply(greeting(context))
    if (other_chat := await second_chat.linked(context, _hash(context, argument))) is not None:
        return other_chat
    offer = await offered(context, argument)
    if isinstance(offer, Reply):
        return offer
    if offer.role == GROUP:
        return reply(Outgoing(context.texts("room.code", unit=offer.unit)))
    code = _hash(context, argument)
    if context.somebody is not None and context.somebody.agreed:
        return await _take_seat(context, context.somebody.id, code)
    role, days = context.texts(f"role.{offer.role}"), context.rules.keep.days
    notice = context.texts(_NOTICE, role=role, unit=offer.unit, days=days)
    version = await _shown(context)
    return reply(Outgoing(notice, _consent_choices(context)), topic="consent", about=f"{code} {version}")


async def offered(context: Context, code: str) -> Invite | Reply:
    """Return what a typed code offers, or the refusal."""
    incoming = context.said
    chat = incoming.chat if incoming.private else incoming.sender
    code_hash = _hash(context, code)
    offer = await find_offer(context.conn, code_hash, channel=incoming.channel, chat=chat, now=context.now)
    if isinstance(offer, Refused):
        what = {"locked": "code, locked", "wrong_code": "code"}[offer.reason]
        return turned_away(context, what, f"start.{offer.reason}")
    return offer


def _hash(context: Context, code: str) -> str:
    """Return the hash of a code; most often it came in place of the code."""
    return context.said.code_hash or hash_code(code)


async def _shown(context: Context) -> str:
    """Keep the words of the notice as they are shown today; return their version.

    An operator may edit them: the version has the language and the words' own mark in it.
    """
    notice = context.texts.sentences[_NOTICE]
    mark = hashlib.sha256(notice.encode()).hexdigest()[:8]
    version = f"{CONSENT}-{context.texts.language}-{mark}"
    await fact_store.set_fact(context.conn, f"notice {version}", notice)
    return version


def _consent_choices(context: Context) -> tuple[tuple[Choice, ...], ...]:
    return (
        (
            choice_of(label(context.texts, "agree"), "consent", "yes"),
            choice_of(label(context.texts, "decline"), "consent", "no"),
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
    text = context.texts(key, name=person.name, seats=", ".join(seats))
    return Outgoing(text, menu=menu(context, person))


@question("consent", "anyone")
async def consent_typed(context: Context, text: str) -> Reply:
    """Take "đồng ý" or "không", with or without marks; ask again for anything else: silence is none."""
    answer = " ".join(word for word in re.findall(r"\w+", fold(text)) if word not in _POLITE)
    if answer in _AGREES:
        return await _agreed(context)
    if answer in _DECLINES:
        return reply(Outgoing(context.texts("start.declined")))
    again = Outgoing(context.texts("start.asked_again"), _consent_choices(context))
    return reply(again, topic="consent", about=context.dialog.about)


@button("consent", "anyone")
async def consent(context: Context, pressed: ButtonData) -> Reply:
    """Take the pressed answer; a press on an old notice changes nothing."""
    if context.dialog.topic != "consent":
        return reply(greeting(context))
    return (
        await _agreed(context)
        if pressed.text() == "yes"
        else reply(Outgoing(context.texts("start.declined")))
    )


async def _agreed(context: Context) -> Reply:
    code, _, version = context.dialog.about.partition(" ")
    incoming = context.said
    newcomer = Newcomer(incoming.channel, incoming.chat, incoming.name, context.texts.language)
    by = context.somebody or newcomer
    person_id = await agree(context.conn, code, version, by=by, now=context.now, today=context.today)
    if isinstance(person_id, Refused):
        return reply(Outgoing(context.texts("start.wrong_code")))
    return await _take_seat(context, person_id, code)


async def _take_seat(context: Context, person_id: int, code: str) -> Reply:
    joined = await join(context.conn, code, person_id, now=context.now, today=context.today)
    if isinstance(joined, Refused):
        return reply(Outgoing(context.texts("start.wrong_code")))
    await note_joined(context.conn, context.said.channel, person_id, joined.unit_id, context.today)
    person = await people_store.get(context.conn, person_id, context.today)
    role = context.texts(f"role.{joined.role}")
    welcome = context.texts("start.welcome", name=person.name, role=role, unit=joined.unit)
    return reply(
        Outgoing(lines(welcome, context.texts(f"start.welcome_{joined.role}")), menu=menu(context, person))
    )


BUTTONS: tuple[Button, ...] = (consent,)
