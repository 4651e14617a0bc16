"""The state of the work, from the words and the numbers of an update."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from domain.updates.loose import loose
from domain.updates.states import STATE_SIGNS, Sign

State = Literal["done", "in_progress", "not_started", "nil"]
_WHOLE = 100
_ADDRESSED = loose(r"^\W*(?:xin )?kính gửi(?! (?:báo cáo|bc|kèm))")
_TAKEN = "▪"  # neither a letter nor a space


@lru_cache(maxsize=512)
def signs_of(clause: str) -> Mapping[Sign, int]:
    """Return what a clause says of the work, each with the place where it first says so.

    A wording takes its words away, so that "chưa xong" is not also read as "xong". The last clauses are
    remembered, since each is looked at when the text is taken apart and again when its state is read.
    """
    found: dict[Sign, int] = {}
    clause = _ADDRESSED.sub(lambda match: _TAKEN * len(match[0]), clause)
    for row in STATE_SIGNS:
        if first := row.pattern.search(clause):
            found[row.says] = min(first.start(), found.get(row.says, first.start()))
            clause = row.pattern.sub(lambda match: _TAKEN * len(match[0]), clause)
    return MappingProxyType(found)


def state_of(signs: frozenset[Sign], percent: int | None) -> State | None:
    """Return the one state that all signs and the percent amount to; None where nothing is told.

    What is only partly done is in progress, whatever else is said to be done. To wait or to promise is no
    work yet: it neither starts what has not been started nor lets what is done be done. An act of which no
    more is said ("đã họp") is work, unless something else tells how far it has come.
    """
    if percent is not None and 0 < percent < _WHOLE:
        return "in_progress"
    if "in_progress" in signs or ("not_started" in signs and signs & {"done", "stepped"}):
        return "in_progress"
    if "not_started" in signs or percent == 0:
        return "not_started"
    if "waiting" in signs:
        return "in_progress"
    if "done" in signs or percent == _WHOLE:
        return "done"
    if "nil" in signs:
        return "nil"  # "đã rà soát, không phát sinh"
    return "in_progress" if signs & {"acting", "stepped"} else None
