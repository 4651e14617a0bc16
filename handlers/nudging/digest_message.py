"""The coordinator's digest: on the mornings when something has changed, and once a week as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.organisation.people import Person
from handlers.common.button_data import choice_of
from handlers.common.conversation import Choice, Outgoing
from handlers.common.wording import Wording, label, lines, short
from handlers.nudging.daily_message import Worded
from handlers.nudging.letter_chat import letter_buttons
from services.common.rules import Rules
from services.reporting.passed_dates import passed_dates
from services.reporting.status import standing
from storage.assignments import assignment_store, extension_store, question_store
from storage.assignments.extension_store import Wish
from storage.nudging import digest_store
from storage.organisation import absence_store, unit_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import Owing

_NAMES, _WISHES, _QUOTED = 6, 5, 60


@dataclass(frozen=True, slots=True)
class _View:
    """Whose digest it is, from when on things are news, and whether it tells the rest as well."""

    conn: AsyncConnection
    words: Wording
    rules: Rules
    person: Person
    since: datetime
    whole: bool

    @property
    def before(self) -> date:
        """The local day of the digest before."""
        return self.since.astimezone(self.words.zone).date()


@dataclass(frozen=True, slots=True)
class _PlanDigest:
    """What one plan adds: its lines (none where nothing is to tell), who is still to answer."""

    told: tuple[Markup, ...]
    open: tuple[Assignment, ...]


async def word_digest(
    conn: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    """Word a coordinator's digest of a local day.

    None where nothing has changed, no week begins, and nothing waits for the coordinator's word.
    """
    since = await digest_store.since(conn, person.id)
    if since is None:
        return None
    words = Wording(texts, day, rules.days, rules.zone)
    view = _View(conn, words, rules, person, since, whole=_begins_week(day, rules))
    rows = [row for row in await plan_store.listing(conn, person.units("coordinator")) if row.state == "live"]
    parts = [await _part(view, row) for row in reversed(rows)]
    people = await _people(view, {assignment.unit_id for part in parts for assignment in part.open})
    told = [line for part in parts if part.told for line in ("", *part.told)]
    wishes = await _wishes(view)
    asked = await question_store.count_waiting(conn, person.units("coordinator"))
    if not told and not people and not wishes and not asked:
        return None
    head = texts("digest.week" if view.whole else "digest.head", day=words.day(day))
    questions = ["", texts("digest.questions", count=asked)] if asked else []
    text = lines(head, *told, *_asked(words, wishes), *questions, *(["", *people] if people else []))
    return Worded(Outgoing(text, _buttons(view, parts, wishes)), ())


def _begins_week(day: date, rules: Rules) -> bool:
    """Whether offices have not been open in this week before."""
    return rules.days.on_or_after(day - timedelta(days=day.weekday())) == day


async def _wishes(view: _View) -> list[tuple[Wish, Assignment]]:
    """What units wait for: told every working morning until it is decided, as nobody is asked meanwhile."""
    found = await extension_store.waiting(view.conn, view.person.units("coordinator"))
    ones = await assignment_store.get(view.conn, [wish.assignment_id for wish in found])
    return list(zip(found, ones, strict=True))


def _asked(words: Wording, wishes: Sequence[tuple[Wish, Assignment]]) -> list[Markup | str]:
    """The wishes, the oldest of many numbered to be decided on."""
    if not wishes:
        return []
    told = [_wish(words, number, *wish) for number, wish in enumerate(wishes[:_WISHES], 1)]
    left = len(wishes) - _WISHES
    more = [words.texts("digest.wishes_more", count=left)] if left > 0 else []
    return ["", words.texts("digest.wishes"), *told, *more]


def _wish(words: Wording, number: int, wish: Wish, assignment: Assignment) -> Markup:
    wanted = words.day(wish.wanted_on)
    return words.texts(
        "digest.wish",
        number=number,
        unit=assignment.unit,
        what=words.what(assignment),
        due=words.due(assignment),
        wanted=wanted,
    )


def _buttons(
    view: _View, parts: Sequence[_PlanDigest], wishes: Sequence[tuple[Wish, Assignment]]
) -> tuple[tuple[Choice, ...], ...]:
    """What can be done at once: ask those who are late, and decide on wishes."""
    texts, today = view.words.texts, view.words.today
    open_ = [assignment for part in parts for assignment in part.open]
    late = {
        assignment.unit_id
        for assignment in open_
        if assignment.last_on < today and assignment.can_be_asked(today)
    }
    rows = [(choice_of(label(texts, "late_units", count=len(late)), "nudge", "late"),)] if late else []
    letters = letter_buttons(view.words, view.rules, open_)
    return (
        *rows,
        *letters,
        *(
            (
                choice_of(label(texts, "grant_one", number=number), "grant", wish.id),
                choice_of(label(texts, "refuse_one", number=number), "refuse", wish.id),
            )
            for number, (wish, _) in enumerate(wishes[:_WISHES], 1)
        ),
    )


async def _part(view: _View, plan: PlanRow) -> _PlanDigest:
    """Gather a plan's lines: what has passed, what was said, what is hindered, what is long late."""
    owed = await assignment_store.of_plan(view.conn, plan.id)
    open_ = tuple(assignment for assignment in owed if assignment.is_open)
    said = await digest_store.said(view.conn, plan.id, view.since)
    told = [*await _passed(view, plan, owed), *_said(view, said), *_letters(view, open_)]
    if view.whole:
        told += _late(view, open_)
    if not told and not (view.whole and open_):
        return _PlanDigest((), open_)
    return _PlanDigest((await _head(view, plan), *told), open_)


