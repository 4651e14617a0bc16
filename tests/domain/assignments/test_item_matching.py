"""A few words of a duty name it; what may be meant of several is left open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments.item_matching import find
from domain.common.text import fold

WORK = (
    "Xây dựng 02 cụm pano tại cửa khẩu Nậm Lừ",
    "Tổ chức hội nghị tập huấn kỹ năng cho cán bộ thông tin cơ sở",
    "Đăng tải tin, bài trên báo tỉnh và trang thông tin điện tử",
    "Mời hai đoàn khách nước ngoài đến thăm vùng chè",
    "Dịch sách giới thiệu chè sang tiếng nước ngoài",
    "Báo cáo 6 tháng đầu năm 2026",
    "Báo cáo năm 2026",
)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("pano xong roi", 0),
        ("PANO: đã dựng xong", 0),
        ("cụm pano được 60%", 0),
        ("hoi nghi tap huan da to chuc 5/6", 1),
        ("tập huấn xong, còn thanh toán", 1),
        ("da dang 12 tin bai tren bao tinh", 2),
        ("dịch sách được 80%", 4),
        ("doan khach da moi xong", 3),
        ("bc 6 tháng đang làm", 5),
    ],
)
def test_a_few_words_of_a_duty_find_it(said: str, place: int) -> None:
    assert find(said, WORK) == (place,)


@pytest.mark.parametrize(
    "said",
    ["xong rồi ạ", "được 60%", "đã hoàn thành, BC số 12/BC-SNgV ngày 9/6", "đang triển khai thực hiện",
     "vướng kinh phí", "báo cáo", "tháng này xong", "trời đẹp quá", "", "!!"],
)  # fmt: skip
def test_words_of_any_update_name_nothing(said: str) -> None:
    assert find(said, WORK) == ()


def test_words_that_two_have_are_left_open() -> None:
    assert set(find("chè xong rồi", WORK)) == {3, 4}
    assert set(find("nước ngoài xong", WORK)) == {3, 4}


def test_the_rarer_word_decides() -> None:
    texts = ["Tập huấn về pano", "Tập huấn về phóng sự", "Tập huấn về lễ hội"]
    assert find("tập huấn phóng sự xong", texts) == (1,)


DUTIES = (
    'Xây dựng chuyên mục "Hà Khê hội nhập" trên sóng phát thanh, truyền hình',
    "Tổ chức hội nghị tập huấn công tác đối ngoại cho cán bộ cấp xã",
    "Tổ chức hội thảo xúc tiến đầu tư vào khu kinh tế cửa khẩu Nậm Lừ",
    "Biên tập, in và phát hành bản tin đối ngoại quý",
    "Đón và hướng dẫn đoàn phóng viên nước ngoài đến tác nghiệp",
    "Lắp đặt cụm pano tuyên truyền tại cửa khẩu Nậm Lừ",
    "Cập nhật cổng thông tin điện tử tỉnh bằng tiếng Anh, tiếng Trung",
    "Tổng hợp dư luận báo chí nước ngoài viết về tỉnh",
    "Rà soát, bổ sung cơ sở dữ liệu kiều bào",
    "Tổ chức gặp mặt kiều bào nhân dịp Tết Nguyên đán",
    "Kiểm tra việc chấp hành pháp luật về biên giới tại 5 xã",
    "Báo cáo 6 tháng đầu năm",
    "Báo cáo năm",
    "Tổ chức cuộc thi ảnh đẹp Hà Khê",
)
# The words said, by the place of what they mean.
SAID = {
    0: (
        "chuyên mục xong rồi",
        "chuyen muc ha khe hoi nhap dang lam",
        "chuyên mục trên sóng được 3 số",
        "phát thanh truyền hình xong",
    ),
    1: (
        "hội nghị tập huấn đã tổ chức",
        "tap huan doi ngoai cap xa xong",
        "tập huấn cán bộ xã 60%",
    ),
    2: (
        "hội thảo xúc tiến đầu tư lùi đến 20/6",
        "xuc tien dau tu chua lam",
        "hội thảo đã họp xong",
    ),
    3: (
        "bản tin quý 2 đã in",
        "ban tin doi ngoai xong",
        "phát hành bản tin rồi",
    ),
    4: (
        "đoàn phóng viên đã đón xong",
        "doan phong vien nuoc ngoai hoan sang thang 7",
        "phóng viên tác nghiệp xong",
    ),
    5: (
        "pano đã lắp",
        "cum pano xong",
        "lắp đặt pano đang làm",
        "pa nô xong rồi",
    ),
    6: (
        "cổng thông tin tiếng Anh đã cập nhật",
        "cong thong tin dien tu 70%",
        "tiếng trung chưa có",
    ),
    7: (
        "dư luận báo chí xong",
        "du luan bao chi da tong hop",
        "báo chí nước ngoài đã tổng hợp",
    ),
    8: (
        "cơ sở dữ liệu đang rà soát",
        "csdl kiều bào xong",
        "du lieu kieu bao 50%",
    ),
    9: (
        "gặp mặt kiều bào đã tổ chức",
        "gap mat tet xong",
        "gặp mặt dịp Tết vướng kinh phí",
    ),
    10: (
        "kiểm tra biên giới xong 2 xã",
        "kiem tra 5 xa xong",
        "chấp hành pháp luật chưa kiểm tra",
    ),
    11: (
        "báo cáo 6 tháng đã gửi",
        "bc 6 thang xong",
    ),
    12: ("báo cáo năm đang làm",),
    13: (
        "cuộc thi ảnh xong",
        "thi anh dep dang cham giai",
    ),
}
LEFT_OPEN = {
    "cửa khẩu xong rồi": (2, 5),
    "cua khau nam lu dang lam": (2, 5),
    "kiều bào xong": (8, 9),
    "nước ngoài xong": (4, 7),
    "đối ngoại xong": (1, 3),
    "Hà Khê xong": (0, 13),
}
OF_ANOTHER = """
hội nghị công chức đã tổ chức
hội nghị thi đua khen thưởng xong
đã họp giao ban đầu tháng
tuyên truyền phòng chống ma túy xong
kiểm tra phòng cháy chữa cháy xong
đoàn thanh niên đã ra quân
hội thảo khởi nghiệp đã tổ chức
tết trồng cây đã tổ chức
pháp luật giao thông đã tuyên truyền
bản đồ quy hoạch xong
cổng chào đã dựng
tập huấn phòng cháy đã tổ chức
gặp mặt cựu chiến binh xong
chuyên đề chuyển đổi số xong
báo cáo quý đã gửi
ảnh thẻ đã nộp
phát thanh xã đã sửa loa
đầu tư công giải ngân 40%
đoàn kiểm tra của Bộ đã về
dữ liệu dân cư đang nhập
tiếng Thái đã dạy xong
"""


@pytest.mark.parametrize(("said", "place"), [(said, place) for place, told in SAID.items() for said in told])
def test_a_duty_of_a_long_list_is_found_by_the_words_people_use(said: str, place: int) -> None:
    assert find(said, DUTIES) == (place,)


@pytest.mark.parametrize(("said", "places"), LEFT_OPEN.items())
def test_words_that_several_duties_have_leave_it_open(said: str, places: tuple[int, ...]) -> None:
    assert set(find(said, DUTIES)) == set(places)


@pytest.mark.parametrize("said", OF_ANOTHER.strip().splitlines())
def test_a_near_miss_is_never_taken_for_a_duty_in_silence(said: str) -> None:
    """Work that has a word or two of a duty and goes on differently."""
    assert len(find(said, DUTIES)) != 1


@pytest.mark.parametrize(
    "said",
    [
        "thiếu người",
        "thieu nguoi lam",
        "vướng, thiếu kinh phí",
        "chưa có số liệu",
        "chờ lãnh đạo ký",
        "chưa được cấp kinh phí",
        "đang xin ý kiến",
        "máy hỏng",
        "đường xong",
        "nước xong rồi",
        "giới thiệu",
    ],
)
def test_a_hindrance_or_half_of_a_word_names_no_duty(said: str) -> None:
    duties = [
        "Giới thiệu hình ảnh đất nước, con người Hà Khê với bạn bè quốc tế",
        "Thẩm định dự toán kinh phí, trình lãnh đạo Ủy ban nhân dân tỉnh ký",
        "Làm mới cụm pano trên các tuyến đường ra cửa khẩu",
        "Xin ý kiến các sở về hệ thống máy chủ và kho số liệu",
    ]
    expected = (0,) if said == "giới thiệu" else ()
    assert find(said, duties) == expected


SYLLABLES = "cụm pano hội nghị tập huấn tin bài đoàn khách chè 02 dựng mời báo cáo"
TEXTS = st.lists(
    st.lists(
        st.sampled_from(SYLLABLES.split()),
        min_size=1,
        max_size=7,
    ).map(" ".join),
    min_size=1,
    max_size=8,
    unique_by=lambda text: fold(text),
)


@given(TEXTS, st.data())
def test_the_whole_text_of_a_duty_always_finds_it_alone(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    assert find(texts[place], texts) == (place,)
    assert find(fold(texts[place]).upper(), texts) == (place,)


@given(TEXTS, st.data())
def test_two_of_the_same_words_are_never_told_apart(texts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(texts) - 1))
    assert set(find(texts[place], [*texts, texts[place]])) == {place, len(texts)}


@given(st.text(), st.lists(st.text(), max_size=5))
def test_whatever_is_said_each_place_is_named_once_at_most(said: str, texts: list[str]) -> None:
    found = find(said, texts)
    assert len(set(found)) == len(found)
    assert all(0 <= place < len(texts) for place in found)


@given(TEXTS)
def test_the_order_of_the_work_does_not_matter(texts: list[str]) -> None:
    said = texts[0].split()[-1]
    there = {texts[place] for place in find(said, texts)}
    back = texts[::-1]
    assert {back[place] for place in find(said, back)} == there
