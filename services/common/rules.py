"""What the operator has set, as every deed needs it."""

from dataclasses import dataclass, field
from datetime import time, timedelta, tzinfo

from domain.common.workdays import Workdays
from domain.nudging.ladder import Ladders, LadderSchedule
from domain.organisation.register import Register
from domain.reporting.report_kinds import Reports


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator has set: ladders and hours, working days, the register, the office's time zone."""

    ladders: Ladders
    days: Workdays
    register: Register
    zone: tzinfo
    keep: timedelta = timedelta(days=365)
    """How long people are kept after their last seat, and what they were sent."""
    reports: Reports = field(default_factory=Reports)
    """Whose letterhead reports bear, and which reports are drawn from one set of answers."""

    content_free: bool = False
    """Nudges and calendars tell that something is due and by when, and not what."""

    pass_on_at: time = time(10)
    """When a nudge of the last day that nobody has seen goes by its person's next channel; local."""

    @property
    def schedule(self) -> LadderSchedule:
        """On which days assignments are asked for."""
        return LadderSchedule(self.ladders, self.days)
