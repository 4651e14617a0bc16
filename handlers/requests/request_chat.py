"""/yeucau (/request): an ad hoc report asked of units or groups, by an hour or a day."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup

from domain.assignments.lifecycle import Kind
from domain.organisation.name_lookup import Meant
from domain.organisation.register import Register, Unit
from domain.requests.request import Office, ParsedRequest, read_request, read_whom, without_plan
from handlers.assignments.unit_view import people_of
from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Question, Reply, button, command, question, reply
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import label, lines, short, wording_of
from handlers.nudging.manual_nudge_chat import never_mind, opens
from handlers.requests import roll_call_chat
from handlers.requests.request_wording import hour_and_day
from services.common.results import Refused
from services.nudging.recipients import hearers
from services.requests.send_request import send_request
from storage.nudging import manual_nudge_store
from storage.organisation import unit_store
from storage.plans import plan_store

_TOPIC = "request"
_NAMES = 5
_PHONED = 20
TEXT_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class _Draft:
    """A request as far as it has been told: the ids of the units, what is asked, the local moment."""

    whom: tuple[int, ...] = ()
    what: str = ""
    at: datetime | None = None

    def write(self) -> str:
        """Return what `read` understands."""
        return json.dumps([self.whom, self.what, self.at and self.at.isoformat()], ensure_ascii=False)

    @classmethod
    def read(cls, about: str) -> "_Draft":
        """Read what `write` wrote."""
        whom, what, at = json.loads(about)
        return cls(tuple(whom), what, datetime.fromisoformat(at) if at else None)


@command("request", "yeucau", "coordinator")
async def request(context: Context, argument: str) -> Reply:
    """Take a request in one line; without one, call the roll of those that run, or ask step by step."""
    if argument.strip():
        return await _taken(context, _Draft(), argument)
    return await roll_call_chat.shown(context) or await _next(context, _Draft())


@button("request", "coordinator")
async def pressed(context: Context, pressed: ButtonData) -> Reply:
    """Begin a new request, or send the one that was shown."""
    if pressed.text() == "new":
        return await _next(context, _Draft())
    if pressed.text() != "send" or context.dialog.topic != _TOPIC:
        return reply(Outgoing(context.texts("error.old_button")))
    draft = _Draft.read(context.dialog.about)
    if not draft.whom or not draft.what or draft.at is None or draft.at <= context.now:
        return await _next(context, draft)
    return await _send(context, draft, draft.at)


@question(_TOPIC, "coordinator")
async def answered(context: Context, text: str) -> Reply:
    """Take the next step of a request; once all is told, another hour or other units."""
    return await _taken(context, _Draft.read(context.dialog.about), text)


def _office(context: Context) -> Office:
    now = context.now.astimezone(context.rules.zone)
    return Office(now, context.rules.ladders.hours.closes, context.rules.days)


async def _taken(context: Context, draft: _Draft, text: str) -> Reply:
    if len(text) > TEXT_LIMIT:
        return await _next(context, draft, context.texts("update.too_long", limit=TEXT_LIMIT))
    if draft.whom and not draft.what:
        return await _next(context, replace(draft, what=" ".join(text.split())))
    if draft.whom and (at := _office(context).moment(text)[0]):
        return await _next(context, replace(draft, at=at))
    if draft.whom and draft.at is None:
        return await _next(context, draft, context.texts("request.unclear_when", words=short(text, 60)))
    return await _read(context, draft, text)


async def _read(context: Context, draft: _Draft, text: str) -> Reply:
    """Read a whole line, or a line that tells only whom."""
    register = Register(await unit_store.load(context.conn), context.rules.register.groups)
    line, working = await _members(context, text, register)
    if draft.what:
        parsed = ParsedRequest(read_whom(line, context.today, register, working), "", None)
    else:
        parsed = read_request(line, _office(context), register, working)
    if line != text and parsed.whom == Meant(()):
        parsed = replace(parsed, whom=Meant(tuple(working)))
    if not parsed.whom.whole:
        known = replace(draft, what=draft.what or parsed.what, at=draft.at or parsed.at)
        return await _next(context, known, _unclear(context, parsed.whom))
    whom = await _ids(context, parsed.whom.units)
    return await _next(context, _Draft(whom, parsed.what or draft.what, parsed.at or draft.at))


async def _members(context: Context, line: str, register: Register) -> tuple[str, Sequence[Unit]]:
    """Return a line without the plan that it names, and who has work in it; else in any plan."""
    rows = await plan_store.listing(context.conn, context.person.units("coordinator"))
    live = [row for row in rows if row.state == "live"]
    for row in live:
        if row.number and (rest := without_plan(line, row.number)) is not None:
            live, line = [row], rest
            break
    asked_ids = {
        unit_id for row in live for unit_id in (await plan_store.asked_units(context.conn, row.id)).units
    }
    names = {name for name, unit_id in (await unit_store.ids(context.conn)).items() if unit_id in asked_ids}
    return line, [unit for unit in register.units if unit.name in names]


def _unclear(context: Context, whom: Meant) -> Markup | None:
    if whom.choices:
        choices = context.texts("draft.or").join(unit.name for unit in whom.choices)
        return context.texts("request.fits_two", choices=choices)
    return context.texts("request.unclear_whom", words=short(whom.unclear, 60)) if whom.unclear else None


async def _ids(context: Context, whom: Sequence[Unit]) -> tuple[int, ...]:
    """Return the ids of units; of a group the asker's own is left out."""
    known, own = await unit_store.ids(context.conn), context.person.units("coordinator")
    unit_ids = tuple(dict.fromkeys(known[unit.name] for unit in whom if unit.name in known))
    others = tuple(unit_id for unit_id in unit_ids if unit_id not in own)
    return others or unit_ids


