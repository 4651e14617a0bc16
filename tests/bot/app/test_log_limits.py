"""One cause, however often it comes, leaves a bounded number of lines in the log, and their count."""

import logging

from bot.app.log_limits import MOST, WINDOW, Repeats


def line(message: object, *values: object, name: str = "bot") -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, __file__, 1, message, values, None)


def test_a_cause_that_comes_again_and_again_is_counted() -> None:
    now = [0.0]
    limit = Repeats(lambda: now[0])
    assert sum(limit.filter(line("no answer from %s", number)) for number in range(10_000)) == MOST
    assert limit.filter(line("another"))
    assert limit.filter(line("no answer from %s", 1, name="else"))
    now[0] = WINDOW
    after = line("no answer from %s", 1)
    assert limit.filter(after)
    assert after.getMessage() == f"no answer from 1 (held back: {10_000 - MOST})"


def test_an_event_of_ours_is_told_by_its_name() -> None:
    now = [0.0]
    limit = Repeats(lambda: now[0])
    assert sum(limit.filter(line({"event": "failed", "n": number})) for number in range(1_000)) == MOST
    now[0] = WINDOW
    after = line({"event": "failed", "n": 1})
    assert limit.filter(after)
    assert after.msg == {"event": "failed", "n": 1, "held_back": 1_000 - MOST}


def test_causes_without_number_do_not_fill_the_memory() -> None:
    limit = Repeats(lambda: 0.0)
    assert all(limit.filter(line(f"cause {number}")) for number in range(5_000))
    assert len(limit._kinds) <= 1_000
