"""The sandbox's page in a real browser, with a toy behind it."""

import pytest
from markupsafe import Markup, escape
from playwright.async_api import Browser, Locator, Page, expect

from handlers.common.conversation import Link, Outgoing
from tests.browser.toy import TEXTS, Toy, free_port, served

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def phone(page: Page, key: str) -> Locator:
    return page.locator(f'section[data-phone="{key}"]')


def bubbles(page: Page, key: str) -> Locator:
    return phone(page, key).locator(".message .text")


async def join(page: Page, key: str) -> None:
    await phone(page, key).get_by_role("button", name="Tham gia").click()


async def test_the_note_types_its_code_and_goes(page: Page, url: str) -> None:
    await page.goto(url)
    note = phone(page, "focal").locator(".note")
    await expect(note).to_contain_text("LAN-2026")
    await join(page, "focal")
    await expect(bubbles(page, "focal")).to_have_text(
        ["/start LAN-2026", "Chào Trần Thị Lan\nanh/chị còn 1 việc"]
    )
    await expect(note).to_be_hidden()
    await expect(phone(page, "leader").locator(".note")).to_be_visible()
    await expect(phone(page, "stranger").locator(".note")).to_have_count(0)


async def test_markup_is_shown_bold_and_italic(page: Page, url: str) -> None:
    await page.goto(url)
    await join(page, "focal")
    await expect(bubbles(page, "focal").locator("b")).to_have_text("Trần Thị Lan")
    await expect(bubbles(page, "focal").locator("i")).to_have_text("1 việc")


async def test_a_button_is_pressed_and_its_words_stand_in_the_chat(page: Page, url: str) -> None:
    await page.goto(url)
    await join(page, "focal")
    button = phone(page, "focal").get_by_role("button", name="Vướng")
    await button.click()
    await expect(bubbles(page, "focal")).to_have_count(4)
    await expect(bubbles(page, "focal").nth(2)).to_have_text("Vướng")
    await expect(bubbles(page, "focal").nth(3)).to_have_text("Đã ghi: stuck:1")
    await expect(button).to_be_focused()


async def test_everything_can_be_done_from_the_keyboard(page: Page, url: str) -> None:
    await page.goto(url)
    await join(page, "leader")
    await expect(bubbles(page, "leader")).to_have_count(2)
    box = phone(page, "leader").get_by_role("textbox")
    await box.press_sequentially("dòng một")
    await box.press("Shift+Enter")
    await box.press_sequentially("dòng hai")
    await box.press("Enter")
    await expect(bubbles(page, "leader").last).to_have_text("Nhận được: dòng một\ndòng hai")
    await expect(box).to_have_value("")

    await box.press_sequentially("/v")
    menu = phone(page, "leader").get_by_role("group", name="Các lệnh")
    await expect(menu.get_by_role("button")).to_have_text(["/viecViệc của tôi"])
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Enter")
    await expect(bubbles(page, "leader").last).to_have_text("Nhận được: /viec")
    await expect(menu).to_be_hidden()


async def test_the_menu_of_commands_opens_and_closes(page: Page, url: str) -> None:
    await page.goto(url)
    opener = phone(page, "focal").locator(".open-menu")
    menu = phone(page, "focal").locator(".menu")
    await opener.click()
    await expect(menu).to_have_text(TEXTS["menu_empty"])
    await join(page, "focal")
    await expect(bubbles(page, "focal")).to_have_count(2)
    await opener.click()
    await expect(menu.get_by_role("button")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(menu).to_be_hidden()


async def test_an_example_is_put_into_the_input_and_not_sent(page: Page, url: str) -> None:
    await page.goto(url)
    await phone(page, "focal").get_by_role("button", name="1 xong, BC 12/BC-SNgV").click()
    box = phone(page, "focal").get_by_role("textbox")
    await expect(box).to_have_value("1 xong, BC 12/BC-SNgV")
    await expect(box).to_be_focused()
    await expect(bubbles(page, "focal")).to_have_count(0)


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=\"document.title='owned'\">",
        "<script>document.title='owned'</script>",
        "<b>x</b>&lt;",
    ],
)
async def test_what_people_type_stays_text(page: Page, url: str, attack: str) -> None:
    await page.goto(url)
    box = phone(page, "stranger").get_by_role("textbox")
    await box.fill(attack)
    await box.press("Enter")
    await expect(bubbles(page, "stranger")).to_have_text([attack, f"Nhận được: {attack}"])
    assert await bubbles(page, "stranger").locator("*").count() == 0
    assert "owned" not in await page.title()


async def test_even_markup_that_was_never_escaped_stays_text(page: Page, url: str, toy: Toy) -> None:
    await page.goto(url)
    await toy.channel.send("focal", Outgoing(Markup("<img src=x onerror=alert(1)>")))
    await expect(bubbles(page, "focal")).to_have_text("<img src=x onerror=alert(1)>")
    await expect(phone(page, "focal").locator(".chat img")).to_have_count(0)