async def _next(context: Context, draft: _Draft, notice: Markup | None = None) -> Reply:
    """Ask for what is still missing; once nothing is, show what will be sent."""
    if draft.at is not None and draft.at <= context.now:
        notice = context.texts("request.passed", due=hour_and_day(wording_of(context), draft.at))
        draft = replace(draft, at=None)
    missing = next((key for key in ("whom", "what", "at") if not getattr(draft, key)), None)
    if missing is None and draft.at is not None:
        text, row = await _preview(context, draft, draft.at)
        return reply(Outgoing(lines(notice, text), (row,)), topic=_TOPIC, about=draft.write())
    text = lines(notice, context.texts(f"request.ask_{missing}"))
    return reply(Outgoing(text, ((never_mind(context),),)), topic=_TOPIC, about=draft.write())


@dataclass(frozen=True, slots=True)
class _Asks:
    """What a unit will be asked, as far as its ladder goes."""

    unit_id: int
    last_on: date
    kind: Kind = "request"
    plan: str = ""


async def _preview(context: Context, draft: _Draft, at: datetime) -> tuple[Markup, tuple[Choice, ...]]:
    """Tell what will be sent to how many; nobody is told before the coordinator confirms."""
    texts, word = context.texts, wording_of(context)
    hearer_pairs = await hearers(
        context.conn, context.rules, [_Asks(unit_id, at.date()) for unit_id in draft.whom], context.today
    )
    people = {unit_id for unit_id, _ in hearer_pairs}
    reached = await manual_nudge_store.reachable(context.conn, people)
    names = {unit_id: name for name, unit_id in (await unit_store.ids(context.conn)).items()}
    empty = [names[unit_id] for unit_id in draft.whom if unit_id not in {of for _, of in hearer_pairs}]
    text = lines(
        texts("request.preview", what=short(draft.what, 1000)),
        texts("request.due", due=hour_and_day(word, at)),
        texts(
            "request.to",
            units=len(draft.whom),
            people=len(reached),
            names=_named(context, [names[unit_id] for unit_id in draft.whom]),
        ),
        texts("request.empty", count=len(empty), names=_named(context, empty)) if empty else None,
        texts("prompt.out", count=len(people - reached)) if people - reached else None,
        None if context.rules.days.is_working(at.date()) else texts("request.day_off"),
        texts("request.off_hours") if opens(context) else None,
        "",
        texts("request.change"),
    )
    return text, (choice_of(label(texts, "send_request"), "request", "send"), never_mind(context))


def _named(context: Context, names: Sequence[str]) -> Markup | str:
    shown_names = ", ".join(names[:_NAMES])
    left = len(names) - _NAMES
    return context.texts("draft.names_more", names=shown_names, count=left) if left > 0 else shown_names


async def _send(context: Context, draft: _Draft, at: datetime) -> Reply:
    """Send the request; where nobody can be written to, tell whom to phone."""
    result = await send_request(
        context.conn, draft.what, draft.whom, at, by=context.person, now=context.now, rules=context.rules
    )
    if isinstance(result, Refused):
        return await _next(context, draft)
    due = hour_and_day(wording_of(context), at)
    if result.reached:
        facts = {"units": len(result.owed), "people": len(result.reached), "due": due}
        return reply(Outgoing(context.texts("request.sent", **facts)))
    rows = [await people_of(context, each.unit_id, each.unit) for each in result.owed[:_PHONED]]
    left = len(result.owed) - _PHONED
    more = context.texts("prompt.more", count=left) if left > 0 else None
    return reply(Outgoing(lines(context.texts("request.sent_nobody", due=due), *rows, more)))


BUTTONS: tuple[Button, ...] = (pressed, *roll_call_chat.BUTTONS)
QUESTIONS: tuple[Question, ...] = (answered,)
