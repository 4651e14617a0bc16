"""What a progress update says."""

from dataclasses import dataclass
from datetime import date

from domain.updates.signs import State


@dataclass(frozen=True, slots=True)
class Update:
    """What an update says; `result`, `difficulty` and `proposal` are pieces of the text, word for word.

    `percent` is 0-100. `result` is None where no more than a state was said ("xong rồi ạ"). `difficulty`
    may be no more than the reason why time is asked for; `blocked`: the work is said to be hindered.
    `extension_to` is the day after the due one that is asked for or promised; `wants_extension` is true also
    where no day could be read ("xin lùi ít hôm"). `unclear` are words that look like a day, a span of time
    or a percent and could not be read as one. `documents` are numbers such as 123/BC-STC (see
    `documents.cite`).
    """

    state: State | None = None
    percent: int | None = None
    done_of: tuple[int, int] | None = None
    blocked: bool = False
    result: str | None = None
    difficulty: str | None = None
    proposal: str | None = None
    extension_to: date | None = None
    wants_extension: bool = False
    unclear: str | None = None
    documents: tuple[str, ...] = ()
    acknowledged: bool = False
    """Whether it is nothing but a courtesy: "ok", "vâng ạ", "đã nhận"."""

    @property
    def says_something(self) -> bool:
        """Whether there is anything to record; questions, thanks and acknowledgements say nothing."""
        fields = (self.state, self.result, self.difficulty, self.proposal, self.documents)
        return any(fields) or self.percent is not None or self.wants_extension or self.blocked
