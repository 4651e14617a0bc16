"""What was corrected in a plan is kept for its later versions, is listed, and can be forgotten."""

from tests.bot.web.page_kit import browser_at, come_in, pages_of, rows, send, words
from tests.cast import HANG, PLAN, TUYEN, File, Press, Stage, Tap


async def corrected(stage: Stage) -> None:
    """Move a date of the live plan on its page."""
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        await send(browser, "/ke-hoach/1/line-3/sua", what="when", words="10/7/2026")


async def test_it_is_listed_and_forgotten_in_the_chat(stage: Stage) -> None:
    assert "giữ cho bản sau" not in await stage.say(HANG, "/kehoach 1")
    await corrected(stage)
    await stage.talk(
        (HANG, "/kehoach 1", "[Chỗ đã sửa, giữ cho bản sau (1)]"),
        (HANG, Tap("Chỗ đã sửa"), ("1 “Chủ trì gửi thư mời", "→ 10/7/2026", "[Quên 1]")),
        (TUYEN, Press("made:1:1"), "chỉ người tổng hợp"),
        (HANG, Press("made:1:999"), "10/7/2026"),
        (HANG, Tap("Quên 1"), ("Bản sau không sửa lại", "không có chỗ nào đã sửa")),
    )
    later = File("moi.txt", PLAN.replace("15/6 và", "16/6 và").encode())
    await stage.talk((HANG, later, ("đổi 2", "hạn 10/7/2026 → 30/6/2026")))


async def test_what_is_kept_is_made_again(stage: Stage) -> None:
    await corrected(stage)
    later = File("moi.txt", PLAN.replace("15/6 và", "16/6 và").encode())
    await stage.talk((HANG, later, ("đổi 1", "Giữ lại 1 chỗ")))


async def test_it_is_listed_and_forgotten_on_the_page(stage: Stage) -> None:
    await corrected(stage)
    async with pages_of(stage) as url, browser_at(url) as browser:
        await come_in(stage, HANG, browser)
        assert "Giữ cho các bản sau (1)" in words(await browser.get("/ke-hoach/1"))
        ((number,),) = await rows(stage, "SELECT id FROM correction")
        told = await send(browser, "/ke-hoach/1/quen-sua", correction=str(number))
        assert "Bản sau không sửa lại" in told
        assert "không thực hiện được" in await send(browser, "/ke-hoach/1/quen-sua", correction="1")
        assert "Giữ cho các bản sau" not in words(await browser.get("/ke-hoach/1"))
