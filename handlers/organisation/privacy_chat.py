"""/mydata, /withdraw, /erase (/dulieu, /rut, /xoa): what is held about a person, and how they take it back.

Luật 91/2025/QH15 and Nghị định 356/2025/NĐ-CP: whoever has joined can see it, withdraw their consent and be
erased, with a seat or without; here at once, where the decree gives two working days.
"""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from handlers.common.button_data import ButtonData, Verb, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply
from handlers.common.conversation import Outgoing
from handlers.common.menus import menu
from handlers.common.wording import channel_name, full_date, label, lines
from handlers.organisation.leave_chat import unseated, word_seats
from services.organisation.erase import erase_person
from services.organisation.withdraw import withdraw_consent
from storage.common import audit_log
from storage.organisation import privacy_store
from storage.organisation.privacy_store import PersonalData, Term


@command("mydata", "dulieu", "joined")
async def mydata(context: Context, argument: str) -> Reply:
    """Tell all that is held."""
    holding = await privacy_store.held(context.conn, context.person.id)
    await audit_log.note(
        context.conn, context.now, "mydata", f"person {context.person.id}", context.person.id
    )
    return reply(Outgoing(lines(*_told(context, holding), "", context.texts("privacy.how"))))


def _told(context: Context, holding: PersonalData) -> Iterator[Markup]:
    texts = context.texts
    yield texts("privacy.head")
    yield texts("privacy.name", name=holding.name)
    if holding.phone:
        yield texts("privacy.phone", phone=holding.phone)
    for channel, chat in holding.chats:
        yield texts("privacy.chat", channel=channel_name(texts, channel), chat=chat)
    for term in holding.terms:
        yield _term(context, term)
    if holding.agreed_at is None:
        yield texts("privacy.no_consent")
    else:
        yield texts("privacy.consent", day=_day(context, holding.agreed_at), notice=holding.notice)
    yield texts("privacy.counts", said=holding.said, wishes=holding.wishes, nudges=holding.nudges)
    if holding.left_at is None:
        yield texts("privacy.kept_seated", days=context.rules.keep.days)
    else:
        yield texts("privacy.kept_until", day=_day(context, holding.left_at + context.rules.keep))


def _term(context: Context, term: Term) -> Markup:
    role, since = context.texts(f"role.{term.role}"), _day(context, term.since)
    if term.until is None:
        return context.texts("privacy.seat", role=role, unit=term.unit, since=since)
    until = _day(context, term.until)
    return context.texts("privacy.seat_ended", role=role, unit=term.unit, since=since, until=until)


def _day(context: Context, moment: datetime) -> Markup:
    return full_date(context.texts, moment.astimezone(context.rules.zone).date())


def _ask(context: Context, verb: Verb, yes: str) -> Reply:
    seats = word_seats(context)
    part = context.texts("privacy.seats", seats=seats) if seats else ""
    choices = (choice_of(yes, verb, "yes"), choice_of(label(context.texts, "keep"), verb, "no"))
    return reply(Outgoing(context.texts(f"privacy.ask_{verb}", seats=part), (choices,)))


@command("withdraw", "rut", "joined")
async def withdraw(context: Context, argument: str) -> Reply:
    """Ask whether it is meant."""
    return _ask(context, "withdraw", label(context.texts, "withdraw"))


@button("withdraw", "joined")
async def withdrawn(context: Context, pressed: ButtonData) -> Reply:
    """End the seats and send nothing more; what is held stays until its day, or until it is erased."""
    if pressed.text() != "yes":
        return reply(Outgoing(context.texts("privacy.as_it_was")))
    await withdraw_consent(context.conn, by=context.person, now=context.now, today=context.today)
    return reply(
        Outgoing(context.texts("privacy.withdrawn"), menu=menu(context, unseated(context))), items=()
    )


@command("erase", "xoa", "joined")
async def erase(context: Context, argument: str) -> Reply:
    """Ask whether it is meant: it cannot be undone."""
    return _ask(context, "erase", label(context.texts, "erase"))


@button("erase", "joined")
async def erased(context: Context, pressed: ButtonData) -> Reply:
    """Erase the person, and keep nothing of this chat."""
    if pressed.text() != "yes":
        return reply(Outgoing(context.texts("privacy.as_it_was")))
    await erase_person(context.conn, by=context.person, now=context.now, today=context.today)
    return Reply((Outgoing(context.texts("privacy.erased"), menu=menu(context, None)),), forgets=True)


BUTTONS: tuple[Button, ...] = (withdrawn, erased)
