"""Whoever has joined sees what is held about them and takes it back; the unit's record stays without them."""

import asyncio
import json
from datetime import date, datetime, timedelta

import pytest
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import load_texts
from domain.common.text import fold
from handlers.common.conversation import Outgoing, to_json
from storage.common import audit_log, inbox, outbox, page_message_store
from storage.organisation import handout_store, people_store, retention
from tests.cast import (
    HANG,
    LAM,
    LEADING,
    NGOAN,
    QUAN,
    STRANGER,
    SUPPORTING,
    TOAN,
    File,
    Somebody,
    Stage,
    Tap,
    words_of,
)
from tests.handlers.assignments.test_evidence_chat import picture

PHOTO = picture("navy")
VACANT = f"{LEADING} không còn đầu mối"


async def rows(stage: Stage, statement: str, *values: object) -> list[tuple[object, ...]]:
    async with stage.database.reading() as conn:
        return [tuple(row) for row in await conn.exec_driver_sql(statement, tuple(values))]


async def person_of(stage: Stage, who: Somebody) -> int:
    ((person,),) = await rows(stage, "SELECT person_id FROM account WHERE chat = ?", who.chat)
    return int(str(person))


async def person_id(conn: AsyncConnection, who: Somebody) -> int:
    found = await people_store.find(conn, "memory", who.chat, date(2026, 6, 12))
    assert found is not None
    return found.id


