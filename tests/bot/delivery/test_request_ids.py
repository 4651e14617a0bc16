"""What is logged of a request bears one id, from the channel through deed and storage to the answer."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import structlog
from structlog.contextvars import get_contextvars, merge_contextvars

from bot.channels.base import SendError
from storage.common import audit_log, outbox
from tests.bot.web.page_kit import browser_at, pages_of
from tests.cast import QUAN, TOAN, Stage


def overhears(monkeypatch: pytest.MonkeyPatch, where: object, name: str, what: str = "request") -> list[str]:
    """Let a function note the id of the request within which it is called, or its cause."""
    heard: list[str] = []
    before: Callable[..., Awaitable[Any]] = getattr(where, name)

    async def overheard(*given: Any, **named: Any) -> Any:
        heard.append(str(get_contextvars().get(what)))
        return await before(*given, **named)

    monkeypatch.setattr(where, name, overheard)
    return heard


async def test_one_id_goes_with_a_line_from_the_chat_to_its_answer(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = overhears(monkeypatch, audit_log, "note")
    answered = overhears(monkeypatch, stage.channel, "send")
    await stage.hear(QUAN, "1 xong, gửi 2 ảnh")
    await stage.hear(TOAN, "1 được 20%")
    first, second = dict.fromkeys(written)
    assert (first.startswith("in-"), second.startswith("in-"), first != second) == (True, True, True)
    assert list(dict.fromkeys(answered)) == [first, second]


async def test_a_nudge_bears_the_id_of_its_row(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = overhears(monkeypatch, stage.channel, "send")
    noted = overhears(monkeypatch, outbox, "sent")
    await stage.nudged("2026-06-10 08:00")
    assert sorted(sent) == sorted(noted)
    assert [name for name in sent if not name.startswith("out-")] == []
    assert len(set(sent)) == len(sent) == 2


async def test_a_message_to_another_bears_the_request_that_left_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = overhears(monkeypatch, audit_log, "note")
    await stage.hear(QUAN, "1 xin lùi đến 30/6 vì chờ số liệu của xã")
    told = overhears(monkeypatch, outbox, "sent", "cause")
    await stage.nudged("2026-06-01 09:00")
    assert [cause for cause in told if cause != "None"] == asked[:1]  # the others are nudges


async def test_what_is_logged_bears_it(stage: Stage) -> None:
    stage.channel.refusals[QUAN.chat].append(SendError("refused", permanent=True))
    with structlog.testing.capture_logs(processors=[merge_contextvars]) as lines:
        await stage.hear(QUAN, "/viec")
    (line,) = lines
    assert (line["event"], line["request"][:3]) == ("answer_given_up", "in-")
    assert get_contextvars() == {}


async def test_a_page_tells_its_own_id_and_takes_none_of_a_visitor(stage: Stage) -> None:
    async with pages_of(stage) as url, browser_at(url) as browser:
        answers = [await browser.get("/nowhere", headers={"X-Request-Id": "mine"}) for _ in range(2)]
    ids = [answer.headers["X-Request-Id"] for answer in answers]
    assert ids[0] != ids[1]
    assert all(name.startswith("web-") for name in ids)
