"""The rhythms of reports that a coordinator chose where the document gives no dates."""

from collections.abc import Sequence

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.common.text import fold
from domain.plans.rhythms import Rhythm, RhythmName
from storage.database.schema import duty, duty_unit, reporting_rule, rule_unit
from storage.plans.plan_dates import write_dates
from storage.plans.plan_store import add_reporters

_CHOSEN = ("due", "recurrence", "rrule", "inclusive", "data_window", "rhythm")


async def mark(conn: AsyncConnection, rule_id: int, name: RhythmName) -> None:
    """Note that a rule's dates were chosen, and are not the document's."""
    await conn.execute(update(reporting_rule).where(reporting_rule.c.id == rule_id).values(rhythm=name))


async def add_rule(
    conn: AsyncConnection, plan_id: int, rhythm: Rhythm, who: str, quote: str, unit_ids: Sequence[int]
) -> int:
    """Let units report by a rule that the document does not have; return the rule's id."""
    added = await conn.execute(
        insert(reporting_rule)
        .values(
            plan_id=plan_id,
            section="",
            who=who,
            quote=quote,
            recurrence=rhythm.recurrence,
            due=write_dates(rhythm.due),
            rrule=rhythm.rrule,
            inclusive=rhythm.inclusive,
            rhythm=rhythm.name,
        )
        .returning(reporting_rule.c.id)
    )
    rule_id = int(added.scalar_one())
    await add_reporters(conn, rule_id, unit_ids)
    return rule_id


async def copy_chosen(conn: AsyncConnection, of: int, to: int) -> None:
    """Take the chosen rhythms of a plan over into a later reading of its document.

    A rule that the later document has too, without dates, has them again; one that no document ever had is
    added for those of its units that still have work.
    """
    chosen = await _rules(conn, of)
    is_chosen = {_words(rule): rule for rule in await _rules(conn, to)}
    for rule in chosen:
        if rule.rhythm is None:
            continue
        values = {name: rule._mapping[name] for name in _CHOSEN}
        same = is_chosen.get(_words(rule))
        if same is not None and not same.due:
            same_one = reporting_rule.c.id == same.id
            await conn.execute(update(reporting_rule).where(same_one).values(values))
        elif same is None and rule.section == "":
            await _add_again(conn, rule, to, values)


async def _rules(conn: AsyncConnection, plan_id: int) -> Sequence[Row[tuple[object, ...]]]:
    mine = (reporting_rule.c.plan_id == plan_id, reporting_rule.c.withdrawn_on.is_(None))
    return (await conn.execute(select(reporting_rule).where(*mine).order_by(reporting_rule.c.id))).all()


async def _add_again(
    conn: AsyncConnection, rule: Row[tuple[object, ...]], to: int, values: dict[str, object]
) -> None:
    working = (
        select(duty_unit.c.unit_id)
        .join(duty, duty.c.id == duty_unit.c.duty_id)
        .where(duty.c.plan_id == to, duty_unit.c.part != "partner")
    )
    still = select(rule_unit.c.unit_id).where(
        rule_unit.c.rule_id == rule.id, rule_unit.c.unit_id.in_(working)
    )
    unit_ids = (await conn.execute(still.order_by(rule_unit.c.id))).scalars().all()
    if not unit_ids:
        return
    words = {"plan_id": to, "section": "", "who": rule.who, "quote": rule.quote}
    added = await conn.execute(
        insert(reporting_rule).values({**words, **values}).returning(reporting_rule.c.id)
    )
    await add_reporters(conn, int(added.scalar_one()), unit_ids)


def _words(rule: Row[tuple[object, ...]]) -> tuple[str, str]:
    return fold(rule.who), fold(rule.quote)