async def test_the_days_pass_and_a_badge_tells_of_the_nudges(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(page.locator("#now")).to_contain_text("Thứ Hai, 8/6/2026")
    await page.get_by_role("button", name="Đến hạn tiếp theo").click()
    await expect(page.locator("#now")).to_contain_text("Thứ Hai, 15/6/2026")
    await expect(bubbles(page, "focal")).to_have_count(7)
    badge = phone(page, "focal").locator(".badge")
    await expect(badge).to_have_text("7 tin mới")
    await phone(page, "focal").locator(".chat").click()
    await expect(badge).to_be_hidden()
    await expect(phone(page, "leader").locator(".badge")).to_be_hidden()


async def test_a_day_of_the_month_can_be_chosen_from_the_keyboard(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(page.locator("#marks button")).to_have_count(3)
    await page.get_by_role("button", name="Mở lịch tháng").press("Enter")
    month = page.get_by_role("dialog", name="Tháng 6 năm 2026")
    await expect(month.get_by_role("listitem")).to_have_text(
        ["10/63 ngày làm việc trước hạn", "15/6Hạn báo cáo 6 tháng"]
    )
    await expect(month.get_by_role("button", name="Chuyển đến 9/6")).to_be_focused()
    await expect(month.locator("[aria-current=date]")).to_be_disabled()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Enter")
    await expect(month).to_be_hidden()
    await expect(page.locator("#now")).to_contain_text("Thứ Tư, 10/6/2026")


async def test_a_file_is_attached_and_another_comes_back(page: Page, url: str) -> None:
    await page.goto(url)
    picker = phone(page, "focal").get_by_label("Gửi tệp").last
    await picker.set_input_files(
        {"name": "Báo cáo.txt", "mimeType": "text/plain", "buffer": b"xin ch\xc3\xa0o"}
    )
    files = phone(page, "focal").locator("a.file b")
    await expect(files).to_have_text(["Báo cáo.txt", "tra-lai.txt"])
    async with page.expect_download() as download:
        await files.last.click()
    path = await (await download.value).path()
    assert path.read_bytes() == "xin chào".encode()


async def test_what_is_refused_is_said_under_the_chat_and_the_words_are_kept(page: Page, url: str) -> None:
    await page.goto(url)
    box = phone(page, "focal").get_by_role("textbox")
    await box.fill("x" * 70_000)
    await box.press("Enter")
    await expect(phone(page, "focal").get_by_role("alert")).to_have_text(TEXTS["error_long"])
    await expect(box).to_have_value("x" * 70_000)


async def test_the_page_finds_the_program_again_after_a_restart(page: Page, toy: Toy) -> None:
    port = free_port()
    async with served(toy, port) as url:
        await page.goto(url)
        await join(page, "focal")
        await expect(bubbles(page, "focal")).to_have_count(2)
    banner = page.locator("#banner")
    await expect(banner).to_be_visible()
    await expect(banner).to_have_text(TEXTS["offline"])
    box = phone(page, "focal").get_by_role("textbox")
    await box.fill("còn đó không")
    await box.press("Enter")
    await expect(phone(page, "focal").get_by_role("alert")).to_have_text(TEXTS["not_sent"])
    await expect(box).to_have_value("còn đó không")

    async with served(toy, port):  # the connection was lost, the program lived on
        await expect(banner).to_be_hidden()
        await expect(bubbles(page, "focal")).to_have_count(2)
        await toy.channel.send("focal", Outgoing(escape("trở lại")))
        await expect(bubbles(page, "focal").last).to_have_text("trở lại")

    async with served(Toy(), port):  # the program was started anew
        await expect(bubbles(page, "focal")).to_have_count(0)
        await expect(phone(page, "focal").locator(".note")).to_be_visible()


async def test_a_phone_is_shown_as_another_channel_and_stays_so(page: Page, url: str, toy: Toy) -> None:
    await page.goto(url)
    focal, leader = phone(page, "focal"), phone(page, "leader")
    await focal.get_by_label("Kênh trên máy của Trần Thị Lan").select_option("Thư điện tử")
    await expect(focal.locator(".open-menu")).to_be_hidden()
    await expect(leader.locator(".open-menu")).to_be_visible()
    done = Link("Đã xong", "http://localhost/nut/a")
    await toy.channel.send("focal", Outgoing(Markup("?"), links=((done,),)))
    await expect(focal.get_by_role("link", name=done.label)).to_have_attribute("href", done.url)
    await page.reload()
    await expect(focal.get_by_role("combobox")).to_have_value("mail")
    assert toy.channel.manners["leader"] == "telegram"


async def test_a_narrow_screen_shows_one_phone_at_a_time(browser: Browser, url: str, toy: Toy) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 844})
    await page.goto(url)
    await expect(phone(page, "focal")).to_be_visible()
    await expect(phone(page, "leader")).to_be_hidden()
    await toy.channel.send("leader", Outgoing(escape("Kính gửi anh")))
    tab = page.get_by_role("button", name="Lãnh đạo")
    await expect(tab.locator(".badge")).to_have_text("1")
    await tab.click()
    await expect(bubbles(page, "leader")).to_be_visible()
    await expect(phone(page, "focal")).to_be_hidden()
    await expect(tab.locator(".badge")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.close()
