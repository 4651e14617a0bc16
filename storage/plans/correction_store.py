"""The corrections that were made to a draft, for as long as it is one: its next version takes them over."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.carried_corrections import Made, Subject
from storage.database.schema import fact


async def keep(conn: AsyncConnection, plan_id: int, made: Made) -> None:
    """Keep a correction behind those that were made before it."""
    rows = [*map(_row, await of_plan(conn, plan_id)), _row(made)]
    value = json.dumps(rows, ensure_ascii=False)
    await conn.execute(
        insert(fact)
        .values(name=kept_as(plan_id), value=value)
        .on_conflict_do_update(index_elements=["name"], set_={"value": value})
    )


async def of_plan(conn: AsyncConnection, plan_id: int) -> tuple[Made, ...]:
    """Return the corrections of a draft in the order in which they were made."""
    found = await conn.execute(select(fact.c.value).where(fact.c.name == kept_as(plan_id)))
    return tuple(map(_made, json.loads(found.scalar_one_or_none() or "[]")))


def kept_as(plan_id: int) -> str:
    """Return the name under which a draft's corrections stand among the facts."""
    return f"corrections:{plan_id}"


def _row(made: Made) -> dict[str, object]:
    due = [day.isoformat() for day in made.subject.due]
    return {"subject": {**asdict(made.subject), "due": due}, "verb": made.verb, "words": made.words}


def _made(row: Mapping[str, Any]) -> Made:
    was = row["subject"]
    exactly = {"units": tuple(was["units"]), "due": tuple(map(date.fromisoformat, was["due"]))}
    return Made(Subject(**{**was, **exactly}), row["verb"], row["words"])
