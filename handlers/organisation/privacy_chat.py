"""/mydata, /withdraw, /erase (/dulieu, /rut, /xoa): what is held about a person, and how they take it back.

Luật 91/2025/QH15 and Nghị định 356/2025/NĐ-CP: whoever has joined can see it, withdraw their consent and be
erased, with a seat or without; here at once, where the decree gives two working days.
"""

from collections.abc import Iterator
from datetime import datetime

from markupsafe import Markup

from handlers.common.context import Button, Desk, Reply, button, command, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.menus import menu
from handlers.common.wording import full_date, label, lines
from handlers.organisation.leave_chat import unseated, vacate, word_seats
from storage.common import audit_log as audit
from storage.organisation import privacy_store as privacy
from storage.organisation.privacy_store import Held, Term


@command("mydata", "dulieu", "joined")
async def mydata(desk: Desk, argument: str) -> Reply:
    """Tell all that is held."""
    found = await privacy.held(desk.work, desk.person.id)
    await audit.note(desk.work, desk.now, "mydata", f"person {desk.person.id}", desk.person.id)
    return reply(Outgoing(lines(*_told(desk, found), "", desk.texts("privacy.how"))))


def _told(desk: Desk, found: Held) -> Iterator[Markup]:
    texts = desk.texts
    yield texts("privacy.head")
    yield texts("privacy.name", name=found.name)
    for channel, chat in found.chats:
        yield texts("privacy.chat", channel=channel, chat=chat)
    for term in found.terms:
        yield _term(desk, term)
    if found.agreed_at is None:
        yield texts("privacy.no_consent")
    else:
        yield texts("privacy.consent", day=_day(desk, found.agreed_at), notice=found.notice)
    yield texts("privacy.counts", said=found.said, wishes=found.wishes, nudges=found.nudges)
    if found.left_at is None:
        yield texts("privacy.kept_seated", days=desk.rules.keep.days)
    else:
        yield texts("privacy.kept_until", day=_day(desk, found.left_at + desk.rules.keep))


def _term(desk: Desk, term: Term) -> Markup:
    role, since = desk.texts(f"role.{term.role}"), _day(desk, term.since)
    if term.until is None:
        return desk.texts("privacy.seat", role=role, unit=term.unit, since=since)
    until = _day(desk, term.until)
    return desk.texts("privacy.seat_ended", role=role, unit=term.unit, since=since, until=until)


def _day(desk: Desk, moment: datetime) -> Markup:
    return full_date(desk.texts, moment.astimezone(desk.rules.zone).date())


def _ask(desk: Desk, verb: str, yes: str) -> Reply:
    seats = word_seats(desk)
    part = desk.texts("privacy.seats", seats=seats) if seats else ""
    choices = (Choice(yes, f"{verb}:yes"), Choice(label(desk.texts, "keep"), f"{verb}:no"))
    return reply(Outgoing(desk.texts(f"privacy.ask_{verb}", seats=part), (choices,)))


@command("withdraw", "rut", "joined")
async def withdraw(desk: Desk, argument: str) -> Reply:
    """Ask whether it is meant."""
    return _ask(desk, "withdraw", label(desk.texts, "withdraw"))


@button("withdraw", "joined")
async def withdrawn(desk: Desk, argument: str) -> Reply:
    """End the seats and send nothing more; what is held stays until its day, or until it is erased."""
    if argument != "yes":
        return reply(Outgoing(desk.texts("privacy.as_it_was")))
    await vacate(desk)
    await privacy.withdraw(desk.work, desk.person.id)
    await audit.note(desk.work, desk.now, "withdraw", f"person {desk.person.id}", desk.person.id)
    return reply(Outgoing(desk.texts("privacy.withdrawn"), menu=menu(desk, unseated(desk))), items=())


@command("erase", "xoa", "joined")
async def erase(desk: Desk, argument: str) -> Reply:
    """Ask whether it is meant: it cannot be undone."""
    return _ask(desk, "erase", label(desk.texts, "erase"))


@button("erase", "joined")
async def erased(desk: Desk, argument: str) -> Reply:
    """Erase the person, and keep nothing of this chat."""
    if argument != "yes":
        return reply(Outgoing(desk.texts("privacy.as_it_was")))
    await vacate(desk)
    await privacy.erase(desk.work, desk.person.id, desk.now)
    await audit.note(desk.work, desk.now, "erase", f"person {desk.person.id}", desk.person.id)
    return Reply((Outgoing(desk.texts("privacy.erased"), menu=menu(desk, None)),), forgets=True)


BUTTONS: tuple[Button, ...] = (withdrawn, erased)
