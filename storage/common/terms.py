"""Terms of sending: each program that takes the duty over begins one, and ends all that went before.

A program that stood still for a while may not know yet that its duty has gone. So whatever it writes before
and after it sends holds only where its term is the last one.
"""

from typing import Final

from sqlalchemy import BindParameter, ColumnElement, bindparam, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.common import fact_store
from storage.database.schema import fact

_FACT: Final = "term"
_LAST = select(fact.c.value).where(fact.c.name == _FACT).scalar_subquery()


async def begin(conn: AsyncConnection) -> str:
    """Begin a term; return it. Every earlier one is over."""
    last = await fact_store.get_fact(conn, _FACT)
    term = str(int(last or "0") + 1)
    await fact_store.set_fact(conn, _FACT, term)
    return term


def is_last(term: str | BindParameter[str]) -> ColumnElement[bool]:
    """Whether a term is the last one; always so for "", the term of a program that is alone."""
    given = literal(term) if isinstance(term, str) else term
    return or_(given == "", given == func.coalesce(_LAST, "0"))


TERM: Final = bindparam("term", type_=fact.c.value.type)
"""The place of a term in a statement that is built once."""
