"""Who speaks for a unit on a day: its own people, and once it has ended its successor's."""

from datetime import date
from functools import lru_cache

from sqlalchemy import CTE, Subquery, literal, select

from storage.database.schema import membership, unit


@lru_cache(maxsize=8)
def held(today: date) -> Subquery:
    """Return the seats that count on a local day: id, person_id, unit_id, role, inherited (0 or 1).

    Whoever has a seat in a unit has the same one in each that has ended before `today` and whose work it
    took over, be it through others that have ended since.
    """
    heirs = _heirs(today)
    own = select(membership.c.id, membership.c.person_id, membership.c.unit_id, membership.c.role)
    inherited = select(
        membership.c.id, membership.c.person_id, heirs.c.ended.label("unit_id"), membership.c.role
    ).join(heirs, (heirs.c.heir == membership.c.unit_id) & (heirs.c.ended != heirs.c.heir))
    here = membership.c.until.is_(None)
    # No row comes twice; told so, SQLite looks up whom is asked for, and does not lay out every seat first.
    both = (
        own.add_columns(literal(0).label("inherited"))
        .where(here)
        .union_all(inherited.add_columns(literal(1).label("inherited")).where(here))
    )
    return both.subquery("held")


def _heirs(today: date) -> CTE:
    """Every ended unit with those that have its work since, next in line and further on."""
    heir, between, further = unit.alias("heir"), unit.alias("between"), unit.alias("further")
    heirs = (
        select(unit.c.id.label("ended"), heir.c.id.label("heir"))
        .join(heir, heir.c.name == unit.c.successor)
        .where(unit.c.until < today)
        .cte("heirs", recursive=True)
    )
    return heirs.union(  # distinct, so that two that name each other come to an end
        select(heirs.c.ended, further.c.id)
        .join(between, between.c.id == heirs.c.heir)
        .join(further, further.c.name == between.c.successor)
        .where(between.c.until < today)
    )
