"""Files that show what was done: kept beside their item, in sets, or refused and not kept at all."""

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from config.texts import load_texts
from tests.cast import HANG, LAM, QUAN, SILENCE, STRANGER, TOAN, File, Press, Saying, Stage, Tap, words_of
from tests.documents.making import make_docx, make_pdf


def picture(colour: str = "green") -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


PDF = make_pdf("BÁO CÁO\nKết quả mời đoàn khách thăm vùng chè\n1. Đã mời hai đoàn.")
PHOTO = File("photo.jpg", picture())
REPORT = File("bao-cao-87.pdf", PDF)


def stored(stage: Stage) -> set[str]:
    """The names of all files that lie beside the database."""
    folder = Path(stage.database.path).with_name(f"{Path(stage.database.path).name}.files")
    return {path.name for path in folder.rglob("*") if path.is_file()}


async def rows(stage: Stage) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        sql = (
            "SELECT evidence.name, assignment.due_on, duty.text, progress.text, album FROM evidence"
            " JOIN assignment ON assignment.id = evidence.assignment_id"
            " LEFT JOIN duty ON duty.id = evidence.duty_id"
            " LEFT JOIN progress ON progress.id = progress_id ORDER BY evidence.id"
        )
        return [tuple(row) for row in await conn.exec_driver_sql(sql)]


async def test_a_file_with_a_word_on_an_item_is_kept_beside_it(stage: Stage) -> None:
    file = File("bao-cao-87.pdf", PDF, caption="1 xong, BC số 87/BC-SNgV")
    await stage.talk(
        (QUAN, file, ("Đã lưu tệp bao-cao-87.pdf cho việc 1", "Đã ghi việc 1: hoàn thành", "[Bỏ tệp]")),
    )
    assert await rows(stage) == [
        ("bao-cao-87.pdf", "2026-06-15", None, "xong, BC số 87/BC-SNgV", None),
    ]
    assert stored(stage) == {hashlib.sha256(PDF).hexdigest()}


async def test_the_unit_sees_how_many_files_there_are(stage: Stage) -> None:
    for name, colour in (("a.jpg", "red"), ("b.jpg", "blue")):
        await stage.hear(QUAN, File(name, picture(colour), caption="1.2"))
    await stage.hear(QUAN, File("c.pdf", PDF, caption="2"))
    told = await stage.say(LAM, "/viec")
    (line,) = [part for part in told.split("\n") if part.startswith("1.2 ")]
    (whole,) = [part for part in told.split("\n") if part.startswith("2. ")]
    assert line.endswith("2 tệp")
    assert whole.endswith("1 tệp")


@pytest.mark.parametrize("caption", ["2", "việc 2", "2: ảnh thư mời"])
async def test_a_number_beside_a_file_is_enough(stage: Stage, caption: str) -> None:
    await stage.talk((QUAN, File("x.jpg", picture(), caption=caption), "cho việc 2. Chủ trì gửi thư mời"))
    assert [row[:4] for row in await rows(stage)] == [("x.jpg", "2026-06-30", None, None)]
    assert len((await stage.everything())["progress"]) == 0


async def test_a_few_words_beside_a_file_tell_its_item(stage: Stage) -> None:
    await stage.talk(
        (QUAN, File("bia.jpg", picture(), caption="dịch sách xong"), ("cho việc 1.2", "hoàn thành"))
    )
    ((name, _, duty, said, _),) = await rows(stage)
    assert (name, said) == ("bia.jpg", "dịch sách xong")
    assert str(duty).startswith("Dịch sách")


async def test_a_file_without_a_word_is_asked_about_and_kept_meanwhile(stage: Stage) -> None:
    await stage.talk((QUAN, REPORT, ("là của việc nào", "[1. Báo cáo 6 tháng", "[2. Chủ trì gửi")))
    assert await rows(stage) == []
    restarted = await stage.restarted()
    await restarted.talk((QUAN, "2", "Đã lưu tệp bao-cao-87.pdf cho việc 2"))
    assert [row[:2] for row in await rows(stage)] == [("bao-cao-87.pdf", "2026-06-30")]


