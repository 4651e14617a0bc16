"""Whether words deny a state that is stated apart from them, as a system does that reports progress."""

from datetime import date

from domain.updates import read_update
from domain.updates.signs import State

_FINISHED = "Đã hoàn thành"


def denies(text: str, state: State | None, *, today: date, due: date) -> bool:
    """Return whether a text says something else than the state: "đã hoàn thành" fits behind a done one.

    `today` and `due` are local days. Words that tell no state deny none.
    """
    said = read_update(text, today=today, due=due).state
    if state == "done":
        return said == "nil" or read_update(f"{text}. {_FINISHED}", today=today, due=due).state != "done"
    return said in (("in_progress", "not_started") if state == "nil" else ("done", "nil"))
