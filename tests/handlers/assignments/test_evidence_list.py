"""Evidence handed back: to the unit's own people and to who compiles, and to nobody else."""

import pytest

from tests.cast import (
    HANG,
    LAM,
    LEADING,
    NGOAN,
    QUAN,
    STRANGER,
    TOAN,
    TUYEN,
    File,
    Press,
    Somebody,
    Stage,
    Tap,
    words_of,
)
from tests.documents.making import make_pdf
from tests.handlers.assignments.test_evidence_chat import PDF, picture, stored

PROOF = "Minh chứng"


async def fetch(stage: Stage, who: Somebody, label: str) -> list[tuple[str, bytes]]:
    """Tap a button; return the files that come."""
    (answer,) = await stage.hear(who, Tap(label))
    return [(paper.name, paper.data) for paper in answer.papers]


async def kept(stage: Stage, name: str, caption: str, data: bytes = PDF, album: str = "") -> None:
    await stage.hear(QUAN, File(name, data, caption=caption, album=album))


async def test_the_unit_gets_its_files_back_from_the_item(stage: Stage) -> None:
    await kept(stage, "bao-cao.pdf", "1")
    await kept(stage, "ảnh hội chợ.jpg", "1.2", picture())
    await stage.talk((LAM, "/viec 1", ("1 tệp", "[1 Đã xong]", "[Minh chứng (2)]")))
    (answer,) = await stage.hear(LAM, Tap("Minh chứng (2)"))
    assert [(paper.name, paper.data) for paper in answer.papers] == [
        ("bao-cao.pdf", PDF),
        ("ảnh hội chợ.jpg", picture()),
    ]
    told = words_of(answer)
    assert "Minh chứng (2 tệp)" in told
    assert "Dịch sách giới thiệu chè sang tiếng nước ngoài: ảnh hội chợ.jpg" in told


async def test_what_is_done_keeps_its_files_within_reach(stage: Stage) -> None:
    await kept(stage, "bao-cao.pdf", "1 xong")
    await kept(stage, "thu-moi.pdf", "2 xong, CV số 8/SNgV-VP", make_pdf("THƯ MỜI"))
    await stage.talk((QUAN, "/viec", ("còn 1 việc", "[Minh chứng (2)]")))
    await stage.talk((QUAN, Tap(PROOF), ("[Báo cáo 6 tháng đầu năm 2026 (1)]", "[Chủ trì gửi thư mời")))
    assert await fetch(stage, QUAN, "Báo cáo 6 tháng") == [("bao-cao.pdf", PDF)]


async def test_who_has_sent_nothing_sees_no_button(stage: Stage) -> None:
    for said in ("/viec", "/viec 1"):
        assert PROOF not in await stage.say(QUAN, said)
    assert PROOF not in await stage.say(HANG, "/tinhhinh")


async def test_the_coordinator_looks_before_confirming(stage: Stage) -> None:
    await stage.hear(HANG, Press("confirms:1:on"))
    await kept(stage, "bao-cao.pdf", "1 xong")
    await stage.post()
    assert "[Xác nhận] [Trả lại] [Minh chứng]" in words_of(stage.channel.to(HANG)[-1])
    assert await fetch(stage, HANG, PROOF) == [("bao-cao.pdf", PDF)]
    await stage.talk((HANG, "/choxacnhan", "[1 Xác nhận] [1 Trả lại] [1 Minh chứng]"))
    assert await fetch(stage, HANG, "1 Minh chứng") == [("bao-cao.pdf", PDF)]


async def test_the_coordinator_is_told_where_nothing_was_sent(stage: Stage) -> None:
    await stage.hear(HANG, Press("confirms:1:on"))
    await stage.hear(QUAN, "1 xong")
    await stage.post()
    await stage.talk(
        (HANG, Tap(PROOF), f"Chưa có tệp minh chứng · {LEADING}: Báo cáo 6 tháng"),
        (HANG, "/choxacnhan", "[1 Trả lại]"),
    )
    assert PROOF not in words_of(stage.channel.to(HANG)[-1])