async def test_what_is_typed_to_that_question_is_an_update_too(stage: Stage) -> None:
    await stage.talk(
        (QUAN, REPORT, "là của việc nào"),
        (QUAN, "2 xong, CV số 8/SNgV-VP", ("cho việc 2", "Đã ghi việc 2: hoàn thành", "8/SNgV-VP")),
    )
    assert (await rows(stage))[0][3] == "xong, CV số 8/SNgV-VP"


async def test_a_file_is_for_what_alone_is_asked_for(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")
    await stage.talk((TOAN, REPORT, "cho việc 1. Báo cáo 6 tháng đầu năm 2026"))


async def test_a_file_answers_the_nudge_that_it_replies_to(stage: Stage) -> None:
    await stage.nudged("2026-06-04 08:00")  # the report of 15/6
    asked = next(
        delivered
        for delivered in stage.channel.sent
        if delivered.chat == QUAN.chat and "có 1 việc" in words_of(delivered.message)
    )
    await stage.nudged("2026-06-10 08:00")  # two items
    await stage.talk((QUAN, File("x.pdf", PDF, reply_to=asked.id), "cho việc 1. Báo cáo 6 tháng"))


async def test_a_proof_that_follows_the_word_is_offered_the_item_that_was_done(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "2 xong, CV số 8/SNgV-VP", "hoàn thành"),
        (QUAN, PHOTO, ("là của việc nào", "[2. Chủ trì gửi", "[1. Báo cáo")),
        (QUAN, Tap("2."), "Đã lưu tệp photo.jpg cho việc 2"),
    )


async def test_an_album_is_one_set_with_one_answer(stage: Stage) -> None:
    first = File("1.jpg", picture("red"), caption="1.1 xong", album="A7")
    await stage.talk(
        (QUAN, first, ("Đã nhận bộ ảnh, tệp cho việc 1.1", "1.1: hoàn thành")),
        (QUAN, File("2.jpg", picture("blue"), album="A7"), SILENCE),
        (QUAN, File("3.jpg", picture("white"), album="A7"), SILENCE),
        (QUAN, "/viec 1", "3 tệp"),
    )
    assert {(row[3], row[4]) for row in await rows(stage)} == {("xong", "A7")}


async def test_an_album_without_a_word_is_asked_about_once(stage: Stage) -> None:
    await stage.talk(
        (QUAN, File("1.jpg", picture("red"), album="A8"), "là của việc nào"),
        (QUAN, File("2.jpg", picture("blue"), album="A8"), SILENCE),
        (QUAN, Tap("2."), "Đã nhận bộ ảnh, tệp cho việc 2"),
        (QUAN, File("3.jpg", picture("white"), album="A8"), SILENCE),
    )
    assert [row[0] for row in await rows(stage)] == ["1.jpg", "2.jpg", "3.jpg"]


async def test_a_set_is_dropped_with_one_tap_within_ten_minutes(stage: Stage) -> None:
    await stage.hear(QUAN, File("1.jpg", picture("red"), caption="2", album="A9"))
    await stage.hear(QUAN, File("2.jpg", picture("blue"), album="A9"))
    drop = stage.button(QUAN, "Bỏ tệp")
    await stage.talk((TOAN, Press(drop.data), "Không bỏ được"), (QUAN, Tap("Bỏ tệp"), "Đã bỏ 2 tệp"))
    assert await rows(stage) == []
    await stage.hear(QUAN, File("1.jpg", picture("red"), caption="2"))
    stage.clock.let_pass(minutes=11)
    await stage.talk((QUAN, Tap("Bỏ tệp"), "Không bỏ được"))
    assert len(await rows(stage)) == 1


