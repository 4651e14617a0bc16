"""The telephone numbers by which a unit is reached, for those who may see them."""

from collections.abc import Collection

from markupsafe import Markup

from domain.organisation.people import Role
from domain.organisation.telephone import shown_phone
from handlers.common.context import Context
from handlers.common.wording import short
from storage.organisation import contact_store, people_store


async def word_telephones(
    context: Context, unit_id: int, unit: str, roles: Collection[Role]
) -> Markup | None:
    """Tell the numbers of who holds one of the roles in a unit, of its office, and what the operator has set.

    None where nobody has told any. The caller sees to it that the reader may have them: members of the units
    of a plan those of who compiles it, who compiles it those of its units.
    """
    texts = context.texts
    people = [
        texts("contacts.person_phone", name=contact.name, phone=shown_phone(contact.phone))
        for contact in await people_store.contacts(context.conn, [unit_id], context.today)
        if contact.role in roles and contact.phone
    ]
    office = (await contact_store.unit_phones(context.conn, [unit_id])).get(unit_id)
    phone = [texts("contacts.office_phone", phone=shown_phone(office))] if office else []
    contact = context.rules.reports.contact(unit)
    told = [*dict.fromkeys((*people, *phone)), *([Markup.escape(contact)] if contact else [])]
    return texts("aside.who_reached", unit=short(unit, 60), phones=Markup("; ").join(told)) if told else None
