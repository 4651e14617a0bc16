"""The coordinator's digest: on the mornings when something has changed, and once a week as a whole."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.nudging.ladder import Ladders
from domain.organisation.people import Person
from domain.reporting.standing import Standing
from handlers.assignments.decision_notice import wish_what
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
from storage.nudging import digest_store, nudge_ledger
from storage.organisation import absence_store, unit_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow
from storage.reporting.report_store import Owing

_NAMES, _WISHES, _QUOTED = 6, 5, 60


@dataclass(frozen=True, slots=True)
class _View:
    """Whose digest it is, from when on things are news, and whether it tells the rest as well."""

    conn: AsyncConnection
    wording: Wording
    rules: Rules
    person: Person
    since: datetime
    whole: bool

    @property
    def before(self) -> date:
        """The local day of the digest before."""
        return self.since.astimezone(self.wording.zone).date()


@dataclass(frozen=True, slots=True)
class _PlanDigest:
    """What one plan adds: its lines (none where nothing is to tell), what is still open, and for which of
    that, by assignment id, somebody was nudged.
    """

    rows: tuple[Markup, ...]
    open: tuple[Assignment, ...]
    nudged: frozenset[int]


async def word_digest(
    conn: AsyncConnection, person: Person, day: date, texts: Texts, rules: Rules
) -> Worded | None:
    """Word a coordinator's digest of a local day.

    None where nothing has changed, no week begins, and nothing waits for the coordinator's word.
    """
    since = await digest_store.last_digest_at(conn, person.id)
    if since is None:
        return None
    wording = Wording(texts, day, rules.days, rules.zone)
    view = _View(conn, wording, rules, person, since, whole=_begins_week(day, rules))
    rows = [row for row in await plan_store.listing(conn, person.units("coordinator")) if row.state == "live"]
    parts = [await _part(view, row) for row in reversed(rows)]
    people = await _people(view, {assignment.unit_id for part in parts for assignment in part.open})
    body = [line for part in parts if part.rows for line in ("", *part.rows)]
    wishes = await _wishes(view)
    questions_waiting = await question_store.count_waiting(conn, person.units("coordinator"))
    if not body and not people and not wishes and not questions_waiting:
        return None
    head = texts("digest.week" if view.whole else "digest.head", day=wording.day(day))
    questions = ["", texts("digest.questions", count=questions_waiting)] if questions_waiting else []
    text = lines(head, *body, *_asked(wording, wishes), *questions, *(["", *people] if people else []))
    return Worded(Outgoing(text, _buttons(view, parts, wishes)))


def _begins_week(day: date, rules: Rules) -> bool:
    """Whether offices have not been open in this week before."""
    return rules.days.on_or_after(day - timedelta(days=day.weekday())) == day


async def _wishes(view: _View) -> list[tuple[Wish, Assignment]]:
    """What units wait for: told every working morning until it is decided, as nobody is asked meanwhile."""
    wishes = await extension_store.waiting(view.conn, view.person.units("coordinator"))
    assignments = await assignment_store.get(view.conn, [wish.assignment_id for wish in wishes])
    return list(zip(wishes, assignments, strict=True))


def _asked(wording: Wording, wishes: Sequence[tuple[Wish, Assignment]]) -> list[Markup | str]:
    """The wishes, the oldest of many numbered to be decided on."""
    if not wishes:
        return []
    rows = [_wish(wording, number, *wish) for number, wish in enumerate(wishes[:_WISHES], 1)]
    left = len(wishes) - _WISHES
    more = [wording.texts("digest.wishes_more", count=left)] if left > 0 else []
    return ["", wording.texts("digest.wishes"), *rows, *more]


def _wish(wording: Wording, number: int, wish: Wish, assignment: Assignment) -> Markup:
    wanted_day = wording.day(wish.wanted_on)
    return wording.texts(
        "digest.wish",
        number=number,
        unit=assignment.unit,
        what=wish_what(wording, wish.line, assignment),
        due=wording.due(assignment),
        wanted=wanted_day,
    )


def _buttons(
    view: _View, parts: Sequence[_PlanDigest], wishes: Sequence[tuple[Wish, Assignment]]
) -> tuple[tuple[Choice, ...], ...]:
    """What can be done at once: ask those who are late, and decide on wishes."""
    texts, today = view.wording.texts, view.wording.today
    open_ = [assignment for part in parts for assignment in part.open]
    late = {
        assignment.unit_id
        for assignment in open_
        if assignment.last_on < today and assignment.can_be_asked(today)
    }
    rows = [(choice_of(label(texts, "late_units", count=len(late)), "nudge", "late"),)] if late else []
    nudged = [each for part in parts for each in part.open if each.id in part.nudged]
    letters = letter_buttons(view.wording, view.rules, nudged)
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
    statements = await digest_store.statements_since(view.conn, plan.id, view.since)
    nudged = await nudge_ledger.nudged(view.conn, [assignment.id for assignment in open_])
    rows = [*await _passed(view, plan, owed), *_said(view, statements), *_letters(view, open_, nudged)]
    if view.whole:
        rows += _late(view, open_)
    if not rows and not (view.whole and open_):
        return _PlanDigest((), open_, nudged)
    return _PlanDigest((await _head(view, plan), *rows), open_, nudged)


async def _head(view: _View, plan: PlanRow) -> Markup:
    stands = await standing(view.conn, plan.id, view.wording.today)
    return word_plan_head(view.wording, view.rules.ladders, plan, stands)


def word_plan_head(wording: Wording, ladders: Ladders, plan: PlanRow, stands: Standing) -> Markup:
    """Word a plan's name, its next date, and how many units have handed in the report of which date."""
    facts: dict[str, object] = {"plan": plan.name, "done": stands.reported, "total": stands.asked}
    if stands.focus is None or stands.focus_last is None or stands.focus_last < wording.today:
        return wording.texts("digest.plan_over", **facts)
    near = wording.days.between(wording.today, stands.focus_last) <= ladders.of("report", plan.name).first
    facts |= {"due": wording.day(stands.focus), "when": wording.left(stands.focus_last)}
    if not near:
        return wording.texts("digest.plan_far", **facts)  # nobody was asked yet, so nobody has answered
    if stands.round is None or stands.round == stands.focus:
        return wording.texts("digest.plan", **facts)
    return wording.texts("digest.plan_round", round=wording.day(stands.round), **facts)


