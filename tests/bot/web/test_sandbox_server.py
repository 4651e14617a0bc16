"""The sandbox without a browser: its channel, its data and what it refuses."""

import asyncio
import tomllib
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from markupsafe import Markup, escape
from starlette.applications import Starlette

from bot.channels import sandbox
from bot.channels.base import Raw, SendError
from bot.channels.sandbox import Phone, RefusedError, WebChannel
from bot.web.sandbox_server import health_route
from bot.web.sandbox_view import day_label, runs
from handlers.common.conversation import Attachment, Choice, MenuEntry, Outgoing, Paper
from tests.browser.toy import TEXTS, Toy, receiving

HOST = "http://localhost:8080"


@pytest_asyncio.fixture
async def toy() -> AsyncIterator[Toy]:
    toy = Toy()
    async with receiving(toy):
        yield toy


@pytest_asyncio.fixture
async def page(toy: Toy) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=toy.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=HOST, headers={"Origin": HOST}) as client:
        yield client


# ---- the channel ----


async def test_what_is_said_is_taken_with_who_where_and_when(toy: Toy) -> None:
    taken: list[Raw] = []

    async def accept(updates: object) -> None:
        assert isinstance(updates, list)
        taken.extend(updates)

    channel = WebChannel([Phone("focal", "Trần Thị Lan", "Đầu mối", None)], toy.now)
    task = asyncio.create_task(channel.run(accept))
    await asyncio.sleep(0)
    await channel.say("focal", text="xin chào")
    task.cancel()

    said = channel.parse(taken[0])
    assert said is not None
    assert (said.channel, said.chat, said.sender, said.name) == ("web", "focal", "focal", "Trần Thị Lan")
    assert (said.text, said.press, said.attachment) == ("xin chào", None, None)
    assert said.at == datetime(2026, 6, 8, 2, 0, tzinfo=UTC)
    assert said.at.tzinfo is UTC


async def test_update_ids_differ_from_one_life_of_the_program_to_the_next() -> None:
    assert Toy().channel.epoch != Toy().channel.epoch


async def test_a_phone_that_is_not_there_takes_and_gives_nothing(toy: Toy) -> None:
    with pytest.raises(SendError) as gone:
        await toy.channel.send("nobody", Outgoing(Markup("?")))
    assert gone.value.permanent
    with pytest.raises(RefusedError):
        await toy.channel.say("nobody", text="?")


async def test_nothing_can_be_said_before_the_program_receives() -> None:
    idle = Toy()
    with pytest.raises(RefusedError):
        await idle.channel.say("focal", text="xin chào")
    assert idle.channel.since(0) == []


async def test_what_could_not_be_stored_does_not_stay_in_the_chat() -> None:
    async def full(_: object) -> None:
        raise OSError("disk full")

    broken = Toy()
    task = asyncio.create_task(broken.channel.run(full))
    await asyncio.sleep(0)
    with pytest.raises(OSError, match="disk full"):
        await broken.channel.say("focal", text="xin chào")
    task.cancel()
    assert broken.channel.since(0) == []


async def test_only_a_button_that_was_offered_to_this_phone_can_be_pressed(toy: Toy) -> None:
    await toy.channel.send("focal", Outgoing(Markup("?"), ((Choice("Đã xong", "done:1"),),)))
    with pytest.raises(RefusedError):
        await toy.channel.say("leader", press="done:1")
    await toy.channel.say("focal", press="done:1")
    shown = [str(message.text) for message in toy.channel.since(0)]
    assert shown == ["?", "Đã xong", "Đã ghi: done:1"]


async def test_a_chat_forgets_its_oldest_messages(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "KEPT_MESSAGES", 3)
    small = Toy().channel
    for number in range(5):
        await small.send("focal", Outgoing(escape(number)))
    assert [str(message.text) for message in small.since(0)] == ["2", "3", "4"]


