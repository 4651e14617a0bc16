"""What people read in the day's message: by the rung, by who they are, and after they have said "seen"."""

import re
from datetime import date

import pytest

from storage.common.audit_log import listing
from tests.cast import HANG, LAM, LEADING, QUAN, SUPPORTING, TOAN, Somebody, Stage, Tap, words_of
from tests.owing import days_of, live, owe

PARTY = "Văn phòng Tỉnh ủy"
DUNG = Somebody("c-dung", "Giàng A Dũng", PARTY)
CHI = Somebody("c-chi", "Hoàng Thị Chi", PARTY, "leader")
REPROACH = re.compile(r"quá hạn|quá \d+ ngày|trễ|chậm|đôn đốc|chưa trả lời", re.IGNORECASE)
FIRST = date(2026, 4, 1)


@pytest.fixture
async def april(empty: Stage) -> Stage:
    """The stage on 1 April 2026: a Wednesday; nobody owes anything yet."""
    empty.clock.set("2026-03-30 09:00")
    for who in (HANG, QUAN, LAM, TOAN, DUNG, CHI):
        await empty.joins(who)
    await empty.post()  # the unit is told of who joins
    empty.channel.sent.clear()
    return empty


def heard(stage: Stage, who: Somebody, since: int = 0) -> list[str]:
    return [words_of(outgoing) for outgoing in stage.channel.to(who)[since:]]


DUE = date(2026, 4, 22)


@pytest.mark.parametrize(
    ("day", "head"),
    [
        ("2026-04-02", "Xin báo trước: hạn 22/4, còn 14 ngày làm việc."),
        ("2026-04-13", "Xin báo trước: hạn 22/4, còn 7 ngày làm việc."),
        ("2026-04-17", "Hạn 22/4: còn 3 ngày làm việc."),
        ("2026-04-21", "Hạn 22/4: còn 1 ngày làm việc."),
        ("2026-04-22", "Hôm nay (22/4) đến hạn."),
        ("2026-04-23", "Đã quá hạn 1 ngày làm việc (hạn 22/4)."),
    ],
)
async def test_the_message_begins_with_how_urgent_it_is(april: Stage, day: str, head: str) -> None:
    await owe(april, LEADING, DUE, today=date.fromisoformat(day))
    if day > "2026-04-22":
        await april.nudged("2026-04-22 09:00")
    sent = [one for one in await april.nudged(f"{day} 09:00") if one.chat == QUAN.chat]
    told = words_of(sent[0].message)
    assert told.startswith(f"{head}\n{LEADING} có 1 việc cần báo cáo:\n")
    assert ("[Đã nhận]" in told) == head.startswith("Xin báo trước")


async def test_the_last_working_day_before_a_day_off_is_called_so(april: Stage) -> None:
    await owe(april, LEADING, date(2026, 4, 19), today=FIRST)  # a Sunday
    sent = [one for one in await april.nudged("2026-04-17 09:00") if one.chat == QUAN.chat]
    assert words_of(sent[0].message).startswith("Hôm nay là ngày làm việc cuối trước hạn 19/4.")


async def test_what_is_long_late_has_gone_to_the_coordinator(april: Stage) -> None:
    await owe(april, LEADING, date(2026, 4, 3), date(2026, 4, 6), today=FIRST)
    await live(april, days_of(FIRST, date(2026, 4, 20)))
    told = heard(april, QUAN)[-1]
    assert told.startswith("2 việc đã quá hạn, lâu nhất 11 ngày làm việc (hạn 3/4).\nViệc đã được báo đơn vị")


async def test_what_is_most_urgent_stands_first_over_all_plans(april: Stage) -> None:
    await owe(april, LEADING, date(2026, 4, 17), today=FIRST)
    await owe(april, LEADING, date(2026, 4, 7), date(2026, 4, 8), today=FIRST)
    await live(april, days_of(FIRST, date(2026, 4, 8)))
    told = heard(april, QUAN)[-1]
    assert told.startswith("Đã quá hạn 1 ngày làm việc (hạn 7/4)")
    assert re.findall(r"hạn (\d+/4), (quá|hôm nay|còn)", told) == [
        ("7/4", "quá"),
        ("8/4", "hôm nay"),
        ("17/4", "còn"),
    ]


