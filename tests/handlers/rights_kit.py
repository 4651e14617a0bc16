"""Two plans side by side, in which every unit has said something that nobody else would say."""

from collections.abc import Mapping
from pathlib import Path

from documents.reading import read_text
from domain.plans.commitments import commit
from handlers.common.context import Who
from storage.plans import plan_store
from tests.cast import (
    HANG,
    LAM,
    NGOAN,
    PLAN,
    QUAN,
    STRANGER,
    TOAN,
    TUYEN,
    File,
    Somebody,
    Stage,
    enter,
    open_stage,
)
from tests.documents.making import make_pdf

ELSEWHERE = "Sở Tư pháp"
THAO = Somebody("c-thao", "Giàng Thị Thao", ELSEWHERE, "focal")
THEIRS = (
    PLAN.replace("33/KH-UBND", "44/KH-UBND")
    .replace("Sở Văn hóa, Thể thao và Du lịch", TUYEN.unit)
    .replace("Sở Công Thương", "Sở Nội vụ")
    .replace("Sở Ngoại vụ", ELSEWHERE)
    .replace("Sở Y tế", "Sở Xây dựng")
    .replace("chè", "sâm")
    .replace("CHÈ", "SÂM")
)
"""The plan that Tuyên compiles, in which Thao's unit leads."""

ROLES: Mapping[Somebody, frozenset[Who]] = {
    HANG: frozenset({"anyone", "joined", "member", "coordinator"}),  # compiles the plan
    TUYEN: frozenset({"anyone", "joined", "member", "coordinator"}),  # compiles another one
    QUAN: frozenset({"anyone", "joined", "member", "officer"}),  # focal point of the leading unit
    LAM: frozenset({"anyone", "joined", "member", "officer"}),  # its leader
    TOAN: frozenset({"anyone", "joined", "member", "officer"}),  # of a supporting unit
    THAO: frozenset({"anyone", "joined", "member", "officer"}),  # of a unit of another plan
    NGOAN: frozenset({"anyone", "joined"}),  # has lost his seat
    STRANGER: frozenset({"anyone"}),
}
"""What the one word on a command lets each of them do."""

OF_LEADING, OF_SUPPORTING, OF_OTHERS = "cà cuống", "chim lạc", "rồng đất"
WORDS: Mapping[str, frozenset[Somebody]] = {
    OF_LEADING: frozenset({QUAN, LAM, HANG}),
    OF_SUPPORTING: frozenset({TOAN, HANG}),
    OF_OTHERS: frozenset({THAO, TUYEN}),
    "sao chè": frozenset({HANG}),
    "đoàn khách nước ngoài đến thăm vùng chè": frozenset({QUAN, LAM, HANG}),
    "nhãn hiệu": frozenset({TOAN, THAO, HANG, TUYEN}),  # both plans have it
    "sâm": frozenset({THAO, TUYEN}),
    "33/KH-UBND": frozenset({QUAN, LAM, TOAN, HANG}),
    "44/KH-UBND": frozenset({THAO, TUYEN}),
    "71/KH-UBND": frozenset({HANG}),
    "72/KH-UBND": frozenset({TUYEN}),
    "lợn rừng": frozenset({QUAN, LAM, TOAN, HANG}),
    "dê núi": frozenset({THAO, TUYEN}),
    HANG.name: frozenset({HANG, QUAN, LAM, TOAN}),
    TUYEN.name: frozenset({TUYEN, THAO}),
    QUAN.name: frozenset({QUAN, LAM, HANG}),
    TOAN.name: frozenset({TOAN, HANG}),
    THAO.name: frozenset({THAO, TUYEN}),
}
"""Who may read which words: what was said, plans, drafts, requests, people."""


async def work(path: Path) -> None:
    """Let both plans live, with a draft of each coordinator, progress, wishes, requests."""
    stage = await open_stage(path, "2026-06-01 09:00")
    await enter(stage, THEIRS, stage.rules.register)
    await stage.joins(THAO)
    await stage.hear(NGOAN, "/trogiup")  # his menu follows the lost seat
    await _draft(stage, PLAN.replace("33/KH-UBND", "71/KH-UBND"))
    await _draft(stage, THEIRS.replace("44/KH-UBND", "72/KH-UBND"))
    await stage.talk(
        (QUAN, f"/capnhat 1.1 được 30%, {OF_LEADING}", "Đã ghi"),
        (QUAN, f"2 xin lùi đến 20/7 do {OF_LEADING}", "gia hạn"),
        (TOAN, f"/capnhat 1.1 được 40%, {OF_SUPPORTING}", "Đã ghi"),
        (TOAN, f"2 xin lùi đến 20/11 do {OF_SUPPORTING}", "gia hạn"),
        (THAO, f"/capnhat 1.1 được 50%, {OF_OTHERS}", "Đã ghi"),
        (THAO, f"2 xin lùi đến 20/7 do {OF_OTHERS}", "gia hạn"),
        (QUAN, File(f"{OF_LEADING}.pdf", make_pdf(OF_LEADING), caption="1.1"), "Đã lưu tệp"),
        (TOAN, File(f"{OF_SUPPORTING}.pdf", make_pdf(OF_SUPPORTING), caption="1.1"), "Đã lưu tệp"),
        (THAO, File(f"{OF_OTHERS}.pdf", make_pdf(OF_OTHERS), caption="1.1"), "Đã lưu tệp"),
    )
    await _request(stage, HANG, "kế hoạch 33/KH-UBND: báo cáo số lợn rừng, hạn 20/6")
    await _request(stage, TUYEN, "kế hoạch 44/KH-UBND: báo cáo số dê núi, hạn 20/6")
    await stage.post()
    await stage.database.close()


async def _draft(stage: Stage, words: str) -> None:
    read = read_text(words, stage.rules.register)
    async with stage.database.writing() as conn:
        asks = commit(read, stage.rules.register, stage.clock.now().date())
        await plan_store.add(conn, read, asks, stage.clock.now())


async def _request(stage: Stage, who: Somebody, words: str) -> None:
    await stage.hear(who, f"/yeucau {words}")
    send = next(
        c for o in stage.channel.to(who)[-1:] for row in o.choices for c in row if c.label.startswith("Gửi")
    )
    await stage.hear(who, send.label)
