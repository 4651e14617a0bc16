"""A draft before it is confirmed: doubts first, corrections by short replies, row by row, pasted text."""

import pytest

from tests.cast import (
    COMPILING,
    HANG,
    LEADING,
    PLAN,
    QUAN,
    SUPPORTING,
    TUYEN,
    File,
    Press,
    Saying,
    Stage,
    Tap,
    words_of,
)

OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
ODD = (
    OTHER.replace("3. Sở Y tế:", "3. SNV:")
    .replace("2. Sở Công Thương:\n", "2. Trung tâm Giống ong Hà Khê:\n")
    .replace("phối hợp với Sở Công Thương mời", "phối hợp với các đơn vị liên quan mời")
)
FILE = File("ke-hoach.txt", ODD.encode())
CLEAR = File("ro-rang.txt", OTHER.encode())
UNDATED = File(
    "khong-ngay.txt", OTHER.replace("trước ngày 15/6 và 15/11 năm 2026", "định kỳ hằng quý").encode()
)
MANY = "\n\n".join(f"- Tổ chức hội thi nuôi ong số {n} cho các hộ mới." for n in range(1, 31))
LONG = File("dai.txt", OTHER.replace("- Dịch sách", f"{MANY}\n\n- Dịch sách").encode())


async def owed(stage: Stage, plan_id: int = 2) -> set[tuple[str, str]]:
    """Confirm the draft; return who owes something by when."""
    await stage.talk((HANG, Press(f"confirm:{plan_id}"), "có hiệu lực"))
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql(
            "SELECT u.name, a.due_on FROM assignment a JOIN unit u ON u.id = a.unit_id WHERE a.plan_id = ?",
            (plan_id,),
        )
        return {(row["name"], str(row["due_on"])) for row in found.mappings()}


async def test_what_is_doubtful_stands_first_numbered_with_its_clause(stage: Stage) -> None:
    told = await stage.say(HANG, FILE)
    assert "Cần xem lại (3)" in told
    unknown, which, partners = (told.index(f"{n}. ") for n in (1, 2, 3))
    assert "Trung tâm Giống ong Hà Khê · II.2: “Phối hợp với Sở Ngoại vụ" in told[unknown:which]
    assert "“SNV” là Sở Ngoại vụ hay Sở Nội vụ? · II.3: “Kiểm tra an toàn" in told[which:partners]
    assert "“Các đơn vị liên quan” · II.1: “Chủ trì, phối hợp" in told[partners:]
    assert told.index("Cần xem lại") < told.index("Đơn vị tổng hợp:") < told.index("Chưa nhắc ai")
    assert "[2 Sở Ngoại vụ] [2 Sở Nội vụ] [Xác nhận kế hoạch] [Bỏ]" in told


async def test_a_plan_without_doubts_shows_none(stage: Stage) -> None:
    assert "Cần xem lại" not in await stage.say(HANG, CLEAR)


async def test_each_correction_is_repeated_with_the_next_doubt(stage: Stage) -> None:
    await stage.talk(
        (HANG, FILE, "Cần xem lại (3)"),
        (HANG, "1 la so cong thuong", (f"1 Trung tâm Giống ong Hà Khê → {SUPPORTING}", "Còn 2", "2. “SNV”")),
        (HANG, Tap("2 Sở Nội vụ"), ("2 SNV → Sở Nội vụ", "Còn 1", "3. Chưa rõ đơn vị phối hợp")),
        (HANG, "3 gồm các sở, ban, ngành", ("3 Các đơn vị liên quan → ", "Không còn điểm nào")),
    )
    assert await owed(stage) == {
        *((unit, day) for unit in (LEADING, SUPPORTING, "Sở Nội vụ") for day in ("2026-06-15", "2026-11-15")),
        (LEADING, "2026-06-30"),
    }


async def test_the_choice_can_be_typed(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "SNV"), (HANG, "2 so noi vu", "SNV → Sở Nội vụ"))


