"""A draft that is sent again, changed: what was corrected in the one before it."""

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from tests.cast import HANG, LEADING, PLAN, SUPPORTING, File, Stage, Tap

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
ODD = OTHER.replace("3. Sở Y tế:", "3. SNV:").replace(
    "phối hợp với Sở Công Thương mời", "phối hợp với các đơn vị liên quan mời"
)
LATER = ODD.replace("Dịch sách giới thiệu", "Dịch và in sách giới thiệu")
"""The next version: one line is worded otherwise."""


def sent(text: str) -> File:
    return File("ke-hoach.txt", text.encode())


async def rows(stage: Stage) -> list[tuple[str, str, str]]:
    """What the newest draft has: text, units in a row, dates."""
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT d.text, coalesce(group_concat(u.name, ', '), '') AS units, d.due FROM duty d"
            " LEFT JOIN duty_unit du ON du.duty_id = d.id AND du.part <> 'partner'"
            " LEFT JOIN unit u ON u.id = du.unit_id"
            " WHERE d.plan_id = (SELECT max(id) FROM plan) GROUP BY d.id ORDER BY d.place"
        )
        return [(row["text"], row["units"], row["due"]) for row in found.mappings()]


async def corrected(stage: Stage, *said: str) -> None:
    """Send the first version and correct it by its rows."""
    await stage.talk((HANG, sent(ODD), "Cần xem lại"), (HANG, "/kehoach 2", "dòng 1"))
    for one in said:
        await stage.hear(HANG, one)


async def test_what_was_corrected_is_kept_where_the_words_stay(stage: Stage) -> None:
    await corrected(stage, "4 la so y te", "4 han 20/6", "5 bo", "3 khong nhac")
    before = await rows(stage)
    assert len(before) == 5
    await stage.talk((HANG, sent(LATER), ("Đã đọc", "Giữ lại 4 chỗ anh/chị đã sửa")))
    after = await rows(stage)
    assert [row[1:] for row in after] == [row[1:] for row in before]
    assert after[3] == (after[3][0], "Sở Y tế", "2026-06-20")
    assert after[2][2] == ""


async def test_what_was_kept_is_named_and_can_be_undone_by_one_tap(stage: Stage) -> None:
    await corrected(stage, "4 la so y te", "4 han 20/6")
    await stage.talk(
        (HANG, sent(LATER), ("Giữ lại 2 chỗ", "→ so y te", "→ han 20/6", "Không giữ 2 chỗ đã sửa"))
    )
    assert (await rows(stage))[3][1:] == ("Sở Y tế", "2026-06-20")
    await stage.talk((HANG, Tap("Không giữ 2 chỗ"), "hoàn tác"))
    assert (await rows(stage))[3][1:] == (SUPPORTING, "")


async def test_doubts_that_were_settled_are_not_asked_again(stage: Stage) -> None:
    await stage.talk(
        (HANG, sent(ODD), ("“SNV” là Sở Ngoại vụ hay Sở Nội vụ?", "các đơn vị liên quan")),
        (HANG, "1 la so noi vu", "→ Sở Nội vụ"),
        (HANG, "2 dung", "giữ như đã đọc"),
        (HANG, sent(LATER), "Giữ lại 2 chỗ"),
    )
    assert "Cần xem lại" not in await stage.say(HANG, sent(LATER))
    assert (await rows(stage))[-1][1] == "Sở Nội vụ"


async def test_what_the_document_now_words_otherwise_is_told_and_not_kept(stage: Stage) -> None:
    await corrected(stage, "2 la so y te", "4 han 20/6")
    told = await stage.say(HANG, sent(LATER))
    assert "Giữ lại 1 chỗ anh/chị đã sửa ở bản trước; 1 chỗ không mang sang được" in told
    assert "“Dịch sách giới thiệu" in told
    assert (await rows(stage))[1][1] == LEADING


async def test_the_document_is_right_where_it_now_says_who_or_by_when(stage: Stage) -> None:
    await corrected(stage, "3 han 25/6")
    later = ODD.replace("trước ngày 30/6/2026", "trước ngày 28/6/2026")
    await stage.talk((HANG, sent(later), "Không mang sang được 1 chỗ"))
    assert (await rows(stage))[2][2] == "2026-06-28"