async def test_the_oldest_files_make_room_for_new_ones(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "KEPT_BYTES", 10)
    for name in ("a.txt", "b.txt"):
        await toy.channel.send("focal", Outgoing(Markup(), papers=(Paper(name, b"123456"),)))
    first, second = (message.files[0] for message in toy.channel.since(0))
    assert await toy.channel.fetch(second) == b"123456"
    with pytest.raises(SendError) as gone:
        await toy.channel.fetch(first)
    assert gone.value.permanent


def test_what_is_no_update_of_this_channel_is_not_understood() -> None:
    with pytest.raises(KeyError):
        Toy().channel.parse(Raw("1", "focal", {"message": {}}))


# ---- what the page is told ----


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("một dòng", [("", "một dòng")]),
        ("<b>Còn 3 ngày</b> đến hạn", [("b", "Còn 3 ngày"), ("", " đến hạn")]),
        ("<b>a<i>b</i></b>c", [("b", "a"), ("bi", "b"), ("", "c")]),
        ("3 &lt; 5 &amp; &#39;x&#39;", [("", "3 < 5 & 'x'")]),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", [("", "<script>alert(1)</script>")]),
        ('<a href="x">y</a>', [("", '<a href="x">'), ("", "y"), ("", "</a>")]),
        ("", []),
    ],
)
def test_markup_becomes_runs_of_plain_text(markup: str, expected: list[tuple[str, str]]) -> None:
    assert runs(Markup(markup)) == expected  # noqa: S704 - the unsafe ones are the point


def test_a_day_is_told_in_words() -> None:
    assert day_label(date(2026, 3, 5), TEXTS) == "Thứ Năm, 5/3/2026"


async def test_the_state_tells_what_is_new_and_the_time(toy: Toy, page: httpx.AsyncClient) -> None:
    await toy.channel.send("focal", Outgoing(Markup("cũ")))
    menu = (MenuEntry("viec", "Việc của tôi"),)
    paper = Paper("Báo cáo.docx", b"x" * 3000)
    choices = ((Choice("Đã xong", "done:1"),),)
    await toy.channel.send("leader", Outgoing(Markup("<b>mới</b>"), choices, (paper,), menu))

    state = (await page.get("/api/state?after=1")).json()

    (message,) = state["messages"]
    assert message["phone"] == "leader"
    assert message["mine"] is False
    assert message["runs"] == [["b", "mới"]]
    assert message["choices"] == [[{"label": "Đã xong", "data": "done:1"}]]
    assert (message["files"][0]["name"], message["files"][0]["size"]) == ("Báo cáo.docx", "3 KB")
    assert state["phones"]["leader"]["menu"] == [{"command": "viec", "description": "Việc của tôi"}]
    assert state["now"] == {"day": "2026-06-08", "label": "Thứ Hai, 8/6/2026", "clock": "9:00"}
    assert [mark["on"] for mark in state["marks"]] == ["2026-06-10", "2026-06-15", "2026-12-10"]


async def test_a_note_is_taken_off_once_its_code_was_typed(toy: Toy, page: httpx.AsyncClient) -> None:
    await page.post("/api/say", json={"phone": "leader", "text": "/start LAN-2026"})
    await page.post("/api/say", json={"phone": "focal", "text": " /START lan-2026 "})
    phones = (await page.get("/api/state")).json()["phones"]
    assert {key for key, phone in phones.items() if phone["joined"]} == {"focal"}


async def test_the_page_names_the_phones_and_allows_no_foreign_script(page: httpx.AsyncClient) -> None:
    answer = await page.get("/")
    assert answer.status_code == 200
    for words in ("Trần Thị Lan", "Kế hoạch 12/KH-UBND", "LAN-2026", "Thứ Hai, 8/6/2026"):
        assert words in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_both_languages_say_the_same_things_and_nothing_goes_unused() -> None:
    folder = Path(__file__).parents[3]
    vi, en = (
        tomllib.loads((folder / "config" / "texts" / f"sandbox.{language}.toml").read_text(encoding="utf-8"))
        for language in ("vi", "en")
    )
    assert vi.keys() == en.keys()
    users = [*(folder / "bot" / "web" / "sandbox").iterdir(), *(folder / "bot" / "web").glob("*.py")]
    users.append(folder / "bot" / "channels" / "sandbox.py")
    used = "".join(path.read_text(encoding="utf-8") for path in users)
    assert [key for key in vi if key not in used and not key.startswith("weekday_")] == []


