"""The register as it stands after units were imported while the program runs."""

import secrets
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.organisation.register import Register
from services.common.rules import Rules
from storage.common import fact_store
from storage.organisation import learnt_store

_STATE = "register_state"
_loaded: dict[str, Register] = {}
"""The newest register, by the random mark of its state: no two states, of whatever database, share one."""


async def note_register_changed(conn: AsyncConnection) -> None:
    """Let whoever asks from now on load the register anew. Needs a writing transaction."""
    await fact_store.set_fact(conn, _STATE, secrets.token_hex(8))


async def with_current_register(conn: AsyncConnection, rules: Rules) -> Rules:
    """Return the rules with the register as the database has it, if units were imported since it was made."""
    state = await fact_store.get_fact(conn, _STATE)
    if state is None:
        return rules
    if state not in _loaded:
        register = await learnt_store.load_register(conn, rules.register.groups)
        _loaded.clear()
        _loaded[state] = register
    return replace(rules, register=_loaded[state])
