"""A draft's unread passages in the chat: counted at its head, shown with reasons, asked about once."""

from storage.organisation import web_session_store
from storage.organisation.web_session_store import Address
from storage.plans import plan_store
from tests.cast import HANG, PLAN, TUYEN, File, Press, Stage, Tap

UNCLEAR = "Bảo đảm nguồn nước tưới cho vùng chè trong mùa khô"
OTHER = (
    PLAN.replace("33/KH-UBND", "41/KH-UBND")
    .replace("chè Hà Khê", "mật ong Hà Khê")
    .replace("CHÈ", "MẬT ONG")
    .replace("1. Sở Ngoại vụ:", f"{UNCLEAR}.\n\n1. Sở Ngoại vụ:")
)


async def sent(stage: Stage) -> str:
    return await stage.say(HANG, File("ke-hoach.txt", OTHER.encode()))


async def test_the_count_stands_at_the_head_before_what_is_doubtful(stage: Stage) -> None:
    async with stage.database.writing() as conn:
        await web_session_store.announce(conn, Address("https://tinh.example/nv", public=True))
    told = await sent(stage)
    assert "1 đoạn của văn bản chưa rõ" in told
    assert "https://tinh.example/nv/ke-hoach/2" in told
    assert told.index("1 đoạn của văn bản") < told.index("Chưa nhắc ai")
    assert told.index("Sẽ hỏi 3/3 đơn vị") < told.index("1 đoạn của văn bản")


async def test_each_is_shown_with_the_reason(stage: Stage) -> None:
    await sent(stage)
    await stage.talk((HANG, Tap("Xem các đoạn chưa rõ"), (UNCLEAR, "không rõ giao cho ai")))


async def test_it_is_asked_once_before_the_draft_goes_live(stage: Stage) -> None:
    await sent(stage)
    await stage.talk((HANG, Tap("Xác nhận kế hoạch"), ("chưa có hiệu lực", UNCLEAR, "Vẫn xác nhận")))
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 2)).state == "draft"
    await stage.talk((HANG, Tap("Vẫn xác nhận"), "đã có hiệu lực"))
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 2)).state == "live"


async def test_a_draft_without_such_passages_says_nothing_of_them(stage: Stage) -> None:
    plain = OTHER.replace(f"{UNCLEAR}.\n\n", "")
    told = await stage.say(HANG, File("ke-hoach.txt", plain.encode()))
    assert "chưa rõ giao việc gì" not in told
    await stage.talk((HANG, Tap("Xác nhận kế hoạch"), "đã có hiệu lực"))


async def test_another_units_coordinator_sees_none_of_it(stage: Stage) -> None:
    await sent(stage)
    for data in ("unread:2:0", "confirm:2:unread"):
        await stage.talk((TUYEN, Press(data), "tổng hợp"))
    async with stage.database.reading() as conn:
        assert (await plan_store.get(conn, 2)).state == "draft"
