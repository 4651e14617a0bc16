"""What a system of the province reads through the API."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest

from services.reporting import status
from storage.organisation import unit_store
from tests.bot.web.api_kit import Caller, token
from tests.cast import COMPILING, HANG, LAM, LEADING, PLAN, QUAN, SILENT, SUPPORTING, TOAN, File, Stage


async def unit_ids(stage: Stage) -> dict[str, int]:
    async with stage.database.reading() as conn:
        return await unit_store.ids(conn)


async def bounded(stage: Stage, caller: Caller, **bounds: Any) -> Caller:
    """The same system with a token for some units or plans."""
    return Caller(caller.client, caller.url, (await token(stage, **bounds)).token)


async def test_plans_are_listed_and_read(stage: Stage, caller: Caller) -> None:
    (plan,) = await caller.items("/plans")
    assert (plan["number"], plan["state"], plan["coordinator"]) == ("33/KH-UBND", "live", COMPILING)
    assert await caller.read(f"/plans/{plan['id']}") == plan


async def test_what_units_owe_is_listed(stage: Stage, caller: Caller) -> None:
    owed = await caller.items("/assignments")
    leading = [each for each in owed if each["unit"] == LEADING]
    assert sorted((each["due_on"], each["kind"]) for each in leading) == [
        ("2026-06-15", "report"),
        ("2026-06-30", "duty"),
        ("2026-11-15", "report"),
    ]
    assert {each["state"] for each in owed} == {"not_started"}
    assert {each["timeliness"] for each in owed} == {"in_time"}
    assert await caller.read(f"/assignments/{owed[0]['id']}") == owed[0]


async def test_assignments_are_chosen_by_plan_unit_state_and_due_date(stage: Stage, caller: Caller) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    ids = await unit_ids(stage)
    assert len(await caller.items(f"/assignments?plan=1&unit={ids[LEADING]}")) == 3
    (done,) = await caller.items("/assignments?state=done")
    assert (done["unit"], done["due_on"], done["finished_on"]) == (LEADING, "2026-06-15", "2026-06-01")
    june = await caller.items("/assignments?due_from=2026-06-01&due_to=2026-06-30")
    assert {each["due_on"] for each in june} == {"2026-06-15", "2026-06-30"}
    assert await caller.items("/assignments?plan=77") == []


async def test_progress_is_told_as_it_was_said_without_who_said_it(stage: Stage, caller: Caller) -> None:
    await stage.talk(
        (QUAN, "1.1 vướng, thiếu kinh phí", "Đã ghi"), (TOAN, "1 xong, BC số 9/BC-SCT", "Đã ghi")
    )
    first, second = await caller.items("/progress")
    assert (first["text"], first["blocked"], first["kind"]) == ("vướng, thiếu kinh phí", True, "said")
    assert first["duty_id"] is not None
    assert (second["state"], second["documents"]) == ("done", ["9/BC-SCT"])
    answer = await caller.ask("/progress")
    assert QUAN.name not in answer.text
    assert TOAN.name not in answer.text


async def test_progress_is_chosen_by_plan_assignment_and_moment(stage: Stage, caller: Caller) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    stage.clock.let_pass(hours=3)
    await stage.talk((TOAN, "1 xong", "Đã ghi"))
    first, second = await caller.items("/progress?plan=1")
    assert await caller.items(f"/progress?assignment={first['assignment_id']}") == [first]
    assert await caller.items("/progress?since=2026-06-01T11:00:00%2B07:00") == [second]


async def test_what_was_taken_back_is_told_no_more(stage: Stage, caller: Caller) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    await stage.hear(QUAN, stage.button(QUAN, "Hoàn tác").label)
    assert await caller.items("/progress") == []


async def test_words_that_wait_for_the_leader_stay_within_the_unit(stage: Stage, caller: Caller) -> None:
    await stage.hear(LAM, "/duyet bat")
    await stage.hear(QUAN, "1 xong")
    assert await caller.items("/progress") == []


async def test_the_standing_has_the_figures_of_everywhere_else(stage: Stage, caller: Caller) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"))
    told = await caller.read("/plans/1/standing")
    async with stage.database.reading() as conn:
        stands = await status.standing(conn, 1, date(2026, 6, 1))
    assert told["day"] == "2026-06-01"
    assert (
        told["tally"]
        == asdict(stands.tally)
        == {
            "done_in_time": 1,
            "done_late": 0,
            "open_in_time": 2,
            "open_late": 0,
        }
    )
    assert told["figures"] == asdict(stands.figures)
    assert [unit["unit"] for unit in told["units"]] == [unit.unit for unit in stands.units]
    assert (told["asked"], told["reported"]) == (3, 1)


async def test_the_ledger_tells_which_nudges_went_out_and_what_they_asked_for(
    stage: Stage, caller: Caller
) -> None:
    await stage.nudged("2026-06-10 08:00")
    nudges = await caller.items("/nudges?from=2026-06-10&to=2026-06-10")
    of_leading = [nudge for nudge in nudges if LEADING in nudge["units"]]
    assert [(nudge["role"], nudge["state"], nudge["channel"]) for nudge in of_leading] == [
        ("focal", "sent", "Memory")
    ]
    assert of_leading[0]["answered_at"] is None
    assert of_leading[0]["assignments"]
    stage.clock.let_pass(minutes=30)
    await stage.hear(QUAN, "1 xong")
    again = await caller.items("/nudges?from=2026-06-01&to=2026-06-30")
    assert [nudge["answered_at"] is not None for nudge in again if LEADING in nudge["units"]] == [True]
    assert await caller.items("/nudges?from=2026-06-11&to=2026-06-11") == []
    assert QUAN.name not in (await caller.ask("/nudges?from=2026-06-10&to=2026-06-10")).text


@pytest.mark.parametrize("limit", [1, 2])
async def test_pages_follow_each_other_without_gap_or_double(
    stage: Stage, caller: Caller, limit: int
) -> None:
    await stage.nudged("2026-06-10 08:00")
    for path in ("/assignments", "/units", "/nudges?from=2026-06-10&to=2026-06-10"):
        joint = "&" if "?" in path else "?"
        whole = await caller.items(path)
        assert len(whole) > 1
        assert await caller.items(f"{path}{joint}limit={limit}") == whole


async def test_a_page_links_to_the_next_one(stage: Stage, caller: Caller) -> None:
    first = await caller.ask("/assignments?limit=2&plan=1")
    link = first.headers["link"]
    assert link.endswith('; rel="next"')
    second = await caller.client.get(
        first.url.join(link[1 : link.index(">")]), headers=dict(first.request.headers)
    )
    assert second.json()["items"][0]["id"] > first.json()["items"][-1]["id"]


# ---- what a token is bound to


async def test_a_token_of_some_units_sees_nothing_of_others(stage: Stage, caller: Caller) -> None:
    await stage.talk((QUAN, "1 xong", "Đã ghi"), (TOAN, "1 đang làm", "Đã ghi"))
    await stage.nudged("2026-06-10 08:00")
    theirs = await bounded(stage, caller, units=[SUPPORTING])
    owed = await theirs.items("/assignments")
    assert {each["unit"] for each in owed} == {SUPPORTING}
    assert [unit["name"] for unit in await theirs.items("/units")] == [SUPPORTING]
    assert [each["text"] for each in await theirs.items("/progress")] == ["đang làm"]
    standing = await theirs.read("/plans/1/standing")
    assert [unit["unit"] for unit in standing["units"]] == [SUPPORTING]
    nudges = await theirs.items("/nudges?from=2026-06-10&to=2026-06-10")
    assert {unit for nudge in nudges for unit in nudge["units"]} == {SUPPORTING}
    assert {id_ for nudge in nudges for id_ in nudge["assignments"]} <= {each["id"] for each in owed}
    (foreign, *_) = [each for each in await caller.items("/assignments") if each["unit"] == LEADING]
    assert (await theirs.ask(f"/assignments/{foreign['id']}")).status_code == 404
    assert await theirs.items(f"/progress?assignment={foreign['id']}") == []


async def test_a_token_of_another_plan_sees_nothing_of_this_one(stage: Stage, caller: Caller) -> None:
    other = await bounded(stage, caller, plans=[77])
    for path in ("/plans", "/units", "/assignments", "/progress", "/nudges?from=2026-06-01&to=2026-06-30"):
        assert await other.items(path) == []
    for path in ("/plans/1", "/plans/1/standing", "/assignments/1"):
        assert (await other.ask(path)).status_code == 404


async def test_a_unit_that_is_asked_for_nothing_opens_no_plan(stage: Stage, caller: Caller) -> None:
    idle = await bounded(stage, caller, units=["Sở Tài chính"])
    assert await idle.items("/plans") == []
    assert (await idle.ask("/plans/1/standing")).status_code == 404
    asked = await bounded(stage, caller, units=[SILENT])
    assert [plan["id"] for plan in await asked.items("/plans")] == [1]


async def test_a_draft_is_not_shown(stage: Stage, caller: Caller) -> None:
    await stage.hear(HANG, File("khac.txt", PLAN.replace("33/KH", "34/KH").encode()))
    assert [plan["number"] for plan in await caller.items("/plans")] == ["33/KH-UBND"]
    assert (await caller.ask("/plans/2")).status_code == 404