# ---- saying, pressing, sending a file ----


async def test_saying_and_pressing_get_an_answer(toy: Toy, page: httpx.AsyncClient) -> None:
    assert (await page.post("/api/say", json={"phone": "focal", "text": "/start X"})).json() == {"ok": True}
    assert (await page.post("/api/press", json={"phone": "focal", "data": "stuck:1"})).status_code == 200
    state = (await page.get("/api/state")).json()
    texts = ["".join(text for _, text in message["runs"]) for message in state["messages"]]
    assert texts == ["/start X", "Chào Trần Thị Lan\nanh/chị còn 1 việc", "Vướng", "Đã ghi: stuck:1"]
    assert [message["mine"] for message in state["messages"]] == [True, False, True, False]


async def test_a_file_goes_in_and_comes_back_by_its_name(toy: Toy, page: httpx.AsyncClient) -> None:
    sent = await page.post("/api/file", data={"phone": "focal"}, files={"file": ("x/y/Báo cáo.docx", b"PK")})
    assert sent.status_code == 200
    mine, back = (message.files[0] for message in toy.channel.since(0))
    assert (mine.name, mine.size) == ("Báo cáo.docx", 2)
    answer = await page.get(f"/files/{back.key}")
    assert answer.content == b"PK"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''tra-lai.txt"
    assert answer.headers["content-type"] == "application/octet-stream"


async def test_what_stands_in_the_line_goes_with_the_file_as_its_caption(
    toy: Toy, page: httpx.AsyncClient
) -> None:
    form = {"phone": "focal", "text": " 1 xong "}
    sent = await page.post("/api/file", data=form, files={"file": ("anh.png", b"x")})
    assert sent.status_code == 200
    mine = toy.channel.since(0)[0]
    assert (str(mine.text), mine.files[0].name) == ("1 xong", "anh.png")


async def test_a_file_of_more_than_twenty_megabytes_is_refused(page: httpx.AsyncClient) -> None:
    data = b"x" * (20 * 2**20 + 1)
    answer = await page.post("/api/file", data={"phone": "focal"}, files={"file": ("a.pdf", data)})
    assert answer.status_code == 413
    assert answer.json() == {"error": TEXTS["error_file_size"]}


@pytest.mark.parametrize(
    ("path", "content", "status", "sentence"),
    [
        ("/api/say", '{"phone": "focal", "text": "  "}', 400, "error_empty"),
        ("/api/say", '{"phone": "nobody", "text": "a"}', 404, "error_phone"),
        ("/api/say", '{"phone": "focal"}', 400, "error_request"),
        ("/api/say", '["focal"]', 400, "error_request"),
        ("/api/say", "{", 400, "error_request"),
        ("/api/say", "\xff", 400, "error_request"),
        ("/api/say", '{"text": "' + "x" * 70_000 + '"}', 413, "error_long"),
        ("/api/press", '{"phone": "focal", "data": "never offered"}', 409, "error_button"),
        ("/api/clock", '{"days": 0}', 400, "error_past"),
        ("/api/clock", '{"days": -7}', 400, "error_past"),
        ("/api/clock", '{"to": "2026-06-08"}', 400, "error_past"),
        ("/api/clock", '{"to": "2029-01-01"}', 400, "error_far"),
        ("/api/clock", '{"days": 99999999999999}', 400, "error_request"),
        ("/api/clock", '{"to": "hôm qua"}', 400, "error_request"),
        ("/api/clock", "{}", 400, "error_request"),
    ],
)
async def test_what_cannot_be_done_is_answered_with_one_sentence(
    page: httpx.AsyncClient, path: str, content: str, status: int, sentence: str
) -> None:
    headers = {"Content-Type": "application/json"}
    answer = await page.post(path, content=content.encode("latin-1", "replace"), headers=headers)
    assert (answer.status_code, answer.json()) == (status, {"error": TEXTS[sentence]})


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "", "http://localhost:8081"])
async def test_another_sites_page_cannot_say_anything(toy: Toy, page: httpx.AsyncClient, origin: str) -> None:
    said = {"phone": "focal", "text": "xin chào"}
    assert (await page.post("/api/say", json=said, headers={"Origin": origin})).status_code == 403
    sent = await page.post(
        "/api/file", data={"phone": "focal"}, files={"file": ("a", b"a")}, headers={"Origin": origin}
    )
    assert sent.status_code == 403
    assert toy.channel.since(0) == []