async def _passed(view: _View, plan: PlanRow, owed: Sequence[Assignment]) -> list[Markup]:
    """For each date of the plan that has passed since: how many have answered, and who has not."""
    wording, texts = view.wording, view.wording.texts
    wishes = {assignment.id: wish for assignment in owed if (wish := _wants(wording, assignment))}
    rows = []
    for passed in await passed_dates(view.conn, plan.id, view.before, wording.today):
        missing = {owing.unit: wishes.get(owing.id) or _missing(wording, owing) for owing in passed.missing}
        facts = {"due": wording.day(passed.planned_on), "done": passed.answered, "total": passed.units}
        rows.append(texts("digest.passed", **facts))
        if missing:
            rows.append(texts("digest.missing", units=_names(texts, list(missing.values()))))
    return rows


def _missing(wording: Wording, owing: Owing) -> Markup:
    """A unit that has not answered, with the later date that it has by leave."""
    if owing.last_on < wording.today:
        return Markup.escape(owing.unit)
    return wording.texts("digest.put_off", unit=owing.unit, due=wording.day(owing.due_on))


def _wants(wording: Wording, assignment: Assignment) -> Markup | None:
    """A unit with the later date for which it has asked; None where it has not."""
    if assignment.wanted_on is None:
        return None
    return wording.texts("digest.wants", unit=assignment.unit, wanted=wording.day(assignment.wanted_on))


