"""/contacts (/lienlac): one's own channels and telephone number; for who compiles, who is reached where."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from domain.common.text import fold
from domain.organisation.telephone import read_phone, shown_phone
from domain.organisation.unit_contacts import UnitContacts
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import channel_name, label, lines, short
from handlers.organisation.contacts_wording import (
    word_person,
    word_phones,
    word_shares,
    word_to_phone,
    word_unreached,
)
from handlers.organisation.named_unit import named_unit
from services.common.results import Refused
from services.nudging.pass_on import call_list
from services.organisation.contacts import choose_first, contacts_seen_by, keep_own_phone, keep_unit_phone
from storage.organisation import contact_store, unit_store
from storage.organisation.contact_store import OwnChannel

_SHOWN = 12
_CALLED = ("mail", "zalo", "telegram")
"""Channels that people call by several words; these stand in the catalogue."""


@command("contacts", "lienlac", "member")
async def contacts(context: Context, argument: str) -> Reply:
    """Show who is reached where; a channel's name puts that first, a telephone number is kept."""
    if not argument.strip():
        return await _overview(context)
    if fold(argument).strip(" .") in _words(context, "forget"):
        return await _keep_own(context, "")
    if (read := read_phone(argument)) is not None:
        return await (_keep_units(context, *read) if read[0] else _keep_own(context, read[1]))
    if (answer := await first_by_name(context, argument)) is not None:
        return answer
    return await _unit(context, argument)


async def first_by_name(context: Context, words: str) -> Reply | None:
    """Put the channel first that somebody names, of their own; None where the words name none."""
    named = fold(words).strip(" .!")
    for ending in _words(context, "first"):
        named = named.removesuffix(ending).strip()
    kind = next((kind for kind in _CALLED if named in _words(context, kind)), named)
    own = await contact_store.own_channels(context.conn, context.person.id)
    named_channel = next((channel for channel in own if channel.channel.partition(":")[0] == kind), None)
    if named_channel is not None:
        return await _put_first(context, named_channel.id)
    if kind not in _CALLED:
        return None
    name = channel_name(context.texts, kind)
    return reply(Outgoing(context.texts("contacts.not_linked", channel=name)))


def _words(context: Context, meaning: str) -> list[str]:
    """Return the words that are typed for something, folded; the catalogue lists them."""
    return [fold(words) for words in context.texts(f"contacts.typed_{meaning}").unescape().split(",")]


async def _put_first(context: Context, account_id: int) -> Reply:
    result = await choose_first(context.conn, account_id, by=context.person, now=context.now)
    if isinstance(result, Refused):
        return reply(Outgoing(context.texts("error.old_button")))
    name = channel_name(context.texts, result.channel)
    return reply(Outgoing(context.texts("contacts.now_first", channel=name)))


@button("first", "member")
async def chosen(context: Context, pressed: ButtonData) -> Reply:
    """Put one's own channel of the button first."""
    return await _put_first(context, pressed.id())


async def channel_rows(context: Context) -> tuple[Markup | None, tuple[tuple[Choice, ...], ...]]:
    """Tell a person's own channels in their order, with a button for each that could come first."""
    own = await contact_store.own_channels(context.conn, context.person.id)
    if not own:
        return None, ()
    texts = context.texts
    names = [_own_name(context, channel) for channel in own]
    key = "contacts.own" if len(own) > 1 else "contacts.own_single"
    choices = tuple(
        (choice_of(label(texts, "first", channel=channel_name(texts, channel.channel)), "first", channel.id),)
        for channel in own[1:]
        if channel.reachable
    )
    return texts(key, channels=Markup(" → ").join(names)), choices


def _own_name(context: Context, channel: OwnChannel) -> Markup:
    name = channel_name(context.texts, channel.channel)
    return Markup.escape(name) if channel.reachable else context.texts("contacts.own_shut", channel=name)


