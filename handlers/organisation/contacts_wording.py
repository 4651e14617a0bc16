"""Words for how people are reached, for chat and pages."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from config.texts import Texts
from domain.organisation.telephone import shown_phone
from domain.organisation.unit_contacts import PersonContact, UnitContacts, reached_after, units_by_channel
from handlers.common.wording import channel_name, channel_names


def word_shares(texts: Texts, units: Sequence[UnitContacts]) -> Iterator[Markup]:
    """Tell in how many units somebody is reached, by what, and after how many days that was so."""
    reached = sum(unit.is_reached for unit in units)
    percent = reached * 100 // len(units) if units else 0
    yield texts("contacts.reached", reached=reached, total=len(units), percent=percent)
    counts = units_by_channel(units).most_common()
    if counts:
        parts = (
            texts("contacts.by_channel", channel=channel_name(texts, channel), count=count)
            for channel, count in counts
        )
        yield Markup(" · ").join(parts)
    steps = [
        texts("contacts.first_day" if not days else "contacts.after_days", days=days, count=count)
        for days, count in reached_after(units)
    ]
    yield texts("contacts.joined", steps=Markup(", ").join(steps), total=len(units))


def word_unreached(texts: Texts, unit: UnitContacts) -> Markup:
    """Tell of a unit that nothing reaches why, and whom to phone."""
    if unit.focal:
        why = texts("contacts.shut", names=", ".join(person.name for person in unit.focal))
    else:
        why = texts("contacts.empty")
    return texts("contacts.unit_unreached", unit=unit.unit, why=why, phone=word_phones(texts, unit))


def word_to_phone(texts: Texts, unit: UnitContacts) -> Markup:
    """Tell of a unit that a nudge of its last day has not reached whom to phone."""
    names = ", ".join(person.name for person in unit.focal) or texts("contacts.empty")
    return texts("contacts.unit_to_phone", unit=unit.unit, names=names, phone=word_phones(texts, unit))


def word_phones(texts: Texts, unit: UnitContacts) -> Markup:
    """The telephone numbers by which a unit is reached; that there are none where that is so."""
    people = [
        texts("contacts.person_phone", name=person.name, phone=shown_phone(person.phone))
        for person in unit.people
        if person.phone
    ]
    office = [texts("contacts.office_phone", phone=shown_phone(unit.phone))] if unit.phone else []
    return Markup("; ").join((*people, *office)) or texts("contacts.no_phone")


def word_person(texts: Texts, person: PersonContact) -> Markup:
    """Tell where a person is reached."""
    facts = {"name": person.name, "role": texts(f"role.{person.role}")}
    if not person.channels:
        return texts("contacts.person_nowhere", **facts)
    return texts("contacts.person", channels=channel_names(texts, person.channels), **facts)