async def test_the_same_file_is_not_kept_twice_beside_one_item(stage: Stage) -> None:
    again = File("bao-cao-87.pdf", PDF, caption="2")
    await stage.talk((QUAN, again, "Đã lưu tệp"), (LAM, again, "đã có ở việc 2"))
    assert len(await rows(stage)) == 1


MARKED = [
    File("bao-cao.docx", make_docx("UBND TỈNH HÀ KHÊ\nMẬT\nKết quả thực hiện"), caption="1 xong"),
    File("bao-cao.pdf", make_pdf("TỐI MẬT\nKết quả thực hiện")),
    File("BC TỐI MẬT.pdf", PDF, caption="1 xong"),
    File("bao-cao.pdf", PDF, caption="1 xong (MẬT)"),
]


@pytest.mark.parametrize("file", MARKED)
async def test_what_bears_a_secrecy_mark_is_refused_and_lies_nowhere(stage: Stage, file: File) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, file, ("mức độ mật", "không lưu lại")))
    assert stored(stage) == set()
    assert await rows(stage) == []
    assert await stage.everything() == before


async def test_the_rest_of_a_set_whose_caption_is_marked_is_refused_with_it(stage: Stage) -> None:
    await stage.talk(
        (QUAN, File("1.jpg", picture("red"), caption="1 xong (MẬT)", album="B1"), "mức độ mật"),
        (QUAN, File("2.jpg", picture("blue"), album="B1"), SILENCE),
    )
    assert stored(stage) == set()
    await stage.talk((QUAN, File("3.jpg", picture("blue"), caption="2"), "Đã lưu tệp"))


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (File("clip.mp4", b"\0\0\0\x18ftypmp42", caption="1 xong"), "ảnh (JPG, PNG), PDF, Word hoặc Excel"),
        (File("virus.pdf", b"MZ\x90\0"), "ảnh (JPG, PNG), PDF, Word hoặc Excel"),
        (File("hong.pdf", b"%PDF-1.7"), "bị hỏng hoặc có mật khẩu"),
        (File("rong.pdf", b""), "không có nội dung"),
        (File("to.pdf", b"", size=21 * 2**20), "20 MB"),
    ],
)
async def test_another_kind_is_refused_with_what_to_send_instead(stage: Stage, file: File, told: str) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, file, told))
    assert stored(stage) == set()
    assert await stage.everything() == before


async def test_a_download_that_fails_leaves_nothing(stage: Stage) -> None:
    stage.channel.loses_files = True
    before = await stage.everything()
    await stage.talk((QUAN, File("x.pdf", PDF, caption="1 xong"), ("Không tải được", "Đề nghị gửi lại")))
    assert stored(stage) == set()
    assert await stage.everything() == before


