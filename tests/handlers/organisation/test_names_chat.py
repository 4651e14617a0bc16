"""/tengoi: the names that were learnt from corrections, in the chat, on the page, at the command line."""

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from storage.organisation import learnt_store, unit_store
from tests.bot.web.page_kit import browser_at, come_in, pages_of, send, words
from tests.cast import HANG, LEADING, QUAN, SILENT, Press, Stage, Tap


@pytest.fixture
async def learnt(stage: Stage) -> Stage:
    """The stage once two names were explained."""
    async with stage.database.writing() as conn:
        ids = await unit_store.ids(conn)
        await learnt_store.learn(conn, "các hội chè", [ids[SILENT], ids[LEADING]])
        await learnt_store.learn(conn, "Trạm chè", [ids[SILENT]])
    return stage


async def known(stage: Stage) -> list[str]:
    async with stage.database.reading() as conn:
        return list(await learnt_store.names(conn))


async def test_names_are_listed_the_newest_first_and_forgotten_by_a_tap(learnt: Stage) -> None:
    told = await learnt.say(HANG, "/tengoi")
    assert told.index(f"1 “Trạm chè”: {SILENT}") < told.index(f"2 “các hội chè”: {SILENT}, {LEADING}")
    await learnt.talk((HANG, Tap("Quên 2"), ("Đã quên “các hội chè”", "Trạm chè")))
    assert await known(learnt) == ["Trạm chè"]
    await learnt.talk(
        (HANG, Tap("Quên 1"), ("Đã quên “Trạm chè”", "Chưa có tên gọi nào được học")),
        (HANG, Press("forget:1"), "đã cũ"),
        (QUAN, "/tengoi", "người tổng hợp"),
    )


async def test_a_name_is_forgotten_on_the_page_of_the_register(learnt: Stage) -> None:
    async with pages_of(learnt) as url, browser_at(url) as browser:
        await come_in(learnt, HANG, browser)
        assert "Tên gọi đã học (2)" in words(await browser.get("/don-vi/danh-muc"))
        assert "Đã quên “Trạm chè”" in await send(browser, "/don-vi/danh-muc/quen", name="Trạm chè")
        assert await known(learnt) == ["các hội chè"]
        await send(browser, "/don-vi/danh-muc/quen", name="Trạm chè")
        assert await known(learnt) == ["các hội chè"]


async def test_whoever_reads_on_knows_it_no_more(learnt: Stage) -> None:
    await learnt.talk((HANG, "/tengoi", "Trạm chè"), (HANG, Tap("Quên 1"), "Đã quên"))
    async with learnt.database.reading() as conn:
        register = await learnt_store.load_register(conn, learnt.rules.register.groups)
        assert register.find("Trạm chè") is None


def test_the_command_line_lists_and_forgets(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/nhacviec.db")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    assert CliRunner().invoke(app, ["unit", "names", "--json"]).stdout.strip() == "{}"
    assert CliRunner().invoke(app, ["unit", "forget", "các hội"]).exit_code != 0