async def everywhere(stage: Stage) -> str:
    """All that the database holds in any table."""
    tables = [
        str(name) for (name,) in await rows(stage, "SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    return repr([await rows(stage, f"SELECT * FROM {name}") for name in tables])  # noqa: S608 - names of ours


async def test_a_person_is_told_all_that_is_held(stage: Stage) -> None:
    await stage.talk((QUAN, "1 được 40%", "Đã ghi"), (QUAN, "2 xin lùi đến 10/7", "gia hạn"))
    await stage.nudged("2026-06-02 08:00")
    told = await stage.say(QUAN, "/dulieu")
    for words in (
        QUAN.name,
        f"mã {QUAN.chat}",
        f"đầu mối {LEADING}, từ 4/5/2026",
        "Đồng ý ngày 4/5/2026, bản thông báo 2026-11-vi-",
        "Đã báo cáo 1 lần · xin gia hạn 1 lần",
        "365 ngày sau đó",
        "/rut",
        "/xoa",
    ):
        assert words in told


async def test_whoever_has_left_is_told_until_when_it_is_kept(stage: Stage) -> None:
    await stage.talk((NGOAN, "/mydata", (NGOAN.name, "đến 4/5/2026", "Lưu đến ngày 4/5/2027")))


@pytest.mark.parametrize("said", ["/dulieu", "/rut", "/xoa"])
async def test_a_stranger_has_nothing_to_be_told_or_erased(stage: Stage, said: str) -> None:
    await stage.talk((STRANGER, said, "mã tham gia"))


@pytest.mark.parametrize("said", ["/xoa", "/rut"])
async def test_whoever_thinks_better_of_it_keeps_everything(stage: Stage, said: str) -> None:
    before = await stage.everything()
    await stage.talk((QUAN, said, (LEADING, "đầu mối")), (QUAN, "không, giữ nguyên", "vẫn như trước"))
    assert await stage.everything() == before


async def test_an_erased_person_is_found_nowhere_and_their_unit_s_record_stays(stage: Stage) -> None:
    await stage.nudged("2026-06-01 09:30")
    await stage.talk((QUAN, "1 xong, BC số 12/BC-SNgV", "hoàn thành"))
    person = await person_of(stage, QUAN)
    await stage.talk((QUAN, "/xoa", "không lấy lại được"), (QUAN, Tap("Xóa dữ liệu"), "Đã xóa dữ liệu"))
    left = await everywhere(stage)
    assert QUAN.name not in left
    assert QUAN.chat not in left
    ((name, erased),) = await rows(stage, "SELECT name, erased_at FROM person WHERE id = ?", person)
    assert (name, erased is not None) == ("", True)
    assert await rows(stage, "SELECT * FROM outgoing WHERE person_id = ? AND words IS NOT NULL", person) == []
    await stage.talk((HANG, "/tonghop", "12/BC-SNgV"), (LAM, "/viec", "Đã hoàn thành: 1"))
    async with stage.database.reading() as conn:
        assert (await audit_log.verify(conn)).broken is None


def bytes_of(stage: Stage) -> dict[str, bytes]:
    """Every file beside the database, the evidence too, by its path."""
    folder = stage.database.path.parent
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_no_byte_of_an_erased_person_is_left_in_any_file_the_moment_they_are_told(stage: Stage) -> None:
    """What waits for others, what others may press, what is received and logged: all at once."""
    await stage.nudged("2026-06-12 08:00")
    await stage.joins(Somebody("c-my", "Sùng Thị Mỷ", LEADING))
    await stage.talk(
        (QUAN, "1 được 40%", "Đã ghi"),
        (QUAN, "2 xin lùi đến 10/7", "gia hạn"),
        (HANG, "ai chưa có đầu mối", "gọi điện"),
        (LAM, "/nghi mai", QUAN.name),
        (QUAN, "/nghi 15/6 thay: lâm", LAM.name),
    )
    await stage.program.intake._dispatcher.note_reach("memory", QUAN.chat, stage.clock.now(), reachable=False)
    async with stage.database.writing() as conn:
        waiting = to_json((Outgoing(Markup("{} đã duyệt").format(QUAN.name)),))
        await outbox.put_notice(conn, [await person_id(conn, LAM)], date(2026, 6, 12), "approved", waiting)
        await _told_elsewhere(conn, stage.clock.now())
    lanes = [stage.hear(QUAN, f"trời đẹp quá {'!' * length}") for length in range(0, 900, 60)]
    await asyncio.gather(*lanes)  # stored one by one, blanked one by one: holes of many sizes
    await stage.talk((QUAN, File("ảnh.jpg", PHOTO), "việc nào"), (QUAN, "/xoa", "không lấy lại được"))
    traces = [trace.encode() for trace in (QUAN.name, QUAN.chat, fold(QUAN.name))]
    assert any(trace in data for data in bytes_of(stage).values() for trace in traces)
    await stage.talk((QUAN, Tap("Xóa dữ liệu"), "Đã xóa"))
    left = [(path, trace) for path, data in bytes_of(stage).items() for trace in traces if trace in data]
    assert left == []
    before = len(stage.channel.to(LAM))
    await stage.post()
    sent = [words_of(told) for told in stage.channel.to(LAM)[before:]]
    assert any("… đã duyệt" in told for told in sent)
    assert not any(QUAN.name in told for told in sent)


async def _told_elsewhere(conn: AsyncConnection, now: datetime) -> None:
    """Name somebody on the page of another, and on buttons there and in a letter."""
    page = str(Markup("{} đã xong").format(QUAN.name))
    button = f"Giao cho {QUAN.name}"
    await page_message_store.add(conn, "page-of-lam", now, page, theirs=False, choices=[[(button, "a:1")]])
    await handout_store.add_button(conn, "key", "mail", "lam@x.example", button, "a:1", now)


async def test_what_an_erased_person_said_last_is_not_kept_until_the_next_start(stage: Stage) -> None:
    """A program that died has left lines that nobody handles any more once their sender is erased."""
    rows_ = [("u-9001", QUAN.chat, {"sender": QUAN.chat, "name": QUAN.name, "text": "1 xong"})]
    async with stage.database.writing() as conn:
        await inbox.store(conn, "memory", rows_, stage.clock.now())
    await stage.talk((QUAN, "/xoa", "Xóa"), (QUAN, Tap("Xóa dữ liệu"), "Đã xóa"))
    assert QUAN.name not in await everywhere(stage)
    again = await stage.restarted()
    await again.program.intake.resume(again.channel)
    await again.program.intake.idle()
    assert QUAN.chat not in await everywhere(again)


async def test_a_reader_does_not_keep_the_log(stage: Stage) -> None:
    await stage.talk((QUAN, "/xoa", "Xóa"))
    async with stage.database.reading() as conn:
        await conn.exec_driver_sql("SELECT * FROM person")
        telling = asyncio.create_task(stage.hear(QUAN, Tap("Xóa dữ liệu")))
        await asyncio.sleep(1)
    await telling
    assert not any(QUAN.name.encode() in data for data in bytes_of(stage).values())


async def test_every_connection_overwrites_what_is_deleted(stage: Stage) -> None:
    async with stage.database.reading() as conn:
        assert (await conn.exec_driver_sql("PRAGMA secure_delete")).scalar_one() == 1
    async with stage.database.writing() as conn:
        assert (await conn.exec_driver_sql("PRAGMA secure_delete")).scalar_one() == 1


async def test_an_erased_person_is_a_stranger_and_may_join_anew(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "/xoa", "Xóa"), (QUAN, Tap("Xóa dữ liệu"), "Đã xóa"), (QUAN, "/viec", "mã tham gia")
    )
    assert [sent for sent in await stage.nudged("2026-06-12 08:00") if sent.chat == QUAN.chat] == []
    await stage.joins(QUAN)
    await stage.talk((QUAN, "/viec", LEADING), (QUAN, "/dulieu", "Đã báo cáo 0 lần"))


async def test_the_coordinator_s_notice_about_an_erased_person_loses_their_name(stage: Stage) -> None:
    await stage.program.intake._dispatcher.note_reach("memory", QUAN.chat, stage.clock.now(), reachable=False)
    await stage.post()
    assert QUAN.name in words_of(stage.channel.to(HANG)[-1])
    await stage.talk((QUAN, "/xoa", "Xóa"), (QUAN, Tap("Xóa dữ liệu"), "Đã xóa"))
    assert QUAN.name not in await everywhere(stage)


@pytest.mark.parametrize(
    ("command", "button"), [("/thoi", "Thôi phụ trách"), ("/rut", "Rút đồng ý"), ("/xoa", "Xóa dữ liệu")]
)
async def test_however_somebody_goes_the_coordinator_hears_of_the_empty_seat(
    stage: Stage, command: str, button: str
) -> None:
    await stage.talk((QUAN, command, LEADING), (QUAN, Tap(button), ("Đã", "mã mới")))
    await stage.post()
    (told,) = [
        words_of(delivered) for delivered in stage.channel.to(HANG) if "không còn" in words_of(delivered)
    ]
    assert VACANT in told
    assert QUAN.name not in told


async def test_a_seat_that_a_colleague_holds_as_well_is_not_empty(stage: Stage) -> None:
    await stage.joins(Somebody("c-hai", "Giàng A Pó", LEADING))
    await stage.talk((QUAN, "/rut", LEADING), (QUAN, Tap("Rút đồng ý"), "Đã rút"))
    await stage.post()
    assert not [delivered for delivered in stage.channel.to(HANG) if "không còn" in words_of(delivered)]


async def test_nothing_more_is_sent_to_whoever_withdrew(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "2 xin lùi đến 10/7", "gia hạn"),
        (QUAN, "/rut", "rút đồng ý"),
        (QUAN, Tap("Rút đồng ý"), "Sẽ không nhắn gì"),
    )
    await stage.post()
    before = len(stage.channel.to(QUAN))
    await stage.talk((HANG, Tap("Đồng ý gia hạn"), "Đã đồng ý"))
    await stage.nudged("2026-06-12 08:00")
    assert len(stage.channel.to(QUAN)) == before
    await stage.talk((QUAN, "/viec", "không còn phụ trách"), (QUAN, "/dulieu", "Anh/chị đã rút đồng ý"))