async def test_the_status_leads_to_the_files_of_a_unit(stage: Stage) -> None:
    await kept(stage, "bao-cao.pdf", "1")
    await kept(stage, "thu-moi.pdf", "2", make_pdf("THƯ MỜI"))
    await stage.talk(
        (HANG, "/tinhhinh", "[Minh chứng (2)]"),
        (HANG, Tap(PROOF), ("1 đơn vị đã gửi 2 tệp", f"[{LEADING} (2)]")),
        (HANG, Tap(LEADING), ("[Báo cáo 6 tháng đầu năm 2026 (1)]", "[Chủ trì gửi thư mời")),
    )
    assert await fetch(stage, HANG, "Báo cáo 6 tháng") == [("bao-cao.pdf", PDF)]


@pytest.mark.parametrize("who", [TOAN, TUYEN, NGOAN, STRANGER], ids=lambda who: str(who.chat))
async def test_nobody_else_gets_them(stage: Stage, who: Somebody) -> None:
    await kept(stage, "bao-cao.pdf", "1")
    await stage.hear(QUAN, "/viec 1")
    data = stage.button(QUAN, PROOF).data
    await stage.hear(HANG, "/tinhhinh")
    for one in (data, stage.button(HANG, PROOF).data, f"{data}:1"):
        (answer,) = await stage.hear(who, Press(one))
        assert not answer.papers
        assert "bao-cao" not in words_of(answer)


async def test_a_set_comes_back_as_one_and_a_long_row_of_files_in_pages(stage: Stage) -> None:
    for number in range(8):
        await kept(stage, f"{number}.pdf", "2", make_pdf(f"Tờ số {number}"))
    await kept(stage, "a.jpg", "2", picture("red"), album="A1")
    for name, colour in (("b.jpg", "blue"), ("c.jpg", "white")):
        await kept(stage, name, "", picture(colour), album="A1")
    await stage.talk((QUAN, "/viec 2", "[Minh chứng (11)]"))
    first = await fetch(stage, QUAN, PROOF)
    assert [name for name, _ in first] == [f"{number}.pdf" for number in range(8)]
    assert [name for name, _ in await fetch(stage, QUAN, "Xem tiếp")] == ["a.jpg", "b.jpg", "c.jpg"]


async def test_the_same_file_at_two_lines_comes_once(stage: Stage) -> None:
    await kept(stage, "bao-cao.pdf", "1.1 xong. 1.2 xong")
    await stage.hear(QUAN, "/viec")
    assert await fetch(stage, QUAN, PROOF) == [("bao-cao.pdf", PDF)]


async def test_a_file_that_is_gone_from_the_server_is_told_of_and_the_others_come(stage: Stage) -> None:
    await kept(stage, "bao-cao.pdf", "1")
    (gone,) = stored(stage)
    await kept(stage, "anh.jpg", "1", picture())
    for path in stage.database.path.parent.rglob(gone):
        path.unlink()
    await stage.hear(QUAN, "/viec 1")
    (answer,) = await stage.hear(QUAN, Tap(PROOF))
    assert [paper.name for paper in answer.papers] == ["anh.jpg"]
    assert "Không còn trên máy chủ nên không gửi lại được: bao-cao.pdf" in words_of(answer)


async def test_a_file_that_was_dropped_does_not_come_back(stage: Stage) -> None:
    await kept(stage, "bao-cao.pdf", "1")
    await stage.hear(QUAN, "/viec 1")
    await stage.hear(QUAN, Tap("Bỏ tệp"))
    await stage.talk((QUAN, Tap(PROOF), "Chưa có tệp minh chứng"))


async def test_a_name_cannot_play_tricks(stage: Stage) -> None:
    await kept(stage, "../../.bashrc\u202egpj.exe", "1", picture())
    await stage.hear(QUAN, "/viec 1")
    assert [name for name, _ in await fetch(stage, QUAN, PROOF)] == ["bashrc gpj.exe.jpg"]