async def test_a_clause_that_is_now_anothers_is_theirs(stage: Stage) -> None:
    await corrected(stage, "4 la so y te")
    await stage.talk((HANG, sent(ODD.replace("2. Sở Công Thương:", "2. Sở Nội vụ:")), "Không mang sang được"))
    assert (await rows(stage))[3][1] == "Sở Nội vụ"


async def test_a_correction_waits_for_its_clause_through_the_versions(stage: Stage) -> None:
    await corrected(stage, "2 la so y te")
    await stage.talk(
        (HANG, sent(LATER), "Không mang sang được 1 chỗ"),
        (HANG, sent(ODD), "Giữ lại 1 chỗ anh/chị đã sửa"),
    )
    assert (await rows(stage))[1][1] == "Sở Y tế"


async def test_what_was_corrected_twice_stands_as_it_was_said_last(stage: Stage) -> None:
    await corrected(stage, "4 la so y te", "4 la so cong thuong, so y te", "4 la so ngoai vu")
    await stage.talk((HANG, sent(LATER), "Giữ lại 3 chỗ"))
    assert (await rows(stage))[3][1] == LEADING


@pytest.mark.parametrize("button", ["Bỏ", "Xác nhận"])
async def test_a_draft_that_is_none_any_more_leaves_no_corrections(stage: Stage, button: str) -> None:
    await corrected(stage, "4 la so y te")
    await stage.hear(HANG, Tap(button))
    async with stage.database.reading() as conn:
        left = await conn.exec_driver_sql("SELECT name FROM fact WHERE name LIKE 'corrections%'")
        assert list(left) == []


async def test_another_document_takes_nothing_over(stage: Stage) -> None:
    await corrected(stage, "4 la so y te")
    await stage.hear(HANG, Tap("Bỏ"))
    assert "Giữ lại" not in await stage.say(HANG, sent(LATER))
    assert (await rows(stage))[3][1] == SUPPORTING


def imported(
    stage: Stage, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> str:
    """Import a document at the command line, on the stage's database; return what is printed."""
    monkeypatch.setenv("NHACVIEC_DATABASE_URL", f"sqlite+aiosqlite:///{stage.database.path}")
    monkeypatch.setenv("NHACVIEC_LANGUAGE", "vi")
    file = tmp_path / "ke-hoach.txt"
    file.write_text(text, encoding="utf-8")
    at = ("--as-of", "2026-06-01T09:00+07:00")
    return CliRunner().invoke(app, [*at, "plan", "import", str(file), *options]).stdout


async def test_the_command_line_keeps_corrections_as_the_chat_does(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await corrected(stage, "2 la so y te", "4 la so y te", "4 han 20/6", "5 bo", "3 khong nhac")
    told = await asyncio.to_thread(imported, stage, LATER, tmp_path, monkeypatch, ("--draft",))
    assert "Giữ lại 4 chỗ anh/chị đã sửa ở bản trước; 1 chỗ không mang sang được" in told
    after = await rows(stage)
    assert after[3] == (after[3][0], "Sở Y tế", "2026-06-20")
    assert (len(after), after[2][2], after[1][1]) == (5, "", LEADING)
    told = await asyncio.to_thread(imported, stage, ODD, tmp_path, monkeypatch, ("--json",))
    assert json.loads(told)["carried"].startswith("Giữ lại 5 chỗ")
    assert (await rows(stage))[1][1] == "Sở Y tế"


async def test_the_command_line_leaves_a_draft_to_the_unit_that_compiled_it(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobodys = ODD.replace(" Sở Văn hóa, Thể thao và Du lịch tổng hợp, báo cáo UBND tỉnh.", "").replace(
        " (qua Sở Văn hóa, Thể thao và Du lịch)", ""
    )
    changed = nobodys.replace("Dịch sách giới thiệu", "Dịch và in sách giới thiệu")

    async def compiles(text: str, *options: str) -> str | None:
        options = ("--draft", "--json", *options)
        told = await asyncio.to_thread(imported, stage, text, tmp_path, monkeypatch, options)
        coordinator: str | None = json.loads(told)["coordinator"]
        return coordinator

    assert await compiles(nobodys) is None
    assert await compiles(changed, "--coordinator", SUPPORTING) == SUPPORTING
    assert await compiles(nobodys) == SUPPORTING