async def test_a_leader_is_told_that_the_focal_point_has_not_answered(april: Stage) -> None:
    await owe(april, LEADING, date(2026, 4, 10), today=FIRST)
    await april.nudged("2026-04-10 09:00")
    assert f"đầu mối {QUAN.name} chưa trả lời 1 việc của {LEADING}:" in heard(april, LAM)[-1]
    await april.talk((QUAN, "1 được 60%", "60%"))
    await april.nudged("2026-04-13 09:00")
    assert f"1 việc của {LEADING} chưa xong (đầu mối: {QUAN.name}):" in heard(april, LAM)[-1]


async def test_a_leader_without_a_focal_point_is_told_so(empty: Stage) -> None:
    empty.clock.set("2026-03-30 09:00")
    await empty.joins(LAM)
    await owe(empty, LEADING, date(2026, 4, 10), today=FIRST)
    await empty.nudged("2026-04-10 09:00")
    assert f"{LEADING} chưa có đầu mối trên kênh này, có 1 việc" in heard(empty, LAM)[-1]


async def test_the_people_of_a_party_body_never_read_a_word_of_reproach(april: Stage) -> None:
    await owe(april, PARTY, date(2026, 4, 10), date(2026, 4, 12), date(2026, 4, 24), today=FIRST)
    for day in days_of(FIRST, date(2026, 5, 8)):
        await april.nudged(f"{day} 09:00")
        for who in (DUNG, CHI):
            await april.hear(who, "/viec")
    told = [*heard(april, DUNG), *heard(april, CHI)]
    nudges = [words for words in told if words.startswith("Kính đề nghị")]
    assert len(nudges) > 20
    assert any("còn 7 ngày làm việc" in words.split("\n")[0] for words in nudges)
    assert any("trong hôm nay" in words.split("\n")[0] for words in nudges)
    assert [words for words in told if REPROACH.search(words)] == []


async def test_who_works_for_a_party_body_as_well_reads_no_reproach_in_the_same_message(april: Stage) -> None:
    await april.hear(QUAN, f"/start {await april.code(PARTY, 'focal')}")
    await owe(april, LEADING, date(2026, 4, 7), today=FIRST)
    await owe(april, PARTY, date(2026, 4, 8), today=FIRST)
    await april.nudged("2026-04-08 09:00")
    told = heard(april, QUAN)[-1]
    assert told.startswith(f"Kính đề nghị {LEADING}, {PARTY} ")
    assert not REPROACH.search(told)
    assert f"{PARTY} · 50/KH-UBND" in told


async def test_over_twenty_things_are_counted_and_shown_page_by_page(april: Stage) -> None:
    due = [day for day in days_of(date(2026, 4, 1), date(2026, 5, 5)) if day.weekday() < 5]
    await owe(april, LEADING, *due[:12], today=FIRST)
    await owe(april, LEADING, *due[12:24], today=FIRST)
    await april.nudged("2026-04-16 09:00")
    told = heard(april, QUAN)[-1]
    count = int(re.findall(r"có (\d+) việc", told)[0])
    assert count > 20
    assert told.startswith(f"{11} việc đã quá hạn, lâu nhất 11 ngày làm việc (hạn 1/4)")
    assert "50/KH-UBND: quá hạn 11 · hôm nay 1" in told
    assert re.findall(r"^(\d+)\. Báo cáo", told, re.MULTILINE) == [str(n) for n in range(1, 11)]
    assert f"[Xem tất cả {count} việc]" in told
    await april.talk(
        (
            QUAN,
            Tap("Xem tất cả"),
            (f"Việc 11–20 trong {count} việc:", "11. Báo cáo", "20. Báo cáo", "Xem tiếp"),
        ),
        (QUAN, Tap("Xem tiếp"), (f"Việc 21–{count} trong", "21. Báo cáo")),
        (QUAN, "12 xong, BC số 4/BC-SNgV", ("việc 12: hoàn thành",)),
    )


