"""Word groups that the patterns of `domain.updates` are built from: regular expressions in proper spelling.

`domain.updates.loose` matches them with fewer marks too. Where a bare word is another word as well (chờ/cho,
đang/đăng, kẹt/kết), the context that decides stands in the pattern that uses it.
"""

# What has been read already is covered by these, so that it is not read twice.
DOCUMENT_MARK = "¤"
AMOUNT_MARK = "◦"

NO = "(?:không|hông|hổng|hong|hem|khg|khôg|khong|ko|k|hok|kh|kg|0|chẳng|chả)"
ADDRESSES = (
    r"\W*(?:(?:«dạ»|vâng|(?:kính )?thưa|báo cáo|bc|alo|ạ|a|em|e|anh|chị|c|mình|tôi|bên|sếp|bác)(?!\w)"
    r"\W*)*"
)
"""Words that address somebody, at the head of a text: "dạ em 3/5 xong" counts as "3/5 xong" does."""
NOT_YET = (
    r"(?:chưa|chx|chư(?!\w)(?! (?:nhật|tịch|trì|động|yếu|đầu|trương|đề|quản|thầu|nhiệm|hộ|"
    r"thể)(?!\w))|«chửa»|ch(?= (?:xong|làm|có|gửi|nộp|được|dc|đc|hoàn|triển|thực)))"
)
GOING = "(?:đang|đag|đg|dg)"
GOT = "(?:được|đc|dc|đk|dk)"
ALREADY = r"(?:rồi+|rùi+|roài|òi|ùi|rầu|roi|rui|r)(?!\w)"
PAST = "(?:đã|vừa|mới|vừa mới)"
LEADERS = (
    "(?:lãnh đạo|bí thư|phó bí thư|thường vụ|btv|thủ trưởng|ban giám đốc|ban biên tập|hiệu trưởng|lđ|"
    "ubnd|chủ tịch|giám đốc|gđ|bgđ|sếp|thường trực|tỉnh ủy|hđnd)"
)
FINISH = (
    "(?:xo+n+g+|xog|xg|xon|xomg|xogn|xng|xnog|hoàn (?:thành|thàn|thàh|thnàh|htành|tành|thàhn|thàng)|"
    "hoàn tất|h thành|hthành|done|finish|"
    r"ht(?! (?:bị|lỗi|của))|(?<=đã\s)song|song(?= (?:rồi|r|rùi|nhé|nhe|ạ)(?!\w))|^song(?=\W*$))"
)
# Acts that are the duty itself once they are said to be past.
ACTS = (
    "(?:gửi|gởi|nộp|đăng(?! (?:hóa|hoá))|đăng tải|đăng ký|tổ chức|ban hành|phát hành|phát sóng|phát|"
    "công bố|bàn giao|"
    "nghiệm thu|in|lắp|lắp đặt|dựng|treo|báo cáo|bc|thực hiện|làm|mở|khai mạc|khai trương|tham gia|"
    "đón(?! vi)|tiếp|cung cấp|xuất bản|sản xuất|cấp|dịch|tập huấn|ký kết|ký ban hành|chuyển(?! công tác)|"
    "giải ngân|thanh toán|up|post|quay|tuyên truyền|trả lời|phúc đáp|có báo cáo|có bc|tặng|trao|"
    "trưng bày|giới thiệu|cập nhật|đưa tin|thành lập|kiện toàn|hoàn thiện|hoàn chỉnh|viết)"
)
# Acts that are a step on the way.
STEPS = (
    "(?:họp|ký(?! nay)|soạn|xây dựng|rà soát|triển khai|phối hợp|chuẩn bị|dự thảo|khảo sát|thu thập|tổng hợp|"
    "biên tập|tham mưu|liên hệ|lên kế hoạch|phân công|chỉ đạo|kiểm tra|thẩm định|trình|xin ý kiến|lấy ý kiến|"
    "thiết kế|quán triệt|phổ biến|cử|bổ sung|chỉnh sửa|tiếp tục|đôn đốc|hướng dẫn)"
)
# Who speaks and of what, before the word that counts.
SELF = (
    r"(?:(?:dạ|vâng|ok|oke|ừ|ờ|à|em|e|mình|«tôi»|chúng tôi|bọn (?:em|mình|tôi)|cháu|xã (?:em|mình|tôi)|"
    r"anh em|bên tôi|(?:anh|chị|sếp)(?: ơi|,)|bên|cơ quan|đơn vị|phòng|sở|huyện|xã|hiện|"
    r"hiện nay|nay|tới nay|đến nay|thì|việc này|mục này|cái này|này|về|tiến độ|báo cáo|bc|cũng|đều|vẫn|mới|"
    r"nhưng|và|còn)[\s,:]+){0,6}"
)
# What may follow at the end of a clause without a meaning of its own.
TAIL = (
    r"(?:\s*,?\s*(?:ạ|a|à|ta|nhé|nhe|nha|nhá|nhen|nghen|nghe|hen|á|nhỉ|vậy|thế|anh|chị|em|e|ac|a/c|ơi|sếp|"
    r"bác|cơ mà|«đa»|đây|"
    r"cô|chú|bạn|nữa|rồi|r|đồng chí|các đồng chí|(?:anh|chị|cô|chú|bác|dì) (?:hai|ba|tư|năm|sáu|bảy|tám|"
    r"chín|út)|còn gì|thủ trưởng|ông|bà|thầy|cháu|o|bà con|mấy (?:đứa|anh|chị|"
    r"em)|các cháu|"
    r"đấy|đó|hả|vs|với|c|luôn|hết|cả|mà|mọi người|mn|cả nhà|các (?:anh|chị|bạn|em|bác)|anh "
    r"chị)(?!\w))*[\s.!)]*$"
)
# Nouns that are counted in plans: in "2/3 tin" there is a share, and no day.
COUNTED = (
    "(?:tin|bài|ảnh|video|clip|phóng sự|chuyên mục|chuyên trang|hội nghị|hội thảo|tọa đàm|toạ đàm|lớp|buổi|"
    "cuộc|đợt|kỳ|lượt|đoàn|cụm|pano|panô|băng rôn|băng|biển|tờ rơi|tờ|cuốn|quyển|ấn phẩm|sách|số|"
    "chương trình|"
    "kế hoạch|văn bản|báo cáo|bc|vb|cv|công văn|hồ sơ|dự án|công trình|nhiệm vụ|việc|nội dung|mục|phần|"
    "chỉ tiêu|tiêu chí|sản phẩm|hoạt động|sự kiện|xã|phường|huyện|thôn|bản|tổ|đơn vị|sở|ngành|trường|trạm|"
    "chi bộ|đảng bộ|đầu việc|buôn|làng|địa bàn|camera|điểm|hộ|người|cán bộ|đại biểu|học viên|em|đội|"
    "câu lạc bộ|clb|kg|km|m|ha|tấn|triệu|tỷ|tỉ|đồng|nghìn|ngàn|"
    "trăm|ngày|tuần|tháng|năm|quý|hôm|giờ|phút|lần|cái|con|chiếc|bộ|bức|trang|file|mẫu|khâu|bước|nơi|chỗ|vụ|"
    "trường hợp|khối lượng|công việc|chuyên đề|chuyến|đơn|đơn thư|nhóm|tuyến|công đoạn|hạng mục|học sinh|"
    "căn|gói thầu|"
    "gói|ca|khóa|khoá|mô hình|ấp|khu|xóm|cột|cổng|tác phẩm|bản tin)"
)


def not_after(*words: str) -> str:
    """Return the look-behind that keeps a pattern from matching right after one of the words."""
    return "".join(rf"(?<!{word}\s)" for word in words)


# No person of that name, and no "thương mại".
TOMORROW = (
    not_after("chị", "anh", "cô", "bà", "ông", "bác", "bạn", "thương", "khuyến", "khai")
    + r"(?<!hồi\ssớm\s)mai"
)
