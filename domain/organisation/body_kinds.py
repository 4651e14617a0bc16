"""What a body is by its first words, where no register knows it."""

from typing import Literal

Standing = Literal["local", "party", "central"]

_LEVELS = (
    ("huyện", "ubnd-huyen"), ("thị xã", "ubnd-huyen"), ("thành phố", "ubnd-huyen"),
    ("xã", "ubnd-xa"), ("phường", "ubnd-xa"), ("thị trấn", "ubnd-xa"), ("đặc khu", "ubnd-xa"),
)  # fmt: skip
BODY_KINDS: tuple[tuple[tuple[str, ...], tuple[str, ...], Standing], ...] = (
    *(((f"UBND {level}", f"Ủy ban nhân dân {level}"), (tag,), "local") for level, tag in _LEVELS),
    (("Huyện ủy", "Thị ủy", "Thành ủy"), ("huyen-uy",), "party"),
    (("Đảng ủy",), ("dang-uy",), "party"),
    (("Báo Nhân dân", "Báo Quân đội nhân dân", "Đài Truyền hình Việt Nam", "Đài Tiếng nói Việt Nam",
      "Thông tấn xã Việt Nam", "VTV", "VOV", "TTXVN"), ("bao-chi-trung-uong",), "central"),
    (("Báo", "Đài", "Tạp chí"), ("bao-chi",), "local"),
    (("Bộ Chỉ huy", "Ban Chỉ huy", "Công an"), ("luc-luong-vu-trang",), "local"),
    (("Đồn Biên phòng",), ("don-bien-phong", "luc-luong-vu-trang"), "local"),
    (("Bộ", "Cục", "Tổng cục", "Vụ", "Văn phòng Bộ", "Văn phòng Chính phủ", "Thanh tra Chính phủ", "PACCOM"),
     (), "central"),
    (("Sở",), ("so",), "local"),
    (("Ban", "Chi cục"), ("ban-nganh",), "local"),
    (("Hội", "Liên đoàn", "Liên hiệp", "Liên minh", "Đoàn"), ("doan-the",), "local"),
    (("Trường", "Đại học"), ("truong",), "local"),
    (("Công ty", "Tập đoàn"), ("doanh-nghiep",), "local"),
)  # fmt: skip
"""What a body is by its first words: these, its tags, its standing; the first row that fits decides."""
