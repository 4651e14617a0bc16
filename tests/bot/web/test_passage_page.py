"""The document on a draft's page: passages are judged by plain forms, and the last step is taken back."""

import re

import httpx
import pytest

from tests.bot.web.page_kit import rows, token, words
from tests.bot.web.test_draft_page import OTHER, UNCLEAR, draft, last
from tests.cast import COMPILING, TUYEN, Stage

TEXT = OTHER.replace("1. Sở Ngoại vụ:", f"{UNCLEAR}\n\n1. Sở Ngoại vụ:")


def place_of(page: str, text: str) -> str:
    """The place of the passage that has these words."""
    items = re.finditer(r'<li id="doan-(\d+)".*?</li>', page, re.DOTALL)
    return next(str(item[1]) for item in items if text in item[0])


async def judge(browser: httpx.AsyncClient, plan: int, what: str, *places: str, names: str = "") -> str:
    """Press a button of the document; return the address that follows and what its page says."""
    data = {"csrf": await token(browser), "what": what, "words": names, "passage": list(places)}
    sent = await browser.post(f"/ke-hoach/{plan}/doan", data=data)
    assert sent.status_code == 303, sent.status_code
    address = sent.headers["location"]
    return f"{address} {words(await browser.get(address.partition('#')[0]))}"


async def test_each_passage_shows_what_became_of_it_and_leads_to_its_row(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, TEXT)
    page = (await browser.get(f"/ke-hoach/{plan}")).text
    fates = dict(re.findall(r'<li id="doan-(\d+)" class="(\w+)', page))
    assert fates[place_of(page, UNCLEAR)] == "unread"
    place = place_of(page, "Dịch sách")
    assert fates[place] == "duty"
    (line,) = re.findall(rf'id="doan-{place}"[^>]*data-rows="([^"]+)"', page)
    assert f'<li id="{line}" data-passage="doan-{place}">' in page
    assert f'href="#{line}"' in page
    assert len(set(re.findall(r'\bid="([^"]+)"', page))) == len(re.findall(r'\bid="([^"]+)"', page))


async def test_the_rows_below_the_document_are_one_tap_away(stage: Stage, browser: httpx.AsyncClient) -> None:
    page = (await browser.get(f"/ke-hoach/{await draft(stage, TEXT)}")).text
    (bar,) = re.findall(r'<nav class="jump".*?</nav>', page, re.DOTALL)
    ids = re.findall(r'href="#([^"]+)"', bar)
    assert len(ids) == 2
    assert page.find(bar) < page.find(f'id="{ids[0]}"') < page.find(f'id="{ids[1]}"')


async def test_a_doubt_leads_to_its_passage(stage: Stage, browser: httpx.AsyncClient) -> None:
    plan = await draft(stage, TEXT)
    page = (await browser.get(f"/ke-hoach/{plan}")).text
    doubts = page[page.index('id="xem-lai"') :]
    assert f'href="#doan-{place_of(page, "Phối hợp với các đơn vị liên quan")}"' in doubts


async def test_one_passage_becomes_a_duty_of_the_unit_that_was_typed(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, TEXT)
    place = place_of((await browser.get(f"/ke-hoach/{plan}")).text, UNCLEAR)
    told = await judge(browser, plan, "duty", place, names="so y te")
    assert "1 đoạn → Nhiệm vụ: Sở Y tế" in told
    assert "chưa rõ giao việc gì" not in told
    assert await last(stage) == ("passage", f"plan {plan} passages {place}", None, "duty")
    assert await rows(stage, "SELECT count(*) FROM duty WHERE plan_id = ? AND passage = ?", plan, place) == [
        (1,)
    ]


async def test_several_at_once_give_no_work_and_one_press_brings_them_back(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, TEXT)
    page = (await browser.get(f"/ke-hoach/{plan}")).text
    places = [place_of(page, text) for text in (UNCLEAR, "Dịch sách", "gửi thư mời")]
    told = await judge(browser, plan, "background", *places)
    assert "3 đoạn → Không giao việc" in told
    count = "SELECT count(*) FROM duty WHERE plan_id = ?"
    assert await rows(stage, count, plan) == [(4,)]
    sent = await browser.post(f"/ke-hoach/{plan}/hoan-tac", data={"csrf": await token(browser)})
    assert "Đã hoàn tác" in words(await browser.get(sent.headers["location"].partition("#")[0]))
    assert await rows(stage, count, plan) == [(6,)]
    sent = await browser.post(f"/ke-hoach/{plan}/hoan-tac", data={"csrf": await token(browser)})
    assert "Không còn lần sửa nào" in words(await browser.get(sent.headers["location"].partition("#")[0]))


async def test_the_next_unread_passage_is_shown_then(stage: Stage, browser: httpx.AsyncClient) -> None:
    plan = await draft(stage, TEXT.replace(UNCLEAR, f"{UNCLEAR}\n\nSưu tầm giống chè cổ thụ."))
    page = (await browser.get(f"/ke-hoach/{plan}")).text
    told = await judge(browser, plan, "background", place_of(page, UNCLEAR))
    assert told.split()[0].endswith(f"#doan-{place_of(page, 'Sưu tầm')}")


async def test_a_name_that_is_not_known_keeps_what_was_chosen_and_typed(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    plan = await draft(stage, TEXT)
    place = place_of((await browser.get(f"/ke-hoach/{plan}")).text, UNCLEAR)
    data = {"csrf": await token(browser), "what": "duty", "words": "Sở Trên Trời", "passage": [place]}
    await browser.post(f"/ke-hoach/{plan}/doan", data=data)
    page = await browser.get(f"/ke-hoach/{plan}")
    assert "không có đơn vị" in words(page)
    assert f'id="chon-{place}" name="passage" value="{place}" checked' in page.text
    assert 'value="Sở Trên Trời"' in page.text


@pytest.mark.parametrize(
    ("what", "places", "told"),
    [
        ("duty", (), "Chưa chọn đoạn nào"),
        ("duty", ("9999",), "không thực hiện được"),
        ("poem", ("3",), "không thực hiện được"),
        ("duty", ("x",), "Chưa chọn đoạn nào"),
    ],
)
async def test_a_form_that_makes_no_sense_changes_nothing(
    stage: Stage, browser: httpx.AsyncClient, what: str, places: tuple[str, ...], told: str
) -> None:
    plan = await draft(stage, TEXT)
    before = await stage.everything()
    assert told in await judge(browser, plan, what, *places)
    assert await stage.everything() == before


async def test_nobody_judges_the_draft_of_others_or_a_live_plan(
    stage: Stage, browser: httpx.AsyncClient
) -> None:
    theirs = await draft(stage, TEXT.replace(COMPILING, TUYEN.unit))
    before, csrf = await stage.everything(), await token(browser)
    for path in ("doan", "hoan-tac"):
        data = {"csrf": csrf, "what": "duty", "passage": "3"}
        assert (await browser.post(f"/ke-hoach/{theirs}/{path}", data=data)).status_code == 404
    assert "không thực hiện được" in await judge(browser, 1, "background", "3")
    assert await stage.everything() == before
