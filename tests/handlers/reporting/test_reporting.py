"""The summary as .docx, .xlsx and picture: what stands in them, who gets them, that none is lost."""

import io
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from markupsafe import Markup
from openpyxl import load_workbook
from PIL import Image

from domain.reporting.report_kinds import parse_reports
from handlers import document_orders
from handlers.common.conversation import Order, Outgoing, Paper, from_json, to_json
from services.common.rules import Rules
from tests.cast import (
    HANG,
    LEADING,
    QUAN,
    SILENT,
    SUPPORTING,
    TOAN,
    TUYEN,
    Press,
    Saying,
    Somebody,
    Stage,
    Tap,
    open_stage,
    settings_for,
)


async def paper(stage: Stage, who: Somebody, *said: Saying) -> Paper:
    """Say things; return the one paper of the last answer."""
    for one in said:
        answers = await stage.hear(who, one)
    (answer,) = answers
    (made,) = answer.papers
    return made


def words_in(made: Paper) -> list[str]:
    document: Any = Document(io.BytesIO(made.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [p.text for p in document.paragraphs] + cells


def rows_in(made: Paper, sheet: int = 0) -> list[tuple[Any, ...]]:
    rows = [tuple(row) for row in load_workbook(io.BytesIO(made.data)).worksheets[sheet].values]
    return rows[next(at for at, row in enumerate(rows) if row[1]) :]  # the title stands above, a cell a row


async def test_what_is_said_twice_is_told_once(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "2 xong, đã gửi thư mời theo bc 12/BC-SNgV", "Đã ghi"),
        (QUAN, "2 Xong, đã gửi thư mời theo BC 12/BC-SNgV", "Đã ghi"),
        (QUAN, "2 xong, BC 13/BC-SNgV", "Đã ghi"),
    )
    told = "\n".join(words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx"))))
    assert told.casefold().count("thư mời theo bc 12/bc-sngv") == 1
    assert "13/BC-SNgV" in told


async def answered(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.1 đã đón 01 đoàn khách, 12 người", "Đã ghi"),
        (QUAN, "1.2 đang làm 60%, vướng kinh phí, đề nghị bổ sung 20 triệu đồng", "Đã ghi"),
        (TOAN, "1.1 xong, đã đón 02 đoàn khách", "Đã ghi"),
        (TOAN, "1.2 xong", "hoàn thành"),
    )
    stage.clock.set("2026-06-16 09:00")


async def test_the_report_has_figures_sentences_and_every_unit(stage: Stage) -> None:
    await answered(stage)
    made = await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx"))
    assert made.name == "du-thao-bao-cao-33-kh-ubnd-6-thang-dau-nam-2026.docx"
    told = words_in(made)
    text = "\n".join(told)
    assert "Kính gửi: Ủy ban nhân dân tỉnh Hà Khê" in told
    assert "ỦY BAN NHÂN DÂN TỈNH HÀ KHÊ" in text
    assert "Tính đến ngày 16/6/2026, 1/3 đơn vị phải báo cáo đã gửi báo cáo." in text
    assert "hoàn thành đúng hạn 01; hoàn thành quá hạn 00" in text
    assert "chưa hoàn thành, quá hạn 02" in text
    assert f"- {LEADING}: đã đón 01 đoàn khách, 12 người." in told
    assert f"- {SUPPORTING}: hoàn thành (*)." in told
    difficulties = told.index("2. Tồn tại, khó khăn")
    assert told[difficulties + 1].startswith(f"- {LEADING}: ")
    assert "kinh phí" in told[difficulties + 1]
    assert told[told.index("V. ĐỀ XUẤT, KIẾN NGHỊ") + 1] == f"- {LEADING}: đề nghị bổ sung 20 triệu đồng."
    assert {LEADING, SUPPORTING, SILENT} <= set(told)


async def test_bare_and_unmarked_answers_are_put_into_proper_words_and_marked(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.1 xong roi, cv so 45 ngay 28/3", "hoàn thành"),
        (QUAN, "1.2 dang lam dc 50%, thieu kinh phi", "vướng mắc"),
        (QUAN, "2 da gui 3 thu moi cho doi tac", "Đã ghi"),
    )
    told = words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx")))
    assert f"- {LEADING}: hoàn thành (văn bản số 45/CV ngày 28/3/2026) (*)." in told
    assert f"- {LEADING}: đang thực hiện, đạt 50%; vướng mắc: “thieu kinh phi” (*)." in told
    assert f"- {LEADING}: đang thực hiện: “da gui 3 thu moi cho doi tac” (*)." in told
    assert told[told.index("2. Tồn tại, khó khăn") + 1] == f"- {LEADING}: “thieu kinh phi” (*)."
    assert any(line.startswith("(*) Ghi theo tin nhắn") for line in told)
    results = [row for row in rows_in(await paper(stage, HANG, "/tonghop", Tap("Bảng theo dõi"))) if row[0]]
    assert "xong roi, cv so 45 ngay 28/3" in {row[9] for row in results}


async def test_a_report_of_whole_sentences_bears_no_mark(stage: Stage) -> None:
    await stage.talk((QUAN, "1.1 đã đón 01 đoàn khách, 12 người", "Đã ghi"))
    told = words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx")))
    assert not [line for line in told if "(*)" in line]


async def test_a_report_sent_in_one_leaves_no_line_without_an_answer(stage: Stage) -> None:
    await stage.talk((TOAN, "1 xong, BC 4/BC-SCT", "hoàn thành"))
    told = words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx")))
    assert told.count(f"- {SUPPORTING}: đã nêu trong báo cáo 4/BC-SCT.") == 2
    rows = rows_in(await paper(stage, HANG, "/tonghop", Tap("Bảng theo dõi")))
    mine = [row for row in rows if row[1] == SUPPORTING]
    assert len(mine) == 3
    assert {row[13] for row in mine} == {"hoàn thành đúng hạn"}
    assert not any("chưa cập nhật" in str(row[7]) for row in mine)


async def test_what_several_units_counted_is_summed_and_one_units_own_is_not(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "INSERT INTO duty_unit (duty_id, unit_id, part) SELECT"
            " (SELECT id FROM duty WHERE text LIKE 'Hướng dẫn các hộ%'), id, 'support' FROM unit"
            " WHERE name = ?",
            (LEADING,),
        )
    await stage.talk(
        (QUAN, "1.3 đã tổ chức 02 lớp, 40 người", "Đã ghi"), (TOAN, "1.2 đã tổ chức 03 lớp", "Đã ghi")
    )
    told = words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx")))
    assert "- Tổng cộng: 05 lớp." in told


async def test_units_that_said_the_same_stand_together(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1.1 vướng kinh phí in ấn", "Đã ghi"), (TOAN, "1.1 Vướng kinh phí in ấn.", "Đã ghi")
    )
    told = words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx")))
    assert f"- {LEADING}; {SUPPORTING}: vướng kinh phí in ấn." in told


async def test_the_table_carries_the_words_and_their_day(stage: Stage) -> None:
    await answered(stage)
    made = await paper(stage, HANG, "/tonghop", Tap("Bảng theo dõi"))
    rows = rows_in(made)
    said = next(row for row in rows if row[9] and "60%" in str(row[9]))
    assert said[1] == LEADING
    assert said[9] == "đang làm 60%, vướng kinh phí, đề nghị bổ sung 20 triệu đồng"
    assert (said[8], f"{said[12]:%d/%m/%Y}", said[13]) == (60, "01/06/2026", "quá hạn")
    tally = rows_in(made, 1)
    assert tally[-1] == (None, "Cộng", 1, 0, 0, 2, 3, 1, 0, 0, 2)


async def test_the_table_has_the_nudges_of_the_round(stage: Stage) -> None:
    await stage.nudged("2026-06-10 08:30")
    made = await paper(stage, HANG, "/tonghop", Tap("Bảng theo dõi"))
    assert any(LEADING in str(row[2]) for row in rows_in(made, 2)[1:])


async def test_the_figures_of_the_status_and_of_the_report_agree(stage: Stage) -> None:
    await answered(stage)
    for day in ("2026-06-12 09:00", "2026-06-16 09:00", "2026-07-20 09:00"):
        stage.clock.set(day)
        told = await stage.say(HANG, "/tinhhinh")
        reported = next(line for line in told.split("\n") if line.startswith("Đã báo cáo"))
        share = reported.rpartition(": ")[2]
        assert f"đã báo cáo {share}" in await stage.say(HANG, "/tonghop")
        text = "\n".join(words_in(await paper(stage, HANG, Tap("Báo cáo .docx"))))
        assert f"{share} đã gửi báo cáo" in text


async def test_the_picture_shows_what_the_status_tells(stage: Stage) -> None:
    made = await paper(stage, HANG, "/tinhhinh", Tap("Xem ảnh"))
    assert made.name.endswith(".png")
    assert Image.open(io.BytesIO(made.data)).width == 1080


async def test_whom_to_phone_stands_behind_a_button(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE account SET reachable = 0 WHERE chat = ?", (QUAN.chat,))
    await stage.say(HANG, "/tinhhinh")
    await stage.talk(
        (
            HANG,
            Tap("Danh sách gọi"),
            (f"{LEADING}: {QUAN.name} không liên lạc được", f"Chưa có đầu mối (1): {SILENT}"),
        )
    )


TYPED = (
    ("/summary 6 tháng đầu năm", ("6 tháng đầu năm 2026", "0/3")),
    ("/tonghop 6 thang dau nam", ("6 tháng đầu năm 2026",)),
    ("/tonghop năm 2026", ("năm 2026", "0/3")),
    ("/summary 33/KH-UBND năm 2026", ("33/KH-UBND", "6 tháng đầu năm 2026")),
    ("/tonghop kế hoạch 33", ("33/KH-UBND",)),
    (f"/tonghop {SUPPORTING}", ("0/1", f"Chưa báo cáo (1): {SUPPORTING}")),
    ("/tonghop sct", (f"Chưa báo cáo (1): {SUPPORTING}",)),
    ("/tonghop so cong thuong 6 thang dau nam", (f"Chưa báo cáo (1): {SUPPORTING}",)),
    ("/tonghop phan II", ("0/3",)),
    ("/tonghop phan XX", ("không có phần XX. Các phần:", "[33/KH-UBND: II.1]", "[33/KH-UBND: II.3]")),
    ("/tonghop bao cao so ket 6 thang", ("6 tháng đầu năm 2026",)),
    ("/tonghop quý 2", ("Không có kỳ báo cáo đó", "[33/KH-UBND: 6 tháng đầu năm 2026]")),
    ("/tonghop 99/KH-UBND", ("Không có kế hoạch", "[33/KH-UBND]")),
    ("/tonghop xyz", ("chưa rõ “xyz”",)),
    ("/tonghop sở", ("là đơn vị nào", f"[{LEADING}]", f"[{SILENT}]")),
)


@pytest.mark.parametrize(("typed", "told"), TYPED)
async def test_what_is_typed_behind_the_command_is_taken(
    stage: Stage, typed: str, told: tuple[str, ...]
) -> None:
    await stage.talk((HANG, typed, told))


async def test_the_cuts_of_the_summary_are_a_tap_away(stage: Stage) -> None:
    await answered(stage)
    await stage.talk(
        (HANG, "/tonghop", ("[Kỳ khác]", "[Từng đơn vị]", "[Từng phần]")),
        (HANG, Tap("Từng đơn vị"), f"[{SUPPORTING}]"),
        (HANG, Tap(SUPPORTING), ("02 đoàn khách", "1/1")),
        (HANG, "/tonghop", "6 tháng đầu năm"),
        (HANG, Tap("Từng phần"), (f"[II.1. {LEADING}]", f"[II.2. {SUPPORTING}]")),
        (HANG, Tap(f"II.2. {SUPPORTING}"), "02 đoàn khách"),
        (HANG, "/tonghop", "6 tháng đầu năm"),
        (
            HANG,
            Tap("Kỳ khác"),
            ("[6 tháng đầu năm 2026]", "[Năm 2026]", "[Báo cáo sơ kết 6 tháng]", "[Sau kỳ"),
        ),
        (HANG, Tap("Năm 2026"), ("· năm 2026", "0/3")),
    )


async def test_after_the_cycle_there_is_a_table_of_lateness(stage: Stage) -> None:
    await stage.talk((TOAN, "1 xong, BC 4/BC-SCT", "hoàn thành"))
    stage.clock.set("2026-06-18 09:00")
    await stage.talk((QUAN, "1 xong, BC 8/BC-SNgV", "hoàn thành"))
    made = await paper(stage, HANG, "/tonghop sau kỳ")
    assert rows_in(made)[1:] == [
        (1, LEADING, "6 tháng đầu năm 2026", 1, 0, 1, 0, 0, 0, 0),
        (2, SUPPORTING, "6 tháng đầu năm 2026", 1, 1, 0, 0, 0, 0, 0),
        (3, SILENT, "6 tháng đầu năm 2026", 1, 0, 0, 0, 1, 0, 0),
    ]
    assert rows_in(made, 1)[1] == (1, "Báo cáo 6 tháng đầu năm 2026", f"{LEADING}; {SILENT}", 3, 2)


async def test_a_unit_gets_its_own_papers_and_nobody_elses(stage: Stage) -> None:
    await answered(stage)
    told = "\n".join(words_in(await paper(stage, TOAN, "/tonghop", Tap("Báo cáo .docx"))))
    assert "02 đoàn khách" in told
    assert "01 đoàn khách" not in told
    assert LEADING not in told.replace("phối hợp với Sở Ngoại vụ", "").replace("Phối hợp với Sở Ngoại vụ", "")
    rows = rows_in(await paper(stage, TOAN, "/tonghop", Tap("Bảng theo dõi")))
    assert {row[1] for row in rows[1:]} == {SUPPORTING}


async def test_a_forged_button_shows_no_other_units_answers(stage: Stage) -> None:
    await answered(stage)
    await stage.say(HANG, "/tonghop")
    data = stage.button(HANG, "Báo cáo .docx").data
    made = await paper(stage, TOAN, Press(data))
    assert "01 đoàn khách" not in "\n".join(words_in(made))
    unit = (await _unit_id(stage, LEADING),)
    for forged in (f"sum:docx:1~~{unit[0]}~~", f"sum:text:1~~{unit[0]}~~"):
        (answer,) = await stage.hear(TOAN, Press(forged))
        assert not answer.papers
        assert "đoàn khách" not in answer.text
    for forged in ("sum:docx:1~~~~", "picture:1", "phone:1", "sum:cycle:1~~~~"):
        (answer,) = await stage.hear(TUYEN, Press(forged))
        assert not answer.papers
        assert SILENT not in answer.text


async def _unit_id(stage: Stage, name: str) -> int:
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT id FROM unit WHERE name = ?", (name,))
        return int(found.scalar_one())


@pytest.mark.parametrize(
    "forged", ["sum:", "sum:docx:", "sum:docx:1", "sum:zzz:1~~~~", "sum:text:9~~~~", "picture:x"]
)
async def test_broken_buttons_are_answered_in_one_sentence(stage: Stage, forged: str) -> None:
    await stage.talk((HANG, Press(forged), "Nút này đã cũ"))


async def test_papers_that_a_crash_left_unsent_are_made_at_the_next_start(stage: Stage) -> None:
    await stage.say(HANG, "/tonghop")
    again = await resumed_with(stage, Order("docx", "1~~~~"))
    assert [one.name.rpartition(".")[2] for one in again.papers] == ["docx"]


async def resumed_with(stage: Stage, order: Order) -> Outgoing:
    """Start anew after a power cut between the commit of an answer and its sending; return what goes out."""
    answer = to_json((Outgoing(stage.channel.sent[-1].message.text, orders=(order,)),))
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "UPDATE incoming SET answered_at = NULL, answer = ? WHERE id = (SELECT max(id) FROM incoming)",
            (answer,),
        )
    before = len(stage.channel.sent)
    await stage.program.intake.resume(stage.channel)
    await stage.program.intake.idle()
    (again,) = stage.channel.sent[before:]
    return again.message


def test_ready_papers_and_orders_survive_being_written_down() -> None:
    answer = Outgoing(
        Markup("<b>x</b>"), papers=(Paper("a.bin", b"\x00\xff"),), orders=(Order("docx", "1~~~~"),)
    )
    assert from_json(to_json((answer,))) == (answer,)


async def test_an_order_of_what_is_gone_is_told_of(stage: Stage) -> None:
    await stage.say(HANG, "/tonghop")
    again = await resumed_with(stage, Order("docx", "99~~~~"))
    assert "không lập được tệp" in again.text
    assert not again.papers


async def test_a_template_that_cannot_be_filled_is_told_of_and_the_answer_still_comes(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_orders, "FOLDER", Path("nowhere"))
    await stage.say(HANG, "/tonghop báo cáo sơ kết 6 tháng")
    (answer,) = await stage.hear(HANG, Tap("Báo cáo .docx"))
    assert not answer.papers
    assert "Mẫu báo cáo chưa dùng được" in answer.text


async def test_a_file_that_was_sent_is_named_beside_the_words(stage: Stage) -> None:
    await stage.talk((QUAN, "1.1 đã đón 01 đoàn khách", "Đã ghi"))
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "INSERT INTO evidence (assignment_id, duty_id, sha256, name, media_type, size, received_at)"
            " SELECT assignment_id, duty_id, 'x', 'anh-doan.jpg', 'image/jpeg', 1, said_at FROM progress"
        )
    told = words_in(await paper(stage, HANG, "/tonghop", Tap("Báo cáo .docx")))
    assert f"- {LEADING}: đã đón 01 đoàn khách (kèm: anh-doan.jpg)." in told


async def test_a_phone_shows_few_sayings_and_counts_the_rest(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await conn.exec_driver_sql(
            "INSERT INTO progress"
            " (assignment_id, duty_id, said_at, text, state, before_state, before_blocked)"
            " SELECT a.id, d.id, '2026-06-01 02:00:00.000000', 'đã làm việc này', 'done', 'in_progress', 0"
            " FROM assignment a, duty d WHERE a.rule_id IS NOT NULL AND a.due_on < '2026-07-01'"
        )
    told = await stage.say(HANG, "/tonghop")
    assert told.count("đã làm việc này") == 8
    assert "ý nữa, đầy đủ trong báo cáo .docx" in told
    assert len(told) < 2500


async def test_reports_of_the_operators_file_take_their_parts(furnished: Path, tmp_path: Path) -> None:
    path = tmp_path / "nhacviec.db"
    shutil.copy(furnished, path)
    stage = await open_stage(path, "2026-06-01 09:00")
    known = parse_reports(
        {"report": [{"key": "nhan-hieu", "name": "Chuyên đề nhãn hiệu", "words": ["nhãn hiệu"]}]}
    )
    rules: Rules = replace(stage.rules, reports=known)
    other = Stage(stage.database, rules, settings_for(path), stage.clock)
    await other.hear(TOAN, "1.1 đã chuẩn bị 3 gian hàng")
    await other.hear(TOAN, "1.2 đã hướng dẫn 12 hộ")
    told = await other.say(HANG, "/tonghop chuyên đề nhãn hiệu")
    assert "12 hộ" in told
    assert "gian hàng" not in told
    text = " ".join("\n".join(words_in(await paper(other, HANG, Tap("Báo cáo .docx")))).split())
    assert "Chuyên đề nhãn hiệu 6 tháng đầu năm 2026 thực hiện" in text
    assert "gian hàng" not in text.replace("chuẩn bị gian hàng", "")
    await stage.database.close()


async def test_the_status_of_a_unit_that_is_not_there_is_not_that_of_all(stage: Stage) -> None:
    await stage.talk(
        (HANG, "/tinhhinh Sở Trời", "Không có đơn vị hay kế hoạch “Sở Trời”"),
        (HANG, "/tinhhinh 33/KH-UBND", "33/KH-UBND · hạn gần nhất"),
        (HANG, "/tinhhinh", "33/KH-UBND · hạn gần nhất"),
    )
