"""Write what becomes of an assignment, and the day on which it is asked for next.

No other deed of this feature writes either. The lawful moves are those of domain.assignments.lifecycle, the
days those of the ladder (domain.nudging.ladder). Every function needs a writing transaction; all days are
local.
"""

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from domain.assignments.lifecycle import FINISHED, OPEN, State, after
from domain.nudging.ladder import is_held
from services.common.rules import Rules
from storage.assignments import ask_days, assignment_store, confirmation_store
from storage.assignments.assignment_store import Assignment


def next_ask_day(
    assignment: Assignment,
    since: date,
    rules: Rules,
    *,
    due_on: date | None = None,
    acknowledged: bool = False,
    wanted: date | None = None,
) -> date | None:
    """Return the first day later than `since` on which an assignment is asked for; None for none.

    `due_on` is another due date than the assignment's own. `wanted` is a later date that the unit has asked
    for and that nobody has decided on.
    """
    ladder = rules.ladders.of(assignment.kind, assignment.plan)
    due = assignment.due_on if due_on is None else due_on
    return ladder.next_on(due, since, rules.days, acknowledged=acknowledged, wanted=wanted)


async def move(
    conn: AsyncConnection,
    assignment: Assignment,
    state: State,
    *,
    blocked: bool,
    finished_on: date | None,
    today: date,
    rules: Rules,
) -> None:
    """Bring an assignment into a state. What was finished, and is not any more, is asked for again."""
    await assignment_store.move(conn, assignment.id, state, blocked=blocked, finished_on=finished_on)
    if assignment.state in FINISHED and state in OPEN:
        await ask_again(conn, assignment, today, rules)


async def ask_again(conn: AsyncConnection, assignment: Assignment, today: date, rules: Rules) -> None:
    """Ask for an assignment on the next day after today that its ladder names."""
    was_seen = assignment.acknowledged_on is not None
    day = next_ask_day(assignment, today, rules, acknowledged=was_seen, wanted=assignment.wanted_on)
    await assignment_store.ask_again(conn, assignment.id, day)


async def confirm(conn: AsyncConnection, assignment: Assignment) -> State:
    """Let what was handed in be done, on the day on which it was handed in; return the new state."""
    state = after(assignment.state, "confirm", confirms=True)
    await assignment_store.move(conn, assignment.id, state, blocked=False, finished_on=assignment.finished_on)
    return state


async def send_back(conn: AsyncConnection, assignment: Assignment, today: date, rules: Rules) -> int:
    """Give back what was handed in, to be asked for again; return how often that has happened."""
    state = after(assignment.state, "return", confirms=True)
    day = next_ask_day(assignment, today, rules)
    return await confirmation_store.send_back(conn, assignment, state, day)


async def decide_due_date(
    conn: AsyncConnection, assignment: Assignment, due_on: date, today: date, rules: Rules
) -> None:
    """Let an assignment be due on `due_on`, which may be the date that it had, and ask for it by that.

    What is due by now is asked for at once, unless it was asked for today.
    """
    day = None
    if assignment.is_open:
        was_asked = assignment.asked_on == today
        since = today if was_asked else today - timedelta(days=1)
        at_once = due_on <= today and not was_asked
        day = today if at_once else next_ask_day(assignment, since, rules, due_on=due_on)
    await assignment_store.set_due(conn, assignment.id, due_on, day)


async def hold_for_wish(
    conn: AsyncConnection, assignment: Assignment, wanted: date, today: date, rules: Rules
) -> None:
    """Let an assignment whose date has come rest while a wish for the later date `wanted` waits."""
    if is_held(assignment.due_on, wanted, today):
        day = next_ask_day(assignment, today, rules, wanted=wanted)
        await assignment_store.ask_again(conn, assignment.id, day)


async def drop_wish(conn: AsyncConnection, assignment: Assignment, today: date, rules: Rules) -> None:
    """Ask for an assignment by the date that holds, after its unit has taken a wish back."""
    await assignment_store.ask_again(conn, assignment.id, next_ask_day(assignment, today, rules))


async def acknowledge(conn: AsyncConnection, assignment: Assignment, today: date, rules: Rules) -> None:
    """Note that the unit has seen what is asked for: it is spared the early rungs from now on.

    A rung of today that nobody has heard yet, in the early morning, still comes.
    """
    since = today if assignment.asked_on == today else today - timedelta(days=1)
    day = next_ask_day(assignment, since, rules, acknowledged=True, wanted=assignment.wanted_on)
    await ask_days.acknowledge(conn, assignment.id, today, day)