async def test_a_disk_that_takes_nothing_is_told_of(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.assignments.evidence_files.EvidenceStore.put", full)
    await stage.talk((QUAN, File("x.pdf", PDF, caption="1 xong"), "chưa lưu được tệp"))
    assert await rows(stage) == []
    stage.faults = [one for one in stage.log if one["event"] == "evidence_not_stored"]
    assert stage.faults


async def test_a_stranger_and_a_coordinator_leave_no_evidence(stage: Stage) -> None:
    await stage.talk((STRANGER, REPORT, "mã tham gia"), (HANG, REPORT, "nhiệm vụ"))
    assert stored(stage) == set()


async def test_a_file_for_what_is_not_theirs_cannot_be_put_there(stage: Stage) -> None:
    await stage.talk((QUAN, REPORT, "là của việc nào"))
    async with stage.database.reading() as conn:
        sql = "SELECT assignment.id FROM assignment JOIN unit ON unit.id = unit_id WHERE unit.name = ?"
        other = (await conn.exec_driver_sql(sql, (TOAN.unit,))).scalar()
    await stage.talk((QUAN, Press(f"file:{other}"), "Nút này đã cũ"))
    assert await rows(stage) == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reason", ["unsupported", "broken", "empty", "too_big", "not_fetched", "not_stored"])
def test_every_reason_has_a_sentence_that_escapes_the_name(reason: str, language: str) -> None:
    assert "<x>" not in load_texts(language)(f"evidence.{reason}", name="tệp <x>.pdf")


async def test_a_word_file_of_an_officer_is_evidence_and_no_plan(stage: Stage) -> None:
    document, out = Document(), BytesIO()
    document.add_paragraph("Sở Ngoại vụ chủ trì mời khách, hoàn thành trước ngày 30/6/2026")
    document.save(out)
    await stage.talk((QUAN, File("ke-hoach.docx", out.getvalue(), caption="2"), "Đã lưu tệp ke-hoach.docx"))


async def test_a_number_that_was_read_means_the_same_behind_a_question_about_a_file(stage: Stage) -> None:
    """The nudge numbered two things, a third is open: whoever goes on with "2" means what stood there."""
    await stage.nudged("2026-06-10 08:00")
    await stage.talk(
        (QUAN, "1 xong, BC số 12/BC-SNgV", "Đã ghi việc 1"),
        (QUAN, "2 được 80%", "Đã ghi việc 2"),
        (QUAN, REPORT, ("[2. Chủ trì gửi", "[1. Báo cáo 6 tháng")),
    )
    assert len({choice.label for row in stage.channel.to(QUAN)[-1].choices for choice in row}) == len(
        {choice.data for row in stage.channel.to(QUAN)[-1].choices for choice in row}
    )
    await stage.talk(
        (QUAN, Tap("2."), "cho việc 2. Chủ trì gửi thư mời"),
        (
            QUAN,
            File("x.jpg", picture(), caption="2 xong"),
            ("cho việc 2. Chủ trì gửi", "Đã ghi việc 2: hoàn thành"),
        ),
        (QUAN, "/viec", ("còn 1 việc", "3. Báo cáo năm 2026")),
    )


async def test_a_second_file_waits_beside_the_first(stage: Stage) -> None:
    await stage.talk(
        (QUAN, File("a.jpg", picture("red")), "a.jpg"),
        (QUAN, File("b.jpg", picture("blue")), "a.jpg, b.jpg"),
        (QUAN, "2", "a.jpg, b.jpg"),
    )
    assert [row[0] for row in await rows(stage)] == ["a.jpg", "b.jpg"]


@pytest.mark.parametrize("look", ["/viec", "/viec 2", "/trogiup", Tap("2 Đang làm")])
async def test_a_file_waits_while_something_else_is_looked_at(stage: Stage, look: Saying) -> None:
    await stage.say(QUAN, "/viec")
    await stage.hear(QUAN, File("a.jpg", picture()))
    await stage.hear(QUAN, look)
    await stage.talk((QUAN, "2", ("a.jpg", "việc 2")))
    assert [row[0] for row in await rows(stage)] == ["a.jpg"]


@pytest.mark.parametrize(
    "later", [File("x.exe", b"MZ"), File("MAT.pdf", PDF), File("c.jpg", b"\xff\xd8\xff")]
)
async def test_a_refused_file_leaves_those_that_wait(stage: Stage, later: File) -> None:
    await stage.hear(QUAN, File("a.jpg", picture("red")))
    await stage.hear(QUAN, later)
    await stage.talk((QUAN, "2", "a.jpg"))
    assert [row[0] for row in await rows(stage)] == ["a.jpg"]


async def test_a_file_with_a_word_of_its_own_leaves_those_that_wait(stage: Stage) -> None:
    await stage.hear(QUAN, File("a.jpg", picture("red")))
    await stage.hear(QUAN, File("b.jpg", picture("blue"), caption="2"))
    await stage.talk((QUAN, "1", "a.jpg"))
    assert sorted(str(row[0]) for row in await rows(stage)) == ["a.jpg", "b.jpg"]
