"""The draft of a letter to a unit that has long been silent."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from tests.cast import COMPILING, HANG, LEADING, QUAN, SILENT, SUPPORTING, TUYEN, Press, Stage, Tap, words_of

LONG_LATE = "2026-07-01 09:00"
"""Twelve working days after the report of 15 June was due."""


async def unit_id(stage: Stage, name: str) -> int:
    async with stage.database.reading() as conn:
        return int((await conn.exec_driver_sql("SELECT id FROM unit WHERE name = ?", (name,))).scalar_one())


def text_of(data: bytes) -> str:
    document = docx.Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *[paragraph.text for paragraph in document.paragraphs]])


async def test_the_digest_offers_it_once_the_rung_of_the_letter_has_come(stage: Stage) -> None:
    await stage.nudged("2026-06-16 08:00")
    assert "công văn" not in words_of(stage.channel.to(HANG)[-1])
    await stage.nudged(LONG_LATE)
    assert f"[Dự thảo công văn đôn đốc {LEADING}]" in words_of(stage.channel.to(HANG)[-1])


async def test_it_names_what_is_overdue_since_when_and_who_sends_it(stage: Stage) -> None:
    await stage.nudged("2026-06-16 08:00")
    await stage.nudged(LONG_LATE)
    (answer,) = await stage.hear(HANG, Tap(f"Dự thảo công văn đôn đốc {LEADING}"))
    assert "không tự gửi" in words_of(answer)
    (paper,) = answer.papers
    assert paper.name == "cong-van-33-kh-ubnd-so-ngoai-vu.docx"
    text = text_of(paper.data)
    assert f"Kính gửi: {LEADING}" in text
    assert COMPILING.upper() in text.replace(",\n", ", ")
    assert "(số 33/KH-UBND ngày 02/3/2026)" in text
    assert "Báo cáo 6 tháng đầu năm 2026: hạn ngày 15/6/2026, quá hạn 12 ngày làm việc" in text
    assert "Chủ trì gửi thư mời các đối tác" in text
    assert "quá hạn 01 ngày làm việc" in text
    assert "trước ngày 08/7/2026" in text
    assert "Báo cáo năm 2026" not in text


async def test_an_extension_is_told_with_the_first_date(stage: Stage) -> None:
    await stage.hear(QUAN, "1 xin lùi đến 22/6")
    await stage.post()
    await stage.hear(HANG, Tap("Đồng ý gia hạn"))
    await stage.nudged(LONG_LATE)
    (answer,) = await stage.hear(HANG, Press(f"letter:{await unit_id(stage, LEADING)}"))
    assert "hạn ngày 22/6/2026 (đã gia hạn từ ngày 15/6/2026), quá hạn 07 ngày làm việc" in text_of(
        answer.papers[0].data
    )


async def test_a_body_of_the_party_reads_no_reproach(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE unit SET standing = 'party' WHERE name = ?", (LEADING,))
    await stage.nudged(LONG_LATE)
    (answer,) = await stage.hear(HANG, Press(f"letter:{await unit_id(stage, LEADING)}"))
    text = text_of(answer.papers[0].data)
    assert "kính đề nghị" in text
    assert "quá hạn" not in text
    assert "đôn đốc" not in text


async def test_where_nothing_is_overdue_there_is_no_letter(stage: Stage) -> None:
    await stage.talk(
        (HANG, Press(f"letter:{await unit_id(stage, LEADING)}"), "không có nội dung nào quá hạn")
    )


@pytest.mark.parametrize("unit", [LEADING, "Sở Nội vụ"])
async def test_only_who_compiles_a_plan_of_the_unit_gets_one(stage: Stage, unit: str) -> None:
    stage.clock.set(LONG_LATE)
    await stage.talk((TUYEN, Press(f"letter:{await unit_id(stage, unit)}"), "Nút này đã cũ"))


async def test_the_status_offers_it_too(stage: Stage) -> None:
    await stage.nudged("2026-06-16 08:00")
    stage.clock.set(LONG_LATE)
    await stage.talk((HANG, "/tinhhinh", f"[Dự thảo công văn đôn đốc {LEADING}]"))
    stage.clock.set("2026-06-17 09:00")
    assert "công văn" not in await stage.say(HANG, "/tinhhinh")


async def test_all_late_units_get_one_letter_or_one_each(stage: Stage) -> None:
    await stage.nudged(LONG_LATE)
    await stage.talk((HANG, "/congvan", ("Công văn đôn đốc: 2 đơn vị", LEADING, SUPPORTING)))
    (joint,) = await stage.hear(HANG, Tap("Một công văn chung (2 đơn vị)"))
    (paper,) = joint.papers
    assert paper.name == "cong-van-33-kh-ubnd-2-don-vi.docx"
    text = text_of(paper.data)
    assert f"{LEADING}: Báo cáo 6 tháng đầu năm 2026: hạn ngày 15/6/2026, quá hạn 12 ngày làm việc" in text
    assert f"{SUPPORTING}: Báo cáo 6 tháng" in text
    (each,) = await stage.hear(HANG, Tap("Mỗi đơn vị một công văn (2)"))
    assert len(each.papers) == 2
    assert SUPPORTING not in text_of(each.papers[0].data)


async def test_units_are_chosen_by_name(stage: Stage) -> None:
    await stage.nudged(LONG_LATE)
    await stage.talk(
        (HANG, "/congvan", "2 đơn vị"),
        (HANG, "so cong thuong", ("1 đơn vị", SUPPORTING)),
        (HANG, "/congvan so y te", "không có “so y te”"),
    )
    await stage.talk((HANG, "/congvan Sở Ngoại vụ", ("1 đơn vị", LEADING)))
    (answer,) = await stage.hear(HANG, Tap("Mỗi đơn vị một công văn (1)"))
    assert len(answer.papers) == 1


async def test_a_unit_that_nobody_nudged_gets_none(stage: Stage) -> None:
    await stage.nudged(LONG_LATE)
    await stage.talk(
        (HANG, "/congvan", f"chưa được nhắc lần nào trên kênh này nên không đưa vào (1): {SILENT}"),
        (HANG, Press(f"letter:{await unit_id(stage, SILENT)}"), "chưa được nhắc lần nào"),
    )


async def test_nobody_writes_to_themselves(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE plan SET coordinator_id = (SELECT id FROM unit WHERE name = ?)", (LEADING,)
        )
    lead = replace(HANG, chat="c-other", unit=LEADING)
    await stage.joins(lead)
    await stage.nudged(LONG_LATE)
    told = await stage.say(lead, "/congvan")
    assert SUPPORTING in told
    assert f"• {LEADING}" not in told


async def test_what_was_due_on_the_working_day_before_a_weekend_is_not_late_yet(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE assignment SET due_on = '2026-06-12', last_on = '2026-06-12' WHERE due_on = '2026-06-15'"
        )
    await stage.nudged("2026-06-12 08:00")
    stage.clock.set("2026-06-14 09:00")
    assert "Không có đơn vị nào" in await stage.say(HANG, "/congvan")
    stage.clock.set("2026-06-15 09:00")
    assert "quá 1 ngày làm việc" in await stage.say(HANG, "/congvan")