async def test_a_plain_form_cannot_say_anything(toy: Toy, page: httpx.AsyncClient) -> None:
    answer = await page.post("/api/say", content='{"phone": "focal", "text": "a"}')
    assert answer.status_code == 415
    assert toy.channel.since(0) == []


async def test_the_page_answers_to_its_own_host_names_only(page: httpx.AsyncClient) -> None:
    assert (await page.get("/api/state", headers={"Host": "rebound.example:8080"})).status_code == 400
    assert (await page.get("/healthz", headers={"Host": "10.0.0.7:8080"})).status_code == 200


@pytest.mark.parametrize("path", ["/files/none", "/nowhere", "/api/state?after=x", "/api/say"])
async def test_a_wrong_address_gets_a_sentence_too(page: httpx.AsyncClient, path: str) -> None:
    answer = await page.get(path)
    assert answer.status_code in (400, 404, 405)
    assert set(answer.json()) == {"error"}


async def test_a_fault_of_the_program_shows_no_traceback(
    toy: Toy, page: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: datetime) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(toy, "advance", broken)
    answer = await page.post("/api/clock", json={"days": 1})
    assert (answer.status_code, answer.json()) == (500, {"error": TEXTS["error_failed"]})
    assert (await page.get("/api/state")).json()["moving"] is False


# ---- the calendar and the health ----


async def test_the_calendar_moves_by_days_or_to_the_morning_of_a_day(
    toy: Toy, page: httpx.AsyncClient
) -> None:
    toy.time = toy.time.replace(hour=14, minute=30)
    await page.post("/api/clock", json={"days": 2})
    assert toy.time.strftime("%d/%m %H:%M") == "10/06 14:30"
    await page.post("/api/clock", json={"to": "2026-06-15"})
    assert toy.time.strftime("%d/%m %H:%M") == "15/06 09:00"
    assert len(toy.channel.since(0)) == 2 + 5


async def test_the_calendar_takes_one_order_at_a_time(toy: Toy, page: httpx.AsyncClient) -> None:
    first = asyncio.create_task(page.post("/api/clock", json={"days": 7}))
    await asyncio.sleep(0.01)
    assert (await page.get("/api/state")).json()["moving"] is True
    second = await page.post("/api/clock", json={"days": 1})
    assert (second.status_code, second.json()) == (409, {"error": TEXTS["error_moving"]})
    assert (await first).status_code == 200
    assert toy.time.day == 15


@pytest.mark.parametrize(("ok", "status"), [(True, 200), (False, 503)])
async def test_health_is_told_by_status_and_report(ok: bool, status: int) -> None:
    async def report() -> dict[str, object]:
        return {"ok": ok, "database": "sqlite"}

    app = Starlette(routes=[health_route(report)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=HOST) as client:
        answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (status, {"ok": ok, "database": "sqlite"})


async def test_an_unknown_file_is_said_to_be_gone(toy: Toy) -> None:
    with pytest.raises(SendError):
        await toy.channel.fetch(Attachment("a.pdf", 1, "../../etc/passwd"))
