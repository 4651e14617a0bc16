"""What bears a secrecy mark is refused, whoever sends it and however, and nothing of it is written down."""

import pytest

from tests.cast import HANG, PLAN, QUAN, STRANGER, File, Saying, Somebody, Stage, words_of

PLACE = "Pha Đin km 12"


@pytest.mark.parametrize("who", [QUAN, HANG, STRANGER])
@pytest.mark.parametrize(
    "said",
    [
        f"1 xong, tại {PLACE} (MẬT)",
        f"TỐI MẬT\n{PLACE}",
        f"/capnhat 1 xong {PLACE} LƯU HÀNH NỘI BỘ",
        File("anh.jpg", b"\xff\xd8", caption=f"(MẬT) {PLACE}"),
        File(f"TỐI MẬT {PLACE}.txt", PLAN.encode()),
    ],
)
async def test_it_is_refused_and_not_kept(stage: Stage, who: Somebody, said: Saying) -> None:
    (answer,) = await stage.hear(who, said)
    assert "không nhận qua kênh này" in words_of(answer)
    assert "văn bản mật" in words_of(answer)
    await stage.database.close()
    kept = [path.read_bytes() for path in stage.database.path.parent.glob("*.db*")]
    assert kept
    assert not any(PLACE.encode() in data for data in kept)


async def test_that_it_went_the_official_way_may_be_said_with_its_number(stage: Stage) -> None:
    (answer,) = await stage.hear(QUAN, "2 đã gửi theo đường văn bản mật, số 12/BC-SNgV")
    assert "hoàn thành" in words_of(answer)
    assert "12/BC-SNgV" in words_of(answer)