async def test_a_unit_that_a_correction_replaced_is_known_no_more(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Cần xem lại"), (HANG, "2 la Sở Nội vụ", "→ Sở Nội vụ"))
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT name FROM unit WHERE name = 'SNV'")
        assert found.all() == []


async def test_each_draft_asks_about_a_name_until_one_is_confirmed(stage: Stage) -> None:
    second, third = (File("b.txt", FILE.data.replace(b"41/KH", number)) for number in (b"42/KH", b"43/KH"))
    await stage.talk((HANG, FILE, "Cần xem lại (3)"), (HANG, second, "Cần xem lại (3)"))
    await stage.talk((HANG, Tap("Xác nhận"), "có hiệu lực"), (HANG, third, "Cần xem lại (1)"))


async def test_a_unit_that_is_right_joins_the_register_and_is_asked(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Cần xem lại (3)"), (HANG, "1 đúng", ("giữ như đã đọc", "Còn 2")))
    assert ("Trung tâm Giống ong Hà Khê", "2026-06-15") in await owed(stage)


async def test_a_unit_that_is_left_out_is_asked_for_nothing(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Cần xem lại (3)"), (HANG, "1 khong nhac", "không nhắc"))
    assert "Trung tâm Giống ong Hà Khê" not in {unit for unit, _ in await owed(stage)}


@pytest.mark.parametrize("said", ["1 han 20/6 va 20/12", "1 trước ngày 20/6 và 20/12", "1. 20/6 và 20/12"])
async def test_a_report_without_a_date_is_given_one(stage: Stage, said: str) -> None:
    await stage.talk(
        (HANG, UNDATED, ("1. Báo cáo của", "không rõ ngày")),
        (HANG, said, ("→ hạn 20/6/2026, 20/12/2026", "Không còn điểm nào")),
    )
    assert (LEADING, "2026-12-20") in await owed(stage)


async def test_what_is_left_out_or_not_to_be_nudged_makes_no_work(stage: Stage) -> None:
    await stage.talk(
        (HANG, CLEAR, "Đã đọc"),
        (HANG, "/kehoach 41/KH-UBND", ("3 Chủ trì gửi thư mời", "hạn 30/6/2026", "7 Các cơ quan")),
        (HANG, "3 bo", ("3 Chủ trì gửi thư mời", "đã bỏ")),
        (HANG, "7 không nhắc", "không nhắc"),
        (HANG, "3 bo", "đã sửa hoặc đã bỏ"),
    )
    assert await owed(stage) == set()


async def test_the_rows_that_were_shown_last_are_corrected(stage: Stage) -> None:
    await stage.talk(
        (HANG, CLEAR, "Đã đọc"),
        (HANG, "/kehoach 2", "6 Kiểm tra an toàn thực phẩm"),
        (
            HANG,
            "6 la Sở Tài chính, Sở Ngoại vụ\n2 han 1/7; 1 trước ngày 10/6",
            ("6 Kiểm tra", "2 Dịch", "1 Chủ"),
        ),
    )
    found = await owed(stage)
    assert {(LEADING, "2026-07-01"), (LEADING, "2026-06-10"), ("Sở Tài chính", "2026-06-15")} <= found
    assert "Sở Y tế" not in {unit for unit, _ in found}, "who has no work left reports nothing"


@pytest.mark.parametrize(("said", "in_time"), [("3 han 20/6", True), ("3 truoc 20/6", False)])
async def test_whether_the_date_itself_is_in_time_is_kept_as_it_was_said(
    stage: Stage, said: str, in_time: bool
) -> None:
    await stage.talk((HANG, CLEAR, "Đã đọc"), (HANG, "/kehoach 2", "dòng"), (HANG, said, "hạn 20/6/2026"))
    async with stage.database.reading() as conn:
        found = await conn.exec_driver_sql("SELECT inclusive FROM duty WHERE due = '2026-06-20'")
        assert bool(found.scalar_one()) is in_time


async def test_an_outline_is_turned_over_page_by_page(stage: Stage) -> None:
    await stage.talk((HANG, LONG, "Đã đọc"), (HANG, "/kehoach 2", ("dòng 1–12/37", "[Xem tiếp]")))
    told = await stage.say(HANG, Tap("Xem tiếp"))
    assert "dòng 13–24/37" in told
    assert "13 Tổ chức hội thi nuôi ong số 12" in told
    await stage.talk(
        (HANG, "xem tiep", "dòng 25–36/37"),
        (HANG, "13 han 5/6", "ong số 12 cho các hộ mới → hạn 5/6/2026"),
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("9 bo", "Không có dòng số 9"),
        ("0 bo", "Không có dòng số 0"),
        ("1 la Sở Phép thuật", "không có đơn vị “"),
        ("1 la SNV", "Sở Ngoại vụ hay Sở Nội vụ"),
        ("1 la Bộ Ngoại giao", "cơ quan trung ương"),
        ("1 han mai mot", "chưa rõ “han mai mot” là ngày nào"),
        ("1 xong", "Tôi chưa rõ “xong”"),
        ("cảm ơn", "Tôi chưa rõ “cảm ơn”"),
    ],
)
async def test_a_wrong_correction_gets_one_clear_sentence_and_changes_nothing(
    stage: Stage, said: str, told: str
) -> None:
    await stage.talk((HANG, CLEAR, "Đã đọc"), (HANG, "/kehoach 2", "dòng 1–7/7"))
    before = await stage.everything()
    await stage.talk((HANG, said, told))
    assert await stage.everything() == before
    await stage.talk((HANG, "1 han 20/6", "hạn 20/6/2026"))


async def test_a_name_has_no_date_and_an_ambiguous_one_is_not_right(stage: Stage) -> None:
    await stage.talk(
        (HANG, FILE, "Cần xem lại"),
        (HANG, "1 han 20/6", "không có hạn"),
        (HANG, "2 dung", "Sở Ngoại vụ hay Sở Nội vụ"),
    )


async def test_a_correction_without_a_list_is_told_where_to_look(stage: Stage) -> None:
    await stage.talk(
        (HANG, FILE, "Cần xem lại"), (HANG, "/trogiup", "Nhắc Việc"), (HANG, "1 bo", "Gõ /kehoach")
    )


async def test_a_live_plan_is_shown_and_not_corrected(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((HANG, "/kehoach 1", ("33/KH-UBND", "1 Chủ trì")), (HANG, "1 bo", "đã có hiệu lực"))
    assert await stage.everything() == before


async def test_a_foreign_coordinator_sees_and_corrects_nothing(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Cần xem lại"))
    before = await stage.everything()
    await stage.talk(
        (TUYEN, "/kehoach", "Chưa có kế hoạch nào"),
        (TUYEN, Press("rows:2:0"), f"do {COMPILING} tổng hợp"),
        (TUYEN, Press("doubts:2:0"), f"do {COMPILING} tổng hợp"),
        (TUYEN, Press("means:2:1:0"), f"do {COMPILING} tổng hợp"),
        (QUAN, "/kehoach 1", "dành cho người tổng hợp"),
        (HANG, Press("means:2:x:9"), "Nút này đã cũ"),
        (HANG, Press("rows:77:0"), "không còn nữa"),
    )
    assert await stage.everything() == before


async def test_a_coordinator_with_work_of_their_own_reports_it_between_corrections(stage: Stage) -> None:
    await stage.hear(HANG, f"/start {await stage.code(LEADING, 'focal')}")
    await stage.talk(
        (HANG, FILE, "Cần xem lại"),
        (HANG, "1 được 60%", ("Đã ghi", "60%")),
        (HANG, "1 la so cong thuong", f"→ {SUPPORTING}"),
    )


async def test_nothing_is_nudged_before_the_plan_is_confirmed(stage: Stage) -> None:
    await stage.talk(
        (HANG, CLEAR, "Đã đọc"), (HANG, "/kehoach 2", "dòng"), (HANG, "2 han 2/6", "hạn 2/6/2026")
    )
    for day in ("2026-06-02 08:30", "2026-06-10 08:30", "2026-06-16 08:30"):
        assert "41/KH-UBND" not in " ".join(words_of(sent.message) for sent in await stage.nudged(day))


@pytest.mark.parametrize("said", [OTHER, OTHER.replace("\n\n", "\n")])
async def test_a_plan_pasted_into_one_message_is_read_as_a_file_is(stage: Stage, said: Saying) -> None:
    await stage.talk(
        (HANG, said, ("Đã đọc: 41/KH-UBND", "6 nhiệm vụ", "15/6/2026")), (HANG, CLEAR, "đang chờ")
    )


async def test_a_paste_without_a_head_is_not_entered(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((HANG, OTHER[OTHER.index("1. Sở") :], "thiếu phần đầu"))
    assert await stage.everything() == before


async def test_a_pasted_plan_with_a_secrecy_mark_is_refused(stage: Stage) -> None:
    await stage.talk((HANG, OTHER.replace("KẾ HOẠCH\n", "TỐI MẬT\n\nKẾ HOẠCH\n", 1), "mức độ mật"))


async def test_others_and_short_texts_are_no_plan(stage: Stage) -> None:
    before = await stage.everything()
    assert "41/KH-UBND" not in await stage.say(QUAN, OTHER)
    await stage.talk((HANG, "Kế hoạch tuần này:\nhọp\nbáo cáo", "chưa rõ"))
    assert (await stage.everything())["plan"] == before["plan"]
