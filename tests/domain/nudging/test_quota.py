"""What may still go out as the end of a quota nears."""

import pytest

from domain.nudging.quota import Urgency, may_go


@pytest.mark.parametrize(
    ("urgency", "sent", "goes"),
    [
        ("early", 69, True),
        ("early", 70, False),
        ("near", 70, True),
        ("near", 89, True),
        ("near", 90, False),
        ("last_day", 90, True),
        ("last_day", 100, True),
    ],
)
def test_the_nearer_the_end_the_more_a_message_must_press(urgency: Urgency, sent: int, goes: bool) -> None:
    assert may_go(urgency, sent, 100) is goes