async def test_whoever_withdrew_and_comes_back_is_asked_anew(stage: Stage) -> None:
    await stage.talk((QUAN, "/rut", "rút"), (QUAN, Tap("Rút đồng ý"), "Đã rút"))
    code = await stage.code(LEADING, "focal")
    stage.clock.let_pass(days=1)
    await stage.talk(
        (QUAN, f"/start {code}", "có đồng ý không"),
        (QUAN, "đồng ý", QUAN.name),
        (QUAN, "/dulieu", "Đồng ý ngày 2/6/2026"),
    )
    sent = await stage.nudged("2026-06-10 08:00")
    assert any(one.chat == QUAN.chat for one in sent)


async def test_the_words_that_were_agreed_to_are_kept_under_their_version(stage: Stage) -> None:
    facts = await rows(stage, "SELECT name, value FROM fact WHERE name LIKE 'notice %'")
    kept = {fact[0]: fact[1] for fact in facts}
    ((version, at),) = await rows(
        stage, "SELECT DISTINCT consent_version, consented_at FROM person ORDER BY id LIMIT 1"
    )
    assert kept[f"notice {version}"] == load_texts("vi").sentences["start.notice"]
    assert str(at).startswith("2026-05-04 02:00")


async def test_whoever_left_long_ago_is_erased_on_the_day_that_was_told(stage: Stage) -> None:
    keep = timedelta(days=365)
    last_day = stage.clock.now().replace(year=2027, month=5, day=3)
    await stage.talk((TOAN, "/thoi", SUPPORTING), (TOAN, Tap("Thôi phụ trách"), "đã thôi"))
    async with stage.database.writing() as conn:
        assert await retention.tidy(conn, last_day, keep) == 0
        assert await retention.tidy(conn, last_day + timedelta(days=2), keep) == 1
        assert await retention.tidy(conn, last_day + timedelta(days=2), keep) == 0
    left = await everywhere(stage)
    assert NGOAN.name not in left
    assert TOAN.name in left
    assert QUAN.name in left
    async with stage.database.reading() as conn:
        assert (await audit_log.listing(conn))[-1].what == "expired"
        assert (await audit_log.verify(conn)).broken is None