def _said(view: _View, statements: Sequence[digest_store.UnitStatement]) -> list[Markup]:
    """Who has answered since, and what hinders whom."""
    texts = view.wording.texts
    answered = _names(texts, list(dict.fromkeys(unit_statement.unit for unit_statement in statements)))
    stuck = [
        texts("digest.difficulty", unit=unit_statement.unit, words=short(unit_statement.difficulty, _QUOTED))
        for unit_statement in statements
        if unit_statement.difficulty is not None
    ]
    return [
        *([texts("digest.answered", count=len(statements), units=answered)] if statements else []),
        *([texts("digest.stuck", units=_names(texts, stuck))] if stuck else []),
    ]


def _letters(view: _View, open_: Iterable[Assignment], nudged: Collection[int]) -> list[Markup]:
    """What has come, since the digest before, to a rung that the coordinator hears.

    A letter is for those who were nudged in vain, not for whom nobody could be asked, nor for the
    coordinator's own unit.
    """
    silent = [each for each in open_ if each.unit_id != each.coordinator_id and _is_new_rung(view, each)]
    rows = {
        "digest.letters": [each for each in silent if each.id in nudged],
        "digest.never_nudged": [each for each in silent if each.id not in nudged],
    }
    return [view.wording.texts(key, units=_since(view, late)) for key, late in rows.items() if late]


def _is_new_rung(view: _View, assignment: Assignment) -> bool:
    wording, ladder = view.wording, view.rules.ladders.of(assignment.kind, assignment.plan)
    if not assignment.can_be_asked(wording.today):
        return False
    rung = ladder.at(assignment.last_on, wording.today, wording.days)
    was_told = not assignment.is_held(view.before) and rung == ladder.at(
        assignment.last_on, view.before, wording.days
    )
    return "coordinator" in rung.hears and not was_told


def _late(view: _View, open_: Iterable[Assignment]) -> list[Markup]:
    late = [assignment for assignment in open_ if assignment.last_on < view.wording.today]
    return [view.wording.texts("digest.late", count=len(late), units=_since(view, late))] if late else []


def _since(view: _View, late: Iterable[Assignment]) -> Markup:
    """Units, each with its oldest due date, that one first."""
    wording, names = view.wording, dict[str, Markup]()
    for assignment in late:
        since = wording.texts("digest.since", unit=assignment.unit, due=wording.due(assignment))
        names.setdefault(assignment.unit, _wants(wording, assignment) or since)
    return _names(wording.texts, list(names.values()))


async def _people(view: _View, unit_ids: set[int]) -> list[Markup]:
    """Who cannot be reached, whom a message failed to reach, which units have nobody, who is away."""
    conn, wording, texts = view.conn, view.wording, view.wording.texts
    lost = await digest_store.unreachable(conn, unit_ids, wording.today)
    empty = await unit_store.without(conn, "focal", unit_ids, wording.today)
    people = await digest_store.people_of(conn, unit_ids, wording.today)
    if view.whole:
        away = await absence_store.overlapping(conn, people, wording.today, wording.today)
    else:
        news = await digest_store.reported_unreachable(conn, view.person.id, view.since)
        lost = tuple(unreached_person for unreached_person in lost if unreached_person.person_id in news)
        emptied = await digest_store.left_by_focal_points(conn, sorted(unit_ids), view.since)
        empty = tuple(name for name in empty if name in emptied)
        away = await absence_store.news(conn, people, view.since, view.before, wording.today)
    missed = await digest_store.maybe_unreached(conn, unit_ids, view.before, wording.today)
    names_by_key = {
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
            texts("digest.absent", person=a.person, last=wording.day(a.last), substitute=a.substitute)
            for a in away
        ],
    }
    return [
        texts(key, names=_names(texts, names), count=len(names))
        for key, names in names_by_key.items()
        if names
    ]


def _names(texts: Texts, names: Sequence[Markup | str]) -> Markup:
    """Names on one line, the first few of many."""
    text = Markup(", ").join(names[:_NAMES])
    return texts("digest.more", names=text, count=len(names) - _NAMES) if len(names) > _NAMES else text