async def _overview(context: Context) -> Reply:
    units = await contacts_seen_by(context.conn, context.person, context.today, context.rules.zone)
    own, choices = await channel_rows(context)
    phone = await contact_store.phone_of(context.conn, context.person.id)
    number = context.texts("contacts.own_phone", phone=shown_phone(phone)) if phone else None
    how = context.texts(_how(context, phone))
    text = lines(*await _today(context), *_reach(context, units), own, number, how)
    return reply(Outgoing(text, choices))


def _how(context: Context, phone: str) -> str:
    if phone:
        return "contacts.how_own"
    compiles = context.person.units("coordinator")
    return "contacts.how_own_compiling" if compiles else "contacts.how_own_none"


async def _today(context: Context) -> list[Markup]:
    """Whom to phone today."""
    local = context.now.astimezone(context.rules.zone)
    units = await call_list(context.conn, context.person, local, context.rules)
    if not units:
        return []
    rows = [word_to_phone(context.texts, unit) for unit in units[:_SHOWN]]
    left = len(units) - _SHOWN
    more = [context.texts("contacts.more", count=left)] if left > 0 else []
    return [context.texts("contacts.today", count=len(units)), *rows, *more, Markup()]


def _reach(context: Context, units: Sequence[UnitContacts]) -> Iterator[Markup]:
    """Who is reached where, as far as somebody may see it."""
    if not units:
        return
    texts, unreached = context.texts, [unit for unit in units if not unit.is_reached]
    yield from word_shares(texts, units)
    if unreached:
        yield Markup()
        yield texts("contacts.to_phone", count=len(unreached))
        yield from (word_unreached(texts, unit) for unit in unreached[:_SHOWN])
        if len(unreached) > _SHOWN:
            yield texts("contacts.more", count=len(unreached) - _SHOWN)
        yield texts("contacts.how_unit")
    yield Markup()


async def _keep_own(context: Context, phone: str) -> Reply:
    await keep_own_phone(context.conn, phone, by=context.person, now=context.now)
    kept = "contacts.phone_kept_compiling" if context.person.units("coordinator") else "contacts.phone_kept"
    key = kept if phone else "contacts.phone_forgotten"
    return reply(Outgoing(context.texts(key, phone=shown_phone(phone))))


async def _keep_units(context: Context, name: str, phone: str) -> Reply:
    unit, meant = await named_unit(context.conn, context.rules, name, context.today)
    if unit is None:
        return _unknown(context, name, meant)
    unit_id = (await unit_store.ids(context.conn))[unit]
    result = await keep_unit_phone(context.conn, unit_id, phone, by=context.person, now=context.now)
    if isinstance(result, Refused):
        return turned_away(context, f"phone of unit {unit_id}", "contacts.not_yours", unit=unit)
    return reply(Outgoing(context.texts("contacts.unit_phone_kept", unit=unit, phone=shown_phone(phone))))


async def _unit(context: Context, name: str) -> Reply:
    """Show how one unit is reached."""
    units = await contacts_seen_by(context.conn, context.person, context.today, context.rules.zone)
    if not units:
        return reply(Outgoing(context.texts("contacts.unclear", words=short(name, 60))))
    unit, meant = await named_unit(context.conn, context.rules, name, context.today)
    if unit is None:
        return _unknown(context, name, meant)
    contacts_of = next((each for each in units if each.unit == unit), None)
    if contacts_of is None:
        return turned_away(context, "contacts of a unit", "contacts.not_yours", unit=unit)
    texts = context.texts
    people = [word_person(texts, person) for person in contacts_of.people] or [texts("contacts.empty_line")]
    phones = texts("contacts.phones", phones=word_phones(texts, contacts_of))
    return reply(Outgoing(lines(texts("contacts.unit", unit=unit), *people, phones)))


def _unknown(context: Context, name: str, meant: Sequence[str]) -> Reply:
    if meant:
        return reply(Outgoing(context.texts("contacts.several", names=", ".join(meant[:_SHOWN]))))
    return reply(Outgoing(context.texts("contacts.unclear", words=short(name, 60))))


BUTTONS: tuple[Button, ...] = (chosen,)
