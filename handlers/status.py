"""/status (/tinhhinh): who is where. A coordinator sees all units of their plans, a unit sees its own."""

from collections import defaultdict
from collections.abc import Sequence

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.standing import Owed, Standing, UnitStanding, standing
from handlers.conversation import Outgoing
from handlers.desk import Desk, Reply, command, reply
from handlers.duties import duties
from handlers.items import wording
from handlers.wording import Wording, lines, short
from storage import assignments, people, plans, progress
from storage.people import Contact
from storage.plans import PlanRow


@command("status", "tinhhinh", "member")
async def status(desk: Desk, argument: str) -> Reply:
    """Tell where the plans stand."""
    compiling = desk.person.units("coordinator")
    if not compiling:
        return await duties(desk, "")
    rows = await plans.listing(desk.work, compiling)
    if not rows:
        return reply(Outgoing(desk.texts("status.none")))
    return reply(*[Outgoing(await _plan(desk, row)) for row in reversed(rows)])


async def _plan(desk: Desk, plan: PlanRow) -> Markup:
    if plan.state == "draft":
        return desk.texts("status.draft", plan=plan.name)
    return await word_status(desk.work, wording(desk), plan)


async def standing_of(work: AsyncConnection, words: Wording, plan: PlanRow) -> Standing:
    """Compute where a plan stands on the day of `words`."""
    owed = await assignments.of_plan(work, plan.id)
    return standing(
        [
            Owed(
                unit_id=one.unit_id,
                unit=one.unit,
                due_on=one.due_on,
                planned_on=one.planned_on,
                timeliness=one.timeliness(words.today),
                blocked=one.blocked,
                is_report=one.duty_id is None,
            )
            for one in owed
        ],
        words.today,
    )


async def word_status(work: AsyncConnection, words: Wording, plan: PlanRow) -> Markup:
    """Word where a plan stands: four lines of tally, then a line per unit, worst first."""
    stands = await standing_of(work, words, plan)
    texts, count = words.texts, stands.tally
    notes = await _Notes.load(work, words, plan, stands)
    return lines(
        texts("status.head", plan=plan.name, what=_focus(words, stands)),
        texts("status.done", in_time=count.done_in_time, late=count.done_late),
        texts("status.open", in_time=count.open_in_time, late=count.open_late),
        texts("status.reported", done=stands.reported, total=len(stands.units)),
        texts("status.past", count=stands.past) if stands.past else None,
        "",
        *[notes.line(unit) for unit in stands.units],
        *word_open(texts, await plans.left_open(work, plan.id)),
    )


def word_open(texts: Texts, expressions: Sequence[str]) -> list[Markup | str]:
    """Word which expressions of a plan nobody is asked for, as long as they are not known."""
    if not expressions:
        return []
    told = "; ".join(f"“{short(expression, 70)}”" for expression in expressions)
    return ["", texts("status.open_groups", count=len(expressions), told=told)]


def _focus(words: Wording, stands: Standing) -> Markup:
    if stands.focus is None:
        return words.texts("status.no_due")
    if stands.focus < words.today:
        return words.texts("status.finished")
    return words.texts("status.focus", due=words.day(stands.focus), when=words.left(stands.focus))


class _Notes:
    """What stands behind a unit's name: lateness, difficulties, who cannot be reached."""

    def __init__(self, words: Wording, people_of: dict[int, list[Contact]], answered: dict[int, str]) -> None:
        self.words, self.people_of, self.answered = words, people_of, answered

    @classmethod
    async def load(cls, work: AsyncConnection, words: Wording, plan: PlanRow, stands: Standing) -> "_Notes":
        by_unit: dict[int, list[Contact]] = defaultdict(list)
        for contact in await people.contacts(work, [unit.unit_id for unit in stands.units], words.today):
            by_unit[contact.unit_id].append(contact)
        total = await progress.count_lines(work, plan.id)
        said = await progress.answered_lines(work, plan.id)
        current = [one for one in await assignments.of_plan(work, plan.id) if one.due_on == stands.focus]
        answered = {
            one.unit_id: str(
                words.texts("status.note_lines", answered=said[one.id], lines=total[one.unit_id])
            )
            for one in current
            if one.id in said and one.state != "done"
        }
        return cls(words, by_unit, answered)

    def line(self, unit: UnitStanding) -> Markup:
        texts = self.words.texts
        notes = Markup("").join(Markup(", {}").format(note) for note in self._of(unit))
        return texts(
            "status.unit",
            mark=texts(f"mark.{unit.mark}"),
            unit=unit.unit,
            done=unit.done,
            total=unit.total,
            notes=notes,
        )

    def _of(self, unit: UnitStanding) -> list[Markup | str]:
        texts = self.words.texts
        focal = [one for one in self.people_of.get(unit.unit_id, ()) if one.role == "focal"]
        notes: list[Markup | str] = []
        if unit.late_since is not None:
            notes.append(texts("status.note_late", days=self._late(unit)))
        if unit.blocked:
            notes.append(texts("status.note_blocked"))
        if unit.unit_id in self.answered:
            notes.append(self.answered[unit.unit_id])
        if unit.mark != "done" and not focal:
            notes.append(texts("status.note_nobody"))
        elif focal and not any(one.reachable for one in focal):
            notes.append(texts("status.note_unreachable"))
        return notes

    def _late(self, unit: UnitStanding) -> int:
        since = unit.late_since or self.words.today
        return self.words.days.between(since, self.words.today)