async def test_twenty_things_are_all_shown(april: Stage) -> None:
    await owe(april, LEADING, *[date(2026, 4, 10)] * 20, today=FIRST)
    await april.nudged("2026-04-09 09:00")
    told = heard(april, QUAN)[-1]
    assert "20. Báo cáo" in told
    assert "Xem tất cả" not in told


# ---- told once and then silence; seen and then silence

LATE = [date(2026, 4, 23), date(2026, 4, 24), date(2026, 4, 28)]


async def test_who_is_told_once_and_stays_silent_is_told_on_every_rung_but_four_times_a_month(
    april: Stage,
) -> None:
    await owe(april, LEADING, DUE, today=FIRST)
    rang = await live(april, days_of(FIRST, date(2026, 4, 28)))
    early = [date(2026, 4, day) for day in (2, 13, 17, 22)]  # the 21st gives way to the last day
    assert rang[QUAN.chat] == [*early, *LATE]


@pytest.mark.parametrize("said", [Tap("Đã nhận"), "đã nhận ạ", "da nhan", "Ok"])
async def test_who_has_seen_it_is_spared_the_early_rungs_alone(april: Stage, said: Tap | str) -> None:
    await owe(april, LEADING, DUE, today=FIRST)
    await april.nudged("2026-04-02 09:00")
    await april.talk(
        (QUAN, said, "Đã ghi nhận anh/chị đã nhận. Tôi sẽ nhắc lại ngày 17/4."),
        (QUAN, "/viec", "đã nhận (2/4)"),
    )
    rang = await live(april, days_of(date(2026, 4, 3), date(2026, 4, 28)))
    assert rang[QUAN.chat] == [date(2026, 4, day) for day in (17, 21, 22)] + LATE
    async with april.database.reading() as conn:
        assert [audit_line.about for audit_line in await listing(conn) if audit_line.what == "seen"] == [
            "assignment 1"
        ]


async def test_seen_does_not_put_off_what_is_late(april: Stage) -> None:
    await owe(april, LEADING, date(2026, 4, 3), today=FIRST)
    days = list(days_of(FIRST, date(2026, 4, 24)))
    rang = []
    for day in days:
        rang += [day] * (QUAN.chat in {sent.chat for sent in await april.nudged(f"{day} 09:00")})
        await april.hear(QUAN, "ok")
    late = [day for day in rang if day > date(2026, 4, 3)]
    assert late == [date(2026, 4, day) for day in (6, 7, 8, 9, 10, 13, 14, 16, 20, 22, 24)]


async def test_seen_before_the_morning_spares_nobody_the_kept_rung_of_that_day(april: Stage) -> None:
    await owe(april, LEADING, DUE, today=FIRST)
    await live(april, days_of(FIRST, date(2026, 4, 16)))
    april.clock.set("2026-04-17 07:00")
    await april.talk((QUAN, "đã nhận", "nhắc lại ngày 17/4"))
    assert QUAN.chat in {sent.chat for sent in await april.nudged("2026-04-17 08:00")}


async def test_seen_counts_for_what_the_nudge_numbered_alone(april: Stage) -> None:
    await owe(april, LEADING, DUE, date(2026, 4, 23), today=FIRST)
    await april.nudged("2026-04-02 09:00")
    await april.nudged("2026-04-03 09:00")  # of the one that is due on 23 April
    await april.talk((QUAN, "đã nhận", "20/4"))
    async with april.database.writing() as conn:
        await conn.exec_driver_sql("UPDATE outgoing SET state = 'dropped'")  # these make no four a month
    rang = await live(april, days_of(date(2026, 4, 4), date(2026, 4, 16)))
    assert rang[QUAN.chat] == [date(2026, 4, 13)]  # of the other


async def test_seen_where_nothing_was_asked_is_a_courtesy(april: Stage) -> None:
    await owe(april, SUPPORTING, DUE, today=FIRST)
    await april.talk((TOAN, "ok", "Khi có kết quả"))
