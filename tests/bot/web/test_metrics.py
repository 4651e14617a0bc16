"""What the metrics count while people talk to the program and are nudged by it."""

from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app.metrics_snapshot import take_snapshot
from bot.app.wiring import build
from bot.channels.base import SendError
from bot.web.metrics import ProgramMetrics, Snapshot
from storage.common import backup_facts
from tests.cast import LAM, LEADING, QUAN, SUPPORTING, TOAN, Stage


class Ticking:
    """Seconds that go on when they are told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def figures(text: bytes) -> dict[tuple[str, tuple[str, ...]], float]:
    """Return the samples by their names and the values of their labels."""
    families = text_string_to_metric_families(text.decode())
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.fixture
def metrics(stage: Stage) -> ProgramMetrics:
    """Let the stage's program count."""
    counting, strangers = ProgramMetrics(), stage.program.intake.strangers
    stage.program = build(
        stage.settings, stage.database, stage.rules, stage.clock, [stage.channel], measures=counting
    )
    stage.program.intake.strangers = strangers
    return counting


async def scraped(stage: Stage, metrics: ProgramMetrics) -> dict[tuple[str, tuple[str, ...]], float]:
    return figures(metrics.text(await take_snapshot(stage.program, {"poll": 2.5})))


async def test_what_is_said_and_answered_is_counted(stage: Stage, metrics: ProgramMetrics) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"), (TOAN, "/viec", "việc"))
    seen = await scraped(stage, metrics)
    assert seen["nhacviec_updates_received_total", ("memory",)] == 2
    assert seen["nhacviec_answers_total", ("memory", "sent")] == 2
    assert seen["nhacviec_answer_seconds_count", ("memory",)] == 2
    assert 0 < seen["nhacviec_answer_seconds_sum", ("memory",)] < 60
    assert seen["nhacviec_send_seconds_count", ("memory", "taken")] == 2


async def test_an_answer_that_the_server_takes_never_is_counted_as_given_up(
    stage: Stage, metrics: ProgramMetrics
) -> None:
    stage.channel.refuse(QUAN, SendError("bad", permanent=True))
    await stage.hear(QUAN, "/viec")
    seen = await scraped(stage, metrics)
    assert seen["nhacviec_answers_total", ("memory", "given_up")] == 1
    assert seen["nhacviec_send_seconds_count", ("memory", "refused")] == 1
    assert ("nhacviec_answer_seconds_count", ("memory",)) not in seen


async def test_nudges_are_counted_by_channel_and_outcome(stage: Stage, metrics: ProgramMetrics) -> None:
    stage.channel.refuse(TOAN, SendError("bad", permanent=True))
    went = [message for message in await stage.nudged("2026-06-10 08:00") if message.chat == QUAN.chat]
    seen = await scraped(stage, metrics)
    assert len(went) == 1
    assert seen["nhacviec_nudges_total", ("memory", "daily", "failed")] == 1
    assert seen["nhacviec_nudges_total", ("memory", "daily", "sent")] >= 1
    assert seen["nhacviec_outbox_messages", ()] == 0


async def test_what_waits_may_go_out_and_does_not_is_told_with_its_age(
    stage: Stage, metrics: ProgramMetrics
) -> None:
    stage.clock.set("2026-06-10 08:00")
    await stage.program.nudger.sweep()
    waiting = (await scraped(stage, metrics))["nhacviec_outbox_messages", ()]
    assert waiting >= 2  # Quân's and Toản's
    stage.clock.set("2026-06-10 23:00")
    assert (await scraped(stage, metrics))["nhacviec_outbox_messages", ()] == 0


def test_the_age_of_the_queue_is_that_of_the_oldest_message_that_waits() -> None:
    ticking = Ticking()
    counting = ProgramMetrics(ticking)

    def age(oldest: int | None) -> float:
        snapshot = Snapshot(0, 0.0, 1, oldest, {}, {}, {}, sound=True, backup_seconds=None)
        return figures(counting.text(snapshot))["nhacviec_outbox_age_seconds", ()]

    assert age(7) == 0
    ticking.now += 90
    assert age(7) == 90
    assert age(8) == 0
    ticking.now += 30
    assert age(None) == 0
    assert age(8) == 0


async def test_the_age_of_a_backup_is_told_once_one_is_known(stage: Stage, metrics: ProgramMetrics) -> None:
    assert ("nhacviec_backup_age_seconds", ()) not in await scraped(stage, metrics)
    async with stage.database.writing() as conn:
        await backup_facts.note(conn, stage.clock.now() - timedelta(hours=3))
    assert (await scraped(stage, metrics))["nhacviec_backup_age_seconds", ()] == 3 * 3600


async def test_no_name_no_chat_and_no_text_is_in_what_is_told(stage: Stage, metrics: ProgramMetrics) -> None:
    await stage.talk((QUAN, "1 vướng, thiếu kinh phí in ấn", "Đã ghi"))
    await stage.nudged("2026-06-10 08:00")
    text = metrics.text(await take_snapshot(stage.program, {})).decode()
    secrets = [who.chat for who in (QUAN, TOAN, LAM)] + [who.name for who in (QUAN, TOAN, LAM)]
    assert [secret for secret in (*secrets, LEADING, SUPPORTING, "kinh phí", "33/KH") if secret in text] == []


def test_a_webhook_that_takes_nothing_is_told_of_until_it_does() -> None:
    counting = ProgramMetrics()

    def failing(webhooks: dict[str, float]) -> dict[tuple[str, tuple[str, ...]], float]:
        snapshot = Snapshot(0, 0.0, 0, None, {}, {}, {}, sound=True, backup_seconds=None, failing=webhooks)
        seen = figures(counting.text(snapshot))
        return {name: value for name, value in seen.items() if name[0] == "nhacviec_webhook_failing_seconds"}

    assert failing({"1": 30.0, "2": 5.0}) == {
        ("nhacviec_webhook_failing_seconds", ("1",)): 30,
        ("nhacviec_webhook_failing_seconds", ("2",)): 5,
    }
    assert failing({"2": 9.0}) == {("nhacviec_webhook_failing_seconds", ("2",)): 9}
    assert failing({}) == {}


def test_a_quota_a_channel_and_a_sign_are_told_of() -> None:
    snapshot = Snapshot(
        3,
        12.0,
        0,
        None,
        {"zalo:a": (3000, 2100)},
        {"telegram": False},
        {"sweep": 4.0},
        False,
        None,
        {},
        {"send": True, "poll": False},
    )
    seen = figures(ProgramMetrics().text(snapshot))
    assert seen["nhacviec_quota_messages", ("zalo:a",)] == 3000
    assert seen["nhacviec_quota_used_messages", ("zalo:a",)] == 2100
    assert seen["nhacviec_channel_up", ("telegram",)] == 0
    assert seen["nhacviec_sign_age_seconds", ("sweep",)] == 4
    assert (seen["nhacviec_duty", ("send",)], seen["nhacviec_duty", ("poll",)]) == (1, 0)
    assert (seen["nhacviec_inbox_messages", ()], seen["nhacviec_inbox_age_seconds", ()]) == (3, 12)
    assert seen["nhacviec_database_sound", ()] == 0
