"""The calendar of somebody's deadlines, over real HTTP, read by a library as a phone reads it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import httpx
import pytest
from icalendar import Calendar, Component

from tests.bot.web.page_kit import browser_at, pages_of
from tests.cast import HANG, LEADING, QUAN, STRANGER, TOAN, Somebody, Stage

ADDRESS = re.compile(r"(/lich/[A-Za-z0-9_-]+\.ics)")


@pytest.fixture
async def browser(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with pages_of(stage) as url, browser_at(url) as browser:
        yield browser


async def address(stage: Stage, who: Somebody) -> str:
    found = ADDRESS.search(await stage.say(who, "/lich"))
    assert found is not None
    return found[1]


async def events(browser: httpx.AsyncClient, path: str) -> list[Component]:
    answer = await browser.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(answer.content).walk("VEVENT")


async def test_a_focal_point_sees_what_their_unit_owes(stage: Stage, browser: httpx.AsyncClient) -> None:
    found = await events(browser, await address(stage, QUAN))
    days = [event.decoded("dtstart") for event in found]
    assert days == [date(2026, 6, 15), date(2026, 6, 30), date(2026, 11, 15)]
    assert "Báo cáo 6 tháng" in str(found[0]["summary"])
    assert LEADING in str(found[0]["description"])
    assert [len(event.walk("VALARM")) for event in found] == [1, 1, 2]  # 15/11 is a Sunday


async def test_what_is_answered_or_put_off_changes_in_the_calendar(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    path = await address(stage, QUAN)
    before = await events(browser, path)
    await stage.talk((QUAN, "1 xong, BC số 12/BC-SNgV", "Đã ghi"))
    after = await events(browser, path)
    assert [event["uid"] for event in after] == [event["uid"] for event in before[1:]]


async def test_a_coordinator_sees_a_date_once_with_how_many_units_owe_it(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    found = await events(browser, await address(stage, HANG))
    june = [event for event in found if event.decoded("dtstart") == date(2026, 6, 15)]
    assert len(june) == 1
    assert "3 đơn vị" in str(june[0]["description"])


async def test_one_plan_can_be_chosen(stage: Stage, browser: httpx.AsyncClient) -> None:
    path = await address(stage, QUAN)
    assert len(await events(browser, f"{path}?ke-hoach=1")) == 3
    assert await events(browser, f"{path}?ke-hoach=77") == []


async def test_a_reader_that_has_it_as_it_is_gets_nothing_again(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    path = await address(stage, QUAN)
    first = await browser.get(path)
    known = {"If-None-Match": first.headers["etag"]}
    assert (await browser.get(path, headers=known)).status_code == 304
    await stage.talk((QUAN, "1 xong, BC số 12/BC-SNgV", "Đã ghi"))
    assert (await browser.get(path, headers=known)).status_code == 200


async def test_a_new_address_and_huy_end_the_earlier_one(stage: Stage, browser: httpx.AsyncClient) -> None:
    first = await address(stage, QUAN)
    second = await address(stage, QUAN)
    assert (await browser.get(first)).status_code == 404
    assert (await browser.get(second)).status_code == 200
    await stage.talk((QUAN, "/lich hủy", "Đã thu hồi"), (QUAN, "/lich hủy", "chưa có"))
    assert (await browser.get(second)).status_code == 404


async def test_who_gives_up_the_seat_sees_nothing_more(stage: Stage, browser: httpx.AsyncClient) -> None:
    path = await address(stage, TOAN)
    assert await events(browser, path) != []
    await stage.talk((TOAN, "/thoi", "thôi phụ trách"))
    await stage.hear(TOAN, stage.button(TOAN, "Thôi").label)
    assert await events(browser, path) == []


async def test_a_stranger_gets_no_address(stage: Stage, browser: httpx.AsyncClient) -> None:
    assert ADDRESS.search(await stage.say(STRANGER, "/lich")) is None
    assert (await browser.get("/lich/AAAAAAAAAAAAAAAAAAAAAA.ics")).status_code == 404


async def test_without_content_only_days_are_told(stage: Stage) -> None:
    stage.rules = replace(stage.rules, content_free=True)
    async with pages_of(stage) as url, browser_at(url) as browser:
        found = await events(browser, await address(stage, QUAN))
    assert {str(event["summary"]) for event in found} == {"Có việc đến hạn (Nhắc Việc)"}
    assert all("description" not in event for event in found)


async def test_a_nudge_without_content_tells_how_much_and_by_when(stage: Stage) -> None:
    stage.rules = replace(stage.rules, content_free=True)
    again = await stage.restarted()
    sent = [message for message in await again.nudged("2026-06-10 08:00") if message.chat == QUAN.chat]
    (text,) = [str(message.message.text) for message in sent]
    assert "2 việc cần báo, hạn gần nhất 15/6" in text  # the duty of 30/6 is fourteen working days ahead
    assert "Báo cáo" not in text
