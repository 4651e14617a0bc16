"""The pages of the scan that a plan was recognised from."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.plans.plan import ScannedPage
from storage.database.schema import plan, scan_page


async def add(conn: AsyncConnection, plan_id: int, pages: Iterable[ScannedPage]) -> None:
    """Keep the pages of a plan that has none yet, in their order."""
    rows = [
        {
            "plan_id": plan_id,
            "number": number,
            "passage": page.passage,
            "unsure": json.dumps(page.unsure, ensure_ascii=False),
            "picture": page.picture,
        }
        for number, page in enumerate(pages, 1)
    ]
    if rows:
        await conn.execute(insert(scan_page), rows)


async def pages(conn: AsyncConnection, plan_id: int) -> tuple[ScannedPage, ...]:
    """Return the pages of a plan in their order, without their pictures; none where it was no scan."""
    columns = scan_page.c.passage, scan_page.c.unsure
    query = select(*columns).where(scan_page.c.plan_id == plan_id).order_by(scan_page.c.number)
    return tuple(
        ScannedPage(row.passage, tuple(json.loads(row.unsure)), b"") for row in await conn.execute(query)
    )


async def picture(conn: AsyncConnection, plan_id: int, number: int) -> bytes | None:
    """Return the picture of a page, numbered from 1; None where there is none."""
    query = select(scan_page.c.picture).where(scan_page.c.plan_id == plan_id, scan_page.c.number == number)
    return (await conn.execute(query)).scalar_one_or_none() or None


async def clear(conn: AsyncConnection, plan_id: int) -> None:
    """Drop the pages of a plan that is no draft any more."""
    await conn.execute(delete(scan_page).where(scan_page.c.plan_id == plan_id))


async def forget(conn: AsyncConnection, before: datetime) -> None:
    """Drop the pages of plans that are no drafts, and of drafts that were imported before then."""
    over = select(plan.c.id).where((plan.c.state != "draft") | (plan.c.imported_at < before))
    await conn.execute(delete(scan_page).where(scan_page.c.plan_id.in_(over)))
