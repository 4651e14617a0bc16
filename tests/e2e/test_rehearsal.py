"""A rehearsal: days go by in seconds, and whoever is silent hears on each day of the ladder only."""

from tests.botapi import User
from tests.e2e.kit import Office, nudges

WEDNESDAY_EVENING = "2026-06-10T18:00+07:00"
HOURS_A_SECOND = 6 * 3600.0
HEALTH = "Sở Y tế"


TOLD = (
    "còn 2 ngày làm việc",  # a rung that was passed while nothing ran
    "còn 1 ngày làm việc",
    "hôm nay",
    "quá 1 ngày làm việc",
)


def whens(user: User) -> list[str]:
    """Return how far the due date is told to be, nudge by nudge."""
    items = [next(line for line in text.splitlines() if line.startswith("1. ")) for text in nudges(user)]
    return [next((words for words in TOLD if words in item), item) for item in items]


def test_over_the_days_around_a_due_date_everybody_hears_on_their_rungs(office: Office) -> None:
    focal, leader = office.seats({701: (HEALTH, "focal"), 702: (HEALTH, "leader")})
    with office.running(WEDNESDAY_EVENING, speed=HOURS_A_SECOND) as one:
        focal.wait_for(TOLD[-1], timeout=90)
        leader.wait_for(TOLD[-1])
        assert "REHEARSAL" in one.err
    assert whens(focal)[:4] == list(TOLD)
    assert whens(leader)[:2] == list(TOLD[2:])
