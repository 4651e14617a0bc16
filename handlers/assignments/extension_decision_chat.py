"""What the coordinator says to a wish for a later date: yes or no with one tap, or another date in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from domain.assignments.extension_replies import Decision, read_decision
from domain.assignments.lifecycle import MOVES
from domain.common.text import fold
from handlers.assignments.item_list import wording
from handlers.common import notice
from handlers.common.context import Button, Context, Reply, button, id_in, reply, turned_away
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import full_date, label, lines, short
from storage.assignments import assignment_store, extension_store
from storage.assignments.assignment_store import Assignment
from storage.assignments.extension_store import Wish
from storage.common import audit_log
from storage.organisation import people_store

_SHOWN = 5


@button("grant", "coordinator")
async def grant(context: Context, argument: str) -> Reply:
    """Agree to a later date."""
    return await decide(context, id_in(argument), Decision(granted=True))


@button("refuse", "coordinator")
async def refuse(context: Context, argument: str) -> Reply:
    """Leave the date as it is."""
    return await decide(context, id_in(argument), Decision(granted=False))


async def typed(context: Context, text: str) -> Reply | None:
    """Take a decision in words; None where a text is none, or nothing waits for one."""
    if read_decision(text, today=context.today, due=None) is None:
        return None
    waiting = await extension_store.waiting(context.conn, context.person.units("coordinator"))
    meant = await _meant(context, waiting)
    if meant is None:
        return await _which(context, waiting) if waiting else None
    (one,) = await assignment_store.get(context.conn, [meant.assignment_id])
    decision = read_decision(text, today=context.today, due=one.due_on)
    return await decide(context, meant.id, decision) if decision else None


async def _meant(context: Context, waiting: tuple[Wish, ...]) -> Wish | None:
    """Return the wish that is answered: that of the message replied to, the last shown, or the only one."""
    told = await extension_store.told_by(context.conn, context.said.chat, context.said.reply_to or "")
    if told is None:
        shown = context.dialog.choices.get(fold(label(context.texts, "grant")), "")
        told = id_in(shown.removeprefix("grant:"))
    found = next((wish for wish in waiting if wish.id == told), None)
    return found or (waiting[0] if len(waiting) == 1 else None)


async def _which(context: Context, waiting: tuple[Wish, ...]) -> Reply:
    """Show what waits, to be decided one by one: nothing is guessed."""
    words, texts = wording(context), context.texts
    rows, choices = [], []
    owed = {
        one.id: one
        for one in await assignment_store.get(context.conn, [wish.assignment_id for wish in waiting])
    }
    for number, wish in enumerate(waiting[:_SHOWN], 1):
        one = owed[wish.assignment_id]
        facts = {"what": words.what(one), "due": words.due(one), "wanted": words.day(wish.wanted_on)}
        rows.append(texts("digest.wish", number=number, unit=one.unit, **facts))
        choices.append(
            (
                Choice(label(texts, "grant_one", number=number), f"grant:{wish.id}"),
                Choice(label(texts, "refuse_one", number=number), f"refuse:{wish.id}"),
            )
        )
    return reply(Outgoing(lines(texts("extension.which"), *rows), tuple(choices)))


async def decide(context: Context, wish_id: int, decision: Decision) -> Reply:
    """Carry out a decision, in the chat as on the pages; what was decided before stays and is told."""
    wanted = await extension_store.get(context.conn, wish_id)
    if wanted is None:
        return reply(Outgoing(context.texts("error.old_button")))
    (one,) = await assignment_store.get(context.conn, [wanted.assignment_id])
    if one.coordinator_id not in context.person.units("coordinator"):
        return turned_away(context, f"assignment {one.id}")
    if wanted.superseded:
        return reply(Outgoing(context.texts("extension.superseded")))
    if wanted.granted is not None or one.state not in MOVES["extend"]:
        return reply(Outgoing(await _decided(context, wanted, one)))
    if decision.granted and (why := _too_early(context, one, decision.until or wanted.wanted_on)):
        return reply(Outgoing(why))
    return await _settle(context, wanted, one, decision)


def _too_early(context: Context, one: Assignment, until: date) -> Markup | None:
    """Tell why nothing can be put off until a date; what is done already may be, until when it was done."""
    words = wording(context)
    if until <= one.due_on:
        return context.texts("extension.earlier", wanted=words.day(until), due=words.due(one))
    if one.is_open and until <= context.today:
        return context.texts("extension.grant_passed", wanted=words.day(until))
    return None


async def _decided(context: Context, wanted: Wish, one: Assignment) -> Markup:
    """Tell who was first, and what holds since."""
    if wanted.decided_by is None or wanted.decided_at is None:
        return context.texts("extension.closed")
    who = await people_store.get(context.conn, wanted.decided_by, context.today)
    words, at = wording(context), wanted.decided_at.astimezone(context.rules.zone)
    key = "extension.was_granted" if wanted.granted else "extension.was_refused"
    return context.texts(key, who=who.name, hour=f"{at:%H:%M}", day=words.day(at.date()), due=words.due(one))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """How a wish ended: the sentence that tells it, and the due date that holds now."""

    key: str
    due_on: date


def _outcome(wanted: Wish, one: Assignment, decision: Decision) -> _Outcome:
    if not decision.granted:
        return _Outcome("refused", one.due_on)
    until = decision.until or wanted.wanted_on
    return _Outcome("granted" if until == wanted.wanted_on else "granted_until", until)


async def _settle(context: Context, wanted: Wish, one: Assignment, decision: Decision) -> Reply:
    """Keep the decision, put the assignment on its ladder again, and tell those who asked."""
    outcome = _outcome(wanted, one, decision)
    again = _asked_next(context, one, outcome.due_on) if one.is_open else None
    await extension_store.decide(
        context.conn,
        wanted,
        context.person.id,
        context.now,
        again,
        granted=decision.granted,
        due_on=outcome.due_on,
    )
    what = "granted" if decision.granted else "refused"
    dates = {"was": one.due_on.isoformat(), "became": outcome.due_on.isoformat()}
    await audit_log.note(context.conn, context.now, what, f"assignment {one.id}", context.person.id, **dates)
    facts = {
        "what": wording(context).what(one),
        "wanted": full_date(context.texts, outcome.due_on),
        "asked": full_date(context.texts, wanted.wanted_on),
        "due": full_date(context.texts, one.due_on),
        "origin": full_date(context.texts, one.planned_on),
    }
    reason = (
        context.texts("extension.because", reason=short(decision.reason, 200)) if decision.reason else None
    )
    told = Outgoing(lines(context.texts(f"extension.told_{outcome.key}", **facts), reason))
    await notice.put(context, await _hearers(context, wanted, one), f"told:{wanted.id}", told)
    return reply(Outgoing(context.texts(f"extension.{outcome.key}", unit=one.unit, **facts)))


def _asked_next(context: Context, one: Assignment, due_on: date) -> date | None:
    """When it is asked for next: what is due by now at once, unless it was asked for today."""
    was_asked = one.asked_on == context.today
    if due_on <= context.today and not was_asked:
        return context.today
    ladder = context.rules.ladders.of(one.kind, one.plan)
    after = context.today if was_asked else context.today - timedelta(days=1)
    return ladder.next_on(due_on, after, context.rules.days)


async def _hearers(context: Context, wanted: Wish, one: Assignment) -> list[int]:
    """Whoever asked; where they have left the unit since, its focal points."""
    held = await people_store.holders(context.conn, [one.unit_id], ["focal", "leader"], context.today)
    if any(person_id == wanted.asked_by for person_id, _ in held):
        return [wanted.asked_by]
    focal = await people_store.holders(context.conn, [one.unit_id], ["focal"], context.today)
    return [person_id for person_id, _ in focal]


BUTTONS: tuple[Button, ...] = (grant, refuse)
