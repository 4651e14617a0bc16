"""Say what passages of a draft are: a duty, an activity, a report, the heading of a unit, or background."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from documents.reading.marks import split_mark
from documents.reading.partners import role_of
from domain.common.text import squeeze
from domain.deadlines import read_deadline
from domain.organisation.people import Person
from domain.organisation.register import Register
from domain.plans.carried_corrections import Made, subject_of
from domain.plans.commitments import Part, deadline_in
from domain.plans.draft import Draft, Row
from domain.plans.draft_change import CorrectionNotUnderstood, read_units
from domain.plans.judgements import (
    Judgement,
    bare_heading,
    beneath,
    is_of_heading,
    passage_key,
    rows_of,
    units_above,
)
from domain.plans.plan import Passage
from services.common.results import Refused
from services.common.rules import Rules
from services.plans.open_draft import open_draft
from services.plans.own_plan import NotTheirPlan, id_of, own_plan
from storage.common import audit_log
from storage.organisation import unit_store
from storage.plans import correction_store, draft_steps, draft_store, passage_rows
from storage.plans.draft_store import Target
from storage.plans.passage_rows import NewLine, NewRule
from storage.plans.plan_store import PlanRow

_NAMED = 3
"""How many units name a report whose reporters were typed."""


@dataclass(frozen=True, slots=True)
class PassagesSettled:
    """The draft, what was judged, and the names of the units that answer now; () for nobody."""

    plan: PlanRow
    judgement: Judgement
    units: tuple[str, ...]


async def settle_passages(
    conn: AsyncConnection,
    plan_id: int,
    judgement: Judgement,
    *,
    by: Person | None,
    now: datetime,
    rules: Rules,
) -> (
    PassagesSettled | CorrectionNotUnderstood | Refused[Literal["gone", "live", "no_passage"]] | NotTheirPlan
):
    """Make of passages what a person says they are; their former rows are gone.

    Without words a duty is of whoever answers for the one before it, a heading is of the unit that it names.
    Needs a writing transaction. Refused: "gone", "live", "no_passage" where the draft has no such passage.
    """
    plan = await own_plan(conn, plan_id, by)
    if not isinstance(plan, PlanRow):
        return plan
    if plan.state != "draft":
        return Refused("live")
    today = now.astimezone(rules.zone).date()
    draft, register = await open_draft(conn, plan_id, rules, today)
    if not judgement.places or not all(0 <= place < len(draft.passages) for place in judgement.places):
        return Refused("no_passage")
    units = read_units(draft, register, judgement.words) if judgement.words else ()
    if isinstance(units, CorrectionNotUnderstood):
        return units
    await draft_steps.keep(conn, plan_id, now)
    ids = await unit_store.ids(conn)
    for place in sorted(judgement.places):
        if judgement.becomes == "heading":  # what stood under the heading before may stand under this one
            draft = await draft_store.load(conn, plan_id, today)
        alone = Judgement((place,), judgement.becomes, judgement.words)
        await _judge(_Judging(conn, draft, register, draft.passages[place], ids), alone, units)
    places = " ".join(str(place) for place in judgement.places)
    about = f"plan {plan_id} passages {places}"
    await audit_log.note(conn, now, "passage", about, id_of(by), became=judgement.becomes)
    draft, _ = await open_draft(conn, plan_id, rules, today)
    return PassagesSettled(plan, judgement, _answering(draft, judgement))


async def apply_judgement(
    conn: AsyncConnection, plan_id: int, judgement: Judgement, rules: Rules, now: datetime
) -> bool:
    """Judge one passage of a draft, and keep that for its next version; False where the words name nobody."""
    draft, register = await open_draft(conn, plan_id, rules, now.astimezone(rules.zone).date())
    units = read_units(draft, register, judgement.words) if judgement.words else ()
    if isinstance(units, CorrectionNotUnderstood):
        return False
    (place,) = judgement.places
    judging = _Judging(conn, draft, register, draft.passages[place], await unit_store.ids(conn))
    await _judge(judging, judgement, units)
    return True


async def _judge(judging: "_Judging", judgement: Judgement, units: tuple[str, ...]) -> None:
    draft, place = judging.draft, judging.passage.index
    match judgement.becomes:
        case "heading":
            await judging.heading(units)
        case "duty" | "activity":
            await judging.line(judgement.becomes, units or units_above(draft, place))
        case "report":
            await judging.report(units)
        case "background":
            await judging.background()
    subject = subject_of(draft, passage_key(place))
    if subject is not None:
        made = Made(subject, judgement.becomes, judgement.words)
        await correction_store.keep(judging.conn, draft.plan_id, made)


@dataclass(slots=True)
class _Judging:
    """One passage that is being judged, with the draft as it stood before."""

    conn: AsyncConnection
    draft: Draft
    register: Register
    passage: Passage
    ids: dict[str, int]

    async def line(
        self, kind: Literal["duty", "activity"], units: tuple[str, ...], heading: str = "", group: str = ""
    ) -> None:
        """Make the passage a duty or an activity of these units."""
        passage, text = self.passage, _bare(self.passage.text)
        await self._clear()
        await passage_rows.set_fate(self.conn, self.draft.plan_id, passage.index, kind)
        deadline = deadline_in(text, self.draft.period)
        line = NewLine(
            kind=kind,
            passage=passage.index,
            section=passage.section,
            heading=heading or self._heading(kind, units),
            text=text,
            due=deadline.dates if deadline else (),
            inclusive=deadline.inclusive if deadline else True,
            unit_ids=tuple(self.ids[name] for name in units),
            part=_part(text),
            group=group,
        )
        await passage_rows.add_line(self.conn, self.draft.plan_id, line)

    def _heading(self, kind: str, units: tuple[str, ...]) -> str:
        """A duty stands under its unit; an activity under the heading that stands before it."""
        if kind == "duty":
            return ", ".join(units[:_NAMED])
        before = (
            passage
            for passage in reversed(self.draft.passages[: self.passage.index])
            if passage.fate == "heading"
        )
        return next((_bare(passage.text) for passage in before), "")

    async def report(self, units: tuple[str, ...]) -> None:
        """Make the passage a report; where nobody is named, of all who have work, if it has a date."""
        passage, text = self.passage, _bare(self.passage.text)
        deadline = read_deadline(text, *self.draft.period)
        everyone = tuple(name for name in self.draft.working if name != self.draft.coordinator)
        who = units or (everyone if deadline.dates else ())
        await self._clear()
        await passage_rows.set_fate(self.conn, self.draft.plan_id, passage.index, "report")
        rule = NewRule(
            passage=passage.index,
            section=passage.section,
            who=", ".join(units[:_NAMED]) or text.split(":")[0][:80],
            quote=text,
            due=deadline.dates,
            recurrence=deadline.recurrence,
            inclusive=deadline.inclusive,
            rrule=deadline.rule,
            unit_ids=tuple(self.ids[name] for name in who),
        )
        await passage_rows.add_rule(self.conn, self.draft.plan_id, rule)

    async def background(self) -> None:
        """Make the passage one that gives no work."""
        await self._clear()
        await passage_rows.set_fate(self.conn, self.draft.plan_id, self.passage.index, "background")

    async def heading(self, units: tuple[str, ...]) -> None:
        """Make the passage the heading of units: theirs is what is unread under it or was given by it."""
        name = bare_heading(self.passage.text)
        units, group = (units, "") if units else await self._named(name)
        await self._clear()
        await passage_rows.set_fate(self.conn, self.draft.plan_id, self.passage.index, "heading")
        for passage in beneath(self.draft, self.passage):
            under = _Judging(self.conn, self.draft, self.register, passage, self.ids)
            if passage.fate == "unread":
                await under.line("duty", units, heading=name, group=group)
            for row in rows_of(self.draft, passage.index):
                if is_of_heading(row, passage):
                    await self._give(row, units, name)

    async def _give(self, row: Row, units: tuple[str, ...], heading: str) -> None:
        target = Target("line", int(row.key.split()[1]))
        unit_ids = [self.ids[name] for name in units]
        await draft_store.set_units(self.conn, self.draft.plan_id, target, unit_ids)
        await passage_rows.name_heading(self.conn, self.draft.plan_id, target.id, heading)

    async def _named(self, name: str) -> tuple[tuple[str, ...], str]:
        """Return the units that a heading's own words name, or the expression for many that it is."""
        if self.register.is_group(name):
            members = self.register.expand(name, self.register.units, self.draft.today)
            names = tuple(unit.name for unit in members or () if unit.common)
            if not names:
                await passage_rows.open_group(self.conn, self.draft.plan_id, name)
            return names, "" if names else name
        unit = self.register.find(name) or self.register.infer(name)
        if unit.standing == "central":
            return (), name
        if unit.name not in self.ids:
            await unit_store.save(self.conn, [unit])
            self.ids.update(await unit_store.ids(self.conn))
        return (unit.name,), ""

    async def _clear(self) -> None:
        await passage_rows.clear(self.conn, self.draft.plan_id, self.passage.index)


def _bare(text: str) -> str:
    """The words of a passage without its number or bullet and without the colon that opens a list."""
    return squeeze(split_mark(text)[1]).rstrip(" :;")


def _part(text: str) -> Part:
    return "support" if role_of(text) == "support" else "lead"


def _answering(draft: Draft, judgement: Judgement) -> tuple[str, ...]:
    """Who answers for what came of the passages, or of what stands under them where they are headings."""
    places = set(judgement.places)
    if judgement.becomes == "heading":
        under = (
            passage.index for place in judgement.places for passage in beneath(draft, draft.passages[place])
        )
        places = set(under)
    rows = (row for row in draft.rows if row.passage in places)
    return tuple(dict.fromkeys(unit for row in rows for unit in row.units))
