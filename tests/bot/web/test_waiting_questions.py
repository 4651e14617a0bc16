"""Questions of units on the page of what waits: answered there, or the work given to another unit."""

from tests.bot.web.page_kit import browser_at, come_in, pages_of, send, words
from tests.cast import HANG, LEADING, QUAN, SILENT, TUYEN, Stage, Tap, words_of


async def test_a_question_is_answered_on_the_page(stage: Stage) -> None:
    await stage.talk((QUAN, "mẫu ở đâu", "Hỏi"), (QUAN, Tap("Hỏi đơn vị tổng hợp"), "Đã chuyển"))
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, HANG, client)
        assert "1 câu hỏi của đơn vị chờ trả lời" in words(await client.get("/"))
        shown = words(await client.get("/cho-y-kien"))
        assert "Đơn vị hỏi (1)" in shown
        assert "mẫu ở đâu" in shown
        told = await send(client, "/cho-y-kien/cau-hoi/1", answer="say", words="Mẫu 02")
        assert f"Đã trả lời {LEADING}" in told
        assert "Đơn vị hỏi (0)" in told
    await stage.post()
    assert any("“Mẫu 02”" in words_of(delivered) for delivered in stage.channel.to(QUAN))


async def test_work_is_given_to_another_unit_on_the_page(stage: Stage) -> None:
    await stage.talk((QUAN, "/viec", "còn"), (QUAN, "2 không phải việc của sở tôi", "Đã chuyển"))
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, HANG, client)
        wrong = await send(client, "/cho-y-kien/cau-hoi/1", answer="give", unit="Sở Trời")
        assert "không có đơn vị “Sở Trời”" in wrong
        told = await send(client, "/cho-y-kien/cau-hoi/1", answer="give", unit=SILENT)
        assert f"Đã giao {SILENT} thay {LEADING}" in told
    assert "30/6" not in await stage.say(QUAN, "/viec")


async def test_a_question_to_another_unit_is_not_found(stage: Stage) -> None:
    await stage.talk((QUAN, "mẫu ở đâu", "Hỏi"), (QUAN, Tap("Hỏi đơn vị tổng hợp"), "Đã chuyển"))
    async with pages_of(stage) as url, browser_at(url) as client:
        await come_in(stage, TUYEN, client)
        token = "0" * 64
        sent = await client.post("/cho-y-kien/cau-hoi/1", data={"csrf": token, "answer": "say", "words": "x"})
        assert sent.status_code in (403, 404)
    assert "chờ trả lời: 1" in await stage.say(HANG, "/choxacnhan")