async def _head(view: _View, plan: PlanRow) -> Markup:
    """A plan's name, its next date, and how many units have answered."""
    words, stands = view.words, await standing(view.conn, plan.id, view.words.today)
    facts = {"plan": plan.name, "done": stands.reported, "total": stands.asked}
    if stands.focus is None or stands.focus_last is None or stands.focus_last < words.today:
        return words.texts("digest.plan_over", **facts)
    near = (
        words.days.between(words.today, stands.focus_last) <= view.rules.ladders.of("report", plan.name).first
    )
    when = words.left(stands.focus_last)
    key = "digest.plan" if near else "digest.plan_far"  # nobody has been asked yet, so nobody has answered
    return words.texts(key, due=words.day(stands.focus), when=when, **facts)


async def _passed(view: _View, plan: PlanRow, owed: Sequence[Assignment]) -> list[Markup]:
    """For each date of the plan that has passed since: how many have answered, and who has not."""
    words, texts = view.words, view.words.texts
    wishes = {assignment.id: wish for assignment in owed if (wish := _wants(words, assignment))}
    told = []
    for passed in await passed_dates(view.conn, plan.id, view.before, words.today):
        missing = {owing.unit: wishes.get(owing.id) or _missing(words, owing) for owing in passed.missing}
        facts = {"due": words.day(passed.planned_on), "done": passed.answered, "total": passed.units}
        told.append(texts("digest.passed", **facts))
        if missing:
            told.append(texts("digest.missing", units=_names(texts, list(missing.values()))))
    return told


def _missing(words: Wording, owing: Owing) -> Markup:
    """A unit that has not answered, with the later date that it has by leave."""
    if owing.last_on < words.today:
        return Markup.escape(owing.unit)
    return words.texts("digest.put_off", unit=owing.unit, due=words.day(owing.due_on))


def _wants(words: Wording, assignment: Assignment) -> Markup | None:
    """A unit with the later date for which it has asked; None where it has not."""
    if assignment.wanted_on is None:
        return None
    return words.texts("digest.wants", unit=assignment.unit, wanted=words.day(assignment.wanted_on))


