"""Liên lạc: who is reached where, who nowhere, and whom to phone."""

from starlette.responses import Response

from bot.web.rendering import page as render
from bot.web.visit import Visit
from handlers.common.wording import channel_names
from handlers.organisation.contacts_wording import word_phones, word_shares, word_to_phone, word_unreached
from services.nudging.pass_on import call_list
from services.organisation.contacts import contacts_seen_by

HERE = "/lien-lac"


async def page(visit: Visit) -> Response:
    """Show the units of their plans; whoever keeps the register sees all."""
    units = await contacts_seen_by(visit.conn, visit.person, visit.today, visit.rules.zone)
    texts, local = visit.words.texts, visit.now.astimezone(visit.rules.zone)
    return render(
        visit,
        "contacts",
        at="contacts",
        shares=list(word_shares(texts, units)) if units else [],
        to_phone=[
            word_to_phone(texts, unit)
            for unit in await call_list(visit.conn, visit.person, local, visit.rules)
        ],
        unreached=[word_unreached(texts, unit) for unit in units if not unit.is_reached],
        units=units,
        names=lambda channels: channel_names(texts, channels),
        phones=lambda unit: word_phones(texts, unit),
    )