async def test_what_was_sent_and_received_is_blanked_in_its_time(stage: Stage) -> None:
    await stage.talk((QUAN, "1 xin lùi đến 22/6", "gia hạn"))
    await stage.post()
    keep = timedelta(days=30)
    async with stage.database.writing() as conn:
        await retention.tidy(conn, stage.clock.now() + timedelta(days=29), keep)
    assert await rows(stage, "SELECT 1 FROM outgoing WHERE words IS NOT NULL") != []
    assert await rows(stage, "SELECT 1 FROM incoming WHERE received_at > '2026-05-31'") != []
    async with stage.database.writing() as conn:
        await retention.tidy(conn, stage.clock.now() + timedelta(days=32), keep)
    assert await rows(stage, "SELECT 1 FROM outgoing WHERE words IS NOT NULL") == []
    assert await rows(stage, "SELECT 1 FROM incoming") == []


async def test_what_a_stranger_was_asked_goes_with_the_day(stage: Stage) -> None:
    await stage.talk((STRANGER, f"/start {await stage.code(LEADING, 'focal')}", "có đồng ý không"))
    for hours, left in ((11, 1), (13, 0)):
        async with stage.database.writing() as conn:
            await retention.tidy(conn, stage.clock.now() + timedelta(hours=hours), timedelta(days=365))
        assert len(await rows(stage, "SELECT 1 FROM dialog WHERE chat = ?", STRANGER.chat)) == left


async def test_no_line_of_the_audit_names_anybody(stage: Stage) -> None:
    await stage.talk(
        (QUAN, "1 xong, do anh Trần Minh Quân làm", "Đã ghi"),
        (QUAN, "/dulieu", QUAN.name),
        (QUAN, "/xoa", "Xóa"),
        (QUAN, Tap("Xóa dữ liệu"), "Đã xóa"),
        (STRANGER, "/start ABCD-2345", "không đúng"),
        (STRANGER, "/viec của Người Lạ", "mã tham gia"),
    )
    told = json.dumps(await rows(stage, "SELECT what, about, was, became FROM audit"), ensure_ascii=False)
    for who in (QUAN, LAM, HANG, TOAN, NGOAN, STRANGER):
        assert who.name not in told
        assert who.chat not in told