def _said(view: _View, said: Sequence[digest_store.UnitStatement]) -> list[Markup]:
    """Who has answered since, and what hinders whom."""
    texts = view.words.texts
    answered = _names(texts, list(dict.fromkeys(unit_statement.unit for unit_statement in said)))
    stuck = [
        texts("digest.difficulty", unit=unit_statement.unit, words=short(unit_statement.difficulty, _QUOTED))
        for unit_statement in said
        if unit_statement.difficulty is not None
    ]
    return [
        *([texts("digest.answered", count=len(said), units=answered)] if said else []),
        *([texts("digest.stuck", units=_names(texts, stuck))] if stuck else []),
    ]


def _letters(view: _View, open_: Iterable[Assignment]) -> list[Markup]:
    """What has come, since the digest before, to a rung that the coordinator hears."""
    silent = [assignment for assignment in open_ if _is_new_rung(view, assignment)]
    return [view.words.texts("digest.letters", units=_since(view, silent))] if silent else []


def _is_new_rung(view: _View, assignment: Assignment) -> bool:
    words, ladder = view.words, view.rules.ladders.of(assignment.kind, assignment.plan)
    if not assignment.can_be_asked(words.today):
        return False
    rung = ladder.at(assignment.last_on, words.today, words.days)
    was_told = not assignment.is_held(view.before) and rung == ladder.at(
        assignment.last_on, view.before, words.days
    )
    return "coordinator" in rung.hears and not was_told


def _late(view: _View, open_: Iterable[Assignment]) -> list[Markup]:
    late = [assignment for assignment in open_ if assignment.last_on < view.words.today]
    return [view.words.texts("digest.late", count=len(late), units=_since(view, late))] if late else []


def _since(view: _View, late: Iterable[Assignment]) -> Markup:
    """Units, each with its oldest due date, that one first."""
    words, told = view.words, dict[str, Markup]()
    for assignment in late:
        since = words.texts("digest.since", unit=assignment.unit, due=words.due(assignment))
        told.setdefault(assignment.unit, _wants(words, assignment) or since)
    return _names(words.texts, list(told.values()))


async def _people(view: _View, unit_ids: set[int]) -> list[Markup]:
    """Who cannot be reached, whom a message failed to reach, which units have nobody, who is away."""
    conn, words, texts = view.conn, view.words, view.words.texts
    lost = await digest_store.lost(conn, unit_ids, words.today)
    empty = await unit_store.without(conn, "focal", unit_ids, words.today)
    those = await digest_store.people_of(conn, unit_ids, words.today)
    if view.whole:
        away = await absence_store.overlapping(conn, those, words.today, words.today)
    else:
        news = await digest_store.lost_since(conn, view.person.id, view.since)
        lost = tuple(unreached_person for unreached_person in lost if unreached_person.person_id in news)
        emptied = await digest_store.emptied(conn, sorted(unit_ids), view.since)
        empty = tuple(name for name in empty if name in emptied)
        away = await absence_store.news(conn, those, view.since, view.before, words.today)
    missed = await digest_store.missed(conn, unit_ids, view.before, words.today)
    told = {
        "digest.lost": [
            texts("digest.person", person=unreached_person.person, unit=unreached_person.unit)
            for unreached_person in lost
        ],
        "digest.missed": [
            texts("digest.person", person=unreached_person.person, unit=unreached_person.unit)
            for unreached_person in missed
        ],
        "digest.empty": [Markup.escape(name) for name in empty],
        "digest.away": [
            texts("digest.absent", person=a.person, last=words.day(a.last), substitute=a.substitute)
            for a in away
        ],
    }
    return [texts(key, names=_names(texts, names), count=len(names)) for key, names in told.items() if names]


def _names(texts: Texts, names: Sequence[Markup | str]) -> Markup:
    """Names on one line, the first few of many."""
    told = Markup(", ").join(names[:_NAMES])
    return texts("digest.more", names=told, count=len(names) - _NAMES) if len(names) > _NAMES else told
