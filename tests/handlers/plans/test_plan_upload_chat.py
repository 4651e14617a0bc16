"""A plan that is sent as a file: a draft, confirmed or discarded, never entered twice."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.texts import load_texts
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
    Stage,
    Tap,
    words_of,
)

ROOT = Path(__file__).parents[3]
OTHER = PLAN.replace("33/KH-UBND", "41/KH-UBND").replace("chè", "mật ong").replace("CHÈ", "MẬT ONG")
FILE = File("mat-ong.txt", OTHER.encode())


async def test_a_plan_is_shown_before_it_counts(stage: Stage) -> None:
    await stage.talk(
        (
            HANG,
            FILE,
            (
                "Đã đọc: 41/KH-UBND",
                "4 đơn vị · 6 nhiệm vụ",
                f"Đơn vị tổng hợp: {COMPILING}",
                "(3 đơn vị): 15/6/2026, 15/11/2026",
                "30/6/2026",
                "Chưa nhắc ai",
                "[Xác nhận kế hoạch]",
                "[Bỏ]",
            ),
        )
    )
    (_, draft) = (await stage.everything())["plan"]
    assert "draft" in draft
    answer = " ".join([words_of(outgoing) for outgoing in await stage.hear(HANG, "/tinhhinh")])
    assert "41/KH-UBND chưa được xác nhận" in answer
    assert "41/KH-UBND" not in await stage.say(QUAN, "/viec")


@pytest.mark.parametrize("tapped", [Tap("Xác nhận"), "xac nhan ke hoach"])
async def test_a_confirmed_plan_is_live_at_once(stage: Stage, tapped: Tap | str) -> None:
    await stage.talk(
        (HANG, FILE, "Đã đọc"),
        (
            HANG,
            tapped,
            ("41/KH-UBND", "có hiệu lực", "7 việc", "0 việc đã qua hạn", "1 đơn vị chưa có đầu mối"),
        ),
        (QUAN, "/viec", ("còn 6 việc", "41/KH-UBND")),
    )


async def test_a_second_press_on_confirm_changes_nothing(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Đã đọc"), (HANG, Tap("Xác nhận"), "có hiệu lực"))
    before = await stage.everything()
    await stage.talk(
        (HANG, Tap("Xác nhận"), "không có gì thay đổi"), (HANG, Tap("Bỏ"), "không có gì thay đổi")
    )
    assert await stage.everything() == before


async def test_an_old_button_never_confirms_the_draft_that_came_after_its_own(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Đã đọc"))
    old = Press(stage.button(HANG, "Xác nhận").data)
    await stage.talk((HANG, Tap("Bỏ"), "41/KH-UBND"))
    third = File("sen.txt", OTHER.replace("41/", "42/").replace("mật ong", "hạt sen").encode())
    await stage.talk((HANG, third, "Đã đọc"))
    before = await stage.everything()
    await stage.talk((HANG, old, "không còn"))
    assert await stage.everything() == before


async def test_a_discarded_draft_leaves_nothing(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((HANG, FILE, "Đã đọc"), (HANG, Tap("Bỏ"), "Đã bỏ bản nháp 41/KH-UBND"))
    assert await stage.everything() == before
    await stage.talk((HANG, Press("confirm:2"), "không còn nữa"), (HANG, FILE, "Đã đọc"))


async def test_the_same_document_again_changes_nothing(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Đã đọc"))
    before = await stage.everything()
    await stage.talk((HANG, FILE, ("đang chờ xác nhận", "[Xác nhận kế hoạch]")))
    assert await stage.everything() == before
    await stage.talk((HANG, Tap("Xác nhận"), "có hiệu lực"))
    before = await stage.everything()
    again = File("ban-sao.txt", OTHER.encode("utf-16"))
    await stage.talk((HANG, FILE, "không có gì thay đổi"), (HANG, again, "không có gì thay đổi"))
    assert await stage.everything() == before


async def test_only_the_unit_that_compiles_confirms(stage: Stage) -> None:
    await stage.talk((HANG, FILE, "Đã đọc"))
    confirm, discard = stage.button(HANG, "Xác nhận"), stage.button(HANG, "Bỏ")
    before = await stage.everything()
    await stage.talk(
        (TUYEN, Press(confirm.data), f"do {COMPILING} tổng hợp"),
        (TUYEN, Press(discard.data), f"do {COMPILING} tổng hợp"),
        (QUAN, Press(confirm.data), "dành cho người tổng hợp"),
    )
    assert await stage.everything() == before


async def test_a_plan_that_names_no_coordinator_goes_to_the_senders_unit(stage: Stage) -> None:
    nobody = OTHER.replace("- Chủ trì, phối hợp với Sở Công Thương mời", "- Mời")
    nobody = nobody.replace(f" (qua {COMPILING})", "").replace(
        f" {COMPILING} tổng hợp, báo cáo UBND tỉnh.", ""
    )
    nobody = nobody.replace(f"Theo đề nghị của {COMPILING}, ", "")
    await stage.talk(
        (TUYEN, File("khong-ro.txt", nobody.encode()), ("Chưa rõ đơn vị tổng hợp", TUYEN.unit)),
        (TUYEN, Tap("Xác nhận"), "có hiệu lực"),
        (TUYEN, "/tinhhinh", "41/KH-UBND"),
    )


async def test_bodies_that_are_not_known_and_groups_that_stay_open_are_shown_as_doubtful(
    stage: Stage,
) -> None:
    odd = OTHER.replace("3. Sở Y tế:", "3. Trung tâm Giống ong Hà Khê:").replace(
        "phối hợp với Sở Công Thương mời", "phối hợp với các đơn vị liên quan mời"
    )
    await stage.talk(
        (
            HANG,
            File("la.txt", odd.encode()),
            ("Cần xem lại", "Trung tâm Giống ong Hà Khê", "đơn vị liên quan"),
        )
    )


async def test_whoever_is_no_coordinator_enters_nothing(stage: Stage) -> None:
    before = await stage.everything()
    answer = await stage.say(QUAN, FILE)
    assert "Chưa nhận được loại tệp" in answer
    assert "mật ong" not in answer
    assert await stage.everything() == before


@pytest.mark.parametrize(
    ("file", "answer"),
    [
        (File("trong.txt", b""), "không có chữ nào"),
        (File("trang.txt", b"  \n\n "), "không có chữ nào"),
        (File("thu.txt", "Kính gửi các đồng chí,\nChúc mừng năm mới.".encode()), "không thấy nhiệm vụ"),
        (File("phim.mp4", b"\xff\xd8\xff"), "Chưa đọc được loại tệp"),
        (File("anh.jpg", b"\xff\xd8\xff"), "bị hỏng"),
        (File("hong.txt", b"\xff\xff\xff\x00\xd8"), "bị hỏng"),
        (File("mat.txt", OTHER.replace("KẾ HOẠCH\n", "TỐI MẬT\n\nKẾ HOẠCH\n", 1).encode()), "mức độ mật"),
        (File("to.txt", b"x", size=2 * 1024**3), "quá lớn"),
    ],
)
async def test_what_cannot_be_read_is_told_in_one_sentence(stage: Stage, file: File, answer: str) -> None:
    before = await stage.everything()
    await stage.talk((HANG, file, answer))
    assert await stage.everything() == before


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(stage: Stage) -> None:
    stage.channel.loses_files = True
    await stage.talk((HANG, FILE, ("Không tải được", "Đề nghị gửi lại")))


def reasons() -> Iterator[str]:
    """Every reason that the readers and the wiring can give, from their own source."""
    for path in [*(ROOT / "documents" / "reading").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Unreadable", "Unread"):
                yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reason", sorted(set(reasons())))
def test_every_reason_has_a_sentence(reason: str, language: str) -> None:
    table = "evidence" if reason == "not_stored" else "unreadable"  # plans are not stored as files
    answer = load_texts(language)(f"{table}.{reason}", name="tệp <x>.pdf", line="3")
    assert "<x>" not in answer


def test_the_units_of_the_cast_are_of_the_register() -> None:
    from bot.app.wiring import load_register

    assert all(load_register().find(unit) for unit in (LEADING, SUPPORTING, COMPILING))


async def test_a_plan_that_another_unit_compiles_is_not_kept(stage: Stage) -> None:
    before = await stage.everything()
    await stage.talk((TUYEN, FILE, f"do {COMPILING} tổng hợp"))
    assert await stage.everything() == before


async def open_questions(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql("SELECT topic, about FROM dialog")]


@pytest.mark.parametrize(
    "refused",
    [
        File("a.docx", b"no archive"),
        File("a.txt", b"Xin chao"),
        File("a.txt", "TỐI MẬT\nKẾ HOẠCH".encode()),
        File("TOI MAT.txt", PLAN.encode()),
        File("a.txt", PLAN.replace("33/KH-UBND", "35/KH-UBND").replace(COMPILING, "Sở Y tế").encode()),
    ],
)
async def test_a_refused_document_leaves_the_draft_and_its_numbers(stage: Stage, refused: File) -> None:
    plan = PLAN.replace("33/KH-UBND", "34/KH-UBND").replace("chè", "mật ong")
    plan = plan.replace("1. Sở Ngoại vụ", "1. Hội Người Yêu Trà: Hỗ trợ in tờ rơi.\n\n2. Sở Ngoại vụ")
    await stage.hear(HANG, File("ke-hoach.txt", plan.encode()))
    before = await stage.everything(), await open_questions(stage)
    await stage.hear(HANG, refused)
    after = await stage.everything(), await open_questions(stage)
    assert after[0]["plan"] == before[0]["plan"]
    assert after[1] == before[1]
    assert [topic for topic, *_ in after[1] if topic] == ["files"]
