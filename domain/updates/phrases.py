"""What officers write when they report from a phone: the tables that `domain.updates` reads with.

A phrase stands here in proper spelling; `domain.updates.loose` matches it with fewer marks too. Where a bare
word is another word as well (chờ/cho, đang/đăng, kẹt/kết), the context that decides stands in its row.
"""

from dataclasses import dataclass
from typing import Literal

from domain.updates.loose import Loose, loose

Sign = Literal["done", "in_progress", "waiting", "acting", "not_started", "nil"]
Opening = Literal["difficulty", "proposal", "extension", "reason"]

# What has been read already is covered by these, so that it is not read twice.
DOCUMENT_MARK = "¤"
AMOUNT_MARK = "◦"

# --- words and their short forms ---

NO = "(?:không|hông|hong|khg|ko|k|hok|kh|kg|0|chẳng)"
NOT_YET = "(?:chưa|chx|chư|ch(?= (?:xong|làm|có|gửi|nộp|được|dc|đc|hoàn|triển|thực)))"
GOING = "(?:đang|đag|đg|dg)"
GOT = "(?:được|đc|dc|đk|dk)"
ALREADY = "(?:rồi+|rùi+|roài|òi|ùi|r)"
PAST = "(?:đã|vừa|mới|vừa mới)"
LEADERS = "(?:lãnh đạo|lđ|ubnd|chủ tịch|giám đốc|gđ|bgđ|sếp|thường trực|tỉnh ủy|hđnd)"
FINISH = (
    "(?:xo+n+g+|xog|xg|xon|xomg|hoàn (?:thành|thàn|thàh)|hoàn tất|h thành|hthành|done|"
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
    "thiết kế|bổ sung|chỉnh sửa|tiếp tục|đôn đốc|hướng dẫn)"
)
# Who speaks and of what, before the word that counts.
SELF = (
    r"(?:(?:dạ|vâng|ok|oke|em|e|mình|tôi|(?:anh|chị|sếp)(?: ơi|,)|bên|cơ quan|đơn vị|phòng|sở|huyện|xã|hiện|"
    r"hiện nay|nay|tới nay|đến nay|thì|việc này|mục này|cái này|này|về|tiến độ|báo cáo|bc|cũng|đều|vẫn|mới|"
    r"nhưng|và|còn)[\s,:]+){0,6}"
)
# What may follow at the end of a clause without a meaning of its own.
TAIL = (
    r"(?:\s*,?\s*(?:ạ|a|à|nhé|nhe|nha|nhá|nhỉ|vậy|thế|anh|chị|em|e|ac|a/c|ơi|sếp|bác|cô|chú|bạn|nữa|rồi|r|"
    r"đấy|đó|hả|vs|với|luôn|hết|cả|mà)(?!\w))*[\s.!)]*$"
)
# Nouns that are counted in plans: in "2/3 tin" there is a share, and no day.
COUNTED = (
    "(?:tin|bài|ảnh|video|clip|phóng sự|chuyên mục|chuyên trang|hội nghị|hội thảo|tọa đàm|toạ đàm|lớp|buổi|"
    "cuộc|đợt|kỳ|lượt|đoàn|cụm|pano|panô|băng rôn|băng|biển|tờ rơi|tờ|cuốn|quyển|ấn phẩm|sách|số|"
    "chương trình|"
    "kế hoạch|văn bản|báo cáo|bc|vb|cv|công văn|hồ sơ|dự án|công trình|nhiệm vụ|việc|nội dung|mục|phần|"
    "chỉ tiêu|tiêu chí|sản phẩm|hoạt động|sự kiện|xã|phường|huyện|thôn|bản|tổ|đơn vị|sở|ngành|trường|trạm|"
    "điểm|hộ|người|cán bộ|đại biểu|học viên|em|đội|câu lạc bộ|clb|kg|km|m|ha|tấn|triệu|tỷ|tỉ|đồng|nghìn|ngàn|"
    "trăm|ngày|tuần|tháng|năm|quý|hôm|giờ|phút|lần|cái|con|chiếc|bộ|bức|trang|file|mẫu|khâu|bước|nơi|chỗ|vụ|"
    "trường hợp|khối lượng|công việc)"
)


def _not_after(*words: str) -> str:
    return "".join(rf"(?<!{word}\s)" for word in words)


# --- the state of the work ---


@dataclass(frozen=True, slots=True)
class StateSign:
    """A wording, and what it says of the work. The first row that matches takes the words away."""

    says: Sign
    pattern: Loose


def _sign(says: Sign, *patterns: str) -> tuple[StateSign, ...]:
    return tuple(StateSign(says, loose(p)) for p in patterns)


_STARTING = (
    "(?:làm|triển khai|thực hiện|bắt đầu|tiến hành|tổ chức|khởi động|động (?:đến|tới|gì|tay)|"
    "bắt tay|đụng(?: đến| tới)?|xây dựng|xử lý|giao|phân công|ai làm|nhận)"
)
_UNLESS_FINISHED = rf"(?! (?:\w+ ){{0,2}}(?:{FINISH}|hết|đủ|đầy đủ|toàn bộ|kịp)(?!\w))"
_DRAFTS = "(?:dự thảo|bản thảo|xin ý kiến|lấy ý kiến|góp ý|đề cương|thẩm định|phê duyệt|sơ bộ|bản nháp|duyệt)"
_DECIDED = "(?:ký|duyệt|phê duyệt|số liệu|kết quả|hướng dẫn|thẩm định|kinh phí|quyết định|mặt bằng)"

# No person of that name, and no "thương mại".
_TOMORROW = _not_after("chị", "anh", "cô", "bà", "ông", "bác", "bạn", "thương", "khuyến", "khai") + "mai"

STATE_SIGNS = (
    *_sign(
        "nil",
        rf"(?:{NO}|{NOT_YET}) (?:có )?(?:\w+ ){{0,3}}?(?:phát sinh|ps)(?: gì| mới| thêm| nội dung| việc)?",
        rf"{NO} có (?:gì|nội dung)(?: mới| thêm| hết)?(?: để báo cáo| báo cáo| cần báo cáo)?",
        rf"{NO} có (?:\w+ ){{1,3}}nào",
        rf"^\W*(?:dạ )?(?:{NO} có|nil){TAIL}",
        r"(?:kỳ|tháng|quý|tuần|năm|đợt|lần) (?:này|nay|qua|vừa rồi|vừa qua|báo cáo|\d+|[iv]+)"
        rf"(?: \w+){{0,3}}? {NO} có{TAIL}",
    ),
    *_sign(
        "not_started",
        rf"{NOT_YET} (?:(?:{GOT}|có|kịp|thể|hề|bắt đầu) ){{0,3}}{_STARTING}(?: {GOT}| gì(?: hết| cả)?)?"
        rf"{_UNLESS_FINISHED}",
        rf"{NOT_YET} (?:có )?gì",
        rf"^{SELF}\W*{NOT_YET}{TAIL}",
        rf"{NO} (?:thể )?(?:làm|thực hiện|triển khai|tổ chức)(?: {GOT})?{_UNLESS_FINISHED}",
    ),
    *_sign(
        "in_progress",
        rf"(?:{NOT_YET}|{NO}|khó|khó mà)(?: \w+){{0,3}}? (?:{FINISH}|kịp|đủ|đạt|hết)",
        rf"{NOT_YET} (?!đến hạn|tới hạn|rõ|biết|hiểu|thấy|đến|đọc|xem|mở {GOT})\w+|(?<=\w\s){NOT_YET}{TAIL}",
        rf"(?:gần|sắp|sắp sửa|cơ bản|gần như|tương đối|hầu như|chuẩn bị|cb)(?: \w+){{0,2}}? {FINISH}",
        rf"{FINISH}(?: \w+)? (?:cơ bản|một phần|bước|giai đoạn|đợt|khâu|dự thảo|bản thảo|sơ bộ|một số|vài)",
        rf"{FINISH} (?:{GOT} )?(?:(?!hết|cả)\w+ )?phần(?! (?:của|việc|em|e|mình|tôi|này|được giao))",
        rf"{FINISH} (?:đến|tới) nơi",
        rf"«đâu» (?:đã |có )?{FINISH}|{FINISH} đâu{TAIL}|{FINISH} (?:sao|thế nào|kiểu gì|làm sao) {GOT}",
        r"(?:một|1) (?:phần|số)|kha khá|(?:một|1|chút) ít|phần (?:lớn|nhiều)|đa (?:số|phần)|hầu hết",
        r"bước đầu|từng bước|«dở|dở dang|làm dở»|lam do|do dang|tiếp tục|bắt đầu|khởi động",
        rf"mới {ACTS}(?: {GOT})? (?=\d|một|vài|mấy|có)\w+",
    ),
    *_sign(
        "waiting",
        rf"(?:hôm|chiều|tối|trưa)(?: nay)?(?: em| sẽ| mới| là)? {FINISH}|"
        rf"(?:chiều|trưa|tối nay)(?: nay)?(?: em| sẽ| mới| là)? (?:gửi|gởi|nộp)(?! {ALREADY})",
        rf"(?:đầu|giữa) (?:tuần|tháng|quý|năm)(?: (?!trước|qua|rồi)\w+){{0,2}}? mới (?:{FINISH}|{ACTS})",
        rf"{_TOMORROW}(?: \S+){{0,3}}? (?:{ACTS}|{STEPS}|{FINISH}|có)|(?:{ACTS}|"
        rf"{FINISH})(?: \S+){{0,3}}? {_TOMORROW}",
        rf"^\W*(?:dạ |sáng |chiều |tối |ngày |để )*mai{TAIL}",
        rf"{FINISH} (?:(?!và)\w+ )?(?:sẽ )?báo|(?:để|cho) (?:mai|chiều|tối)",
        rf"(?:đã |đang |vừa )?trình (?:{LEADERS}|ký|duyệt|phê duyệt|sở|tỉnh|cấp)|(?:đã|đang) trình",
        rf"(?:còn|{GOING}|phải|chỉ|đang còn) (?:chờ|đợi)",
        rf"«chờ|đợi»|(?:chờ|đợi) (?:{LEADERS}|{_DECIDED})",
        r"sẽ|dự kiến|dự định|phấn đấu|cố gắng|tranh thủ|cam kết|hẹn|chuẩn bị|sắp",
        rf"{GOING} (?:xin|lấy) ý kiến",
    ),
    *_sign(
        "in_progress",
        rf"{PAST} (?:gửi|gởi|nộp|có|hoàn thiện|hoàn chỉnh|làm|viết|chuyển)(?: \S+){{0,5}}? (?:{_DRAFTS}|"
        rf"{LEADERS})",
    ),
    *_sign(
        "done",
        rf"{PAST} (?:(?:kịp|được|cho|phối hợp|chủ trì|có|và|cũng) ){{0,2}}{ACTS}",
        rf"{PAST} (?:\w+ ){{1,4}}và (?:đã )?(?:gửi|gởi|nộp|đăng|ban hành|phát hành|công bố)",
        rf"{ACTS}(?: \S+){{0,5}}? {ALREADY}",
        rf"^{SELF}(?:gửi|gởi|nộp|phát hành|ban hành)(?: \S+){{0,6}}? {DOCUMENT_MARK}+",
        rf"{FINISH}|vượt (?:kế hoạch|chỉ tiêu|mức)|đã đủ|đủ {ALREADY}",
        rf"^\W*(?:dạ )?{ALREADY}{TAIL}",
    ),
    *_sign(
        "in_progress",
        r"còn (?:lại|thiếu|phần|\d+|một|hai|ba|mỗi|vài|mấy|bài|tin|khâu|việc|đang|phải|ít|tí|tý|chút|xíu)|"
        r"gần hết|còn (?:\S+ ){1,4}nữa (?:thôi|là)",
        rf"còn {AMOUNT_MARK}+",
        rf"(?<!bộ\s){GOING}(?! (?:bộ|viên|ủy|uỷ|bài|tin|tải|lên|website|web|fb|facebook)(?!\w))",
    ),
    *_sign(
        "acting",
        r"đã (?!(?:vâng|ok|oke|em|e|anh|chị|cảm ơn|don vi|đạt|được|có đủ|đủ|hết|dạng)(?!\w))\w+",
        rf"^{SELF}(?!(?:báo cáo|bc)\s*:)(?:{ACTS}|{STEPS})",
        rf"(?:nộp|gửi|gởi|trình){TAIL}",
        rf"{STEPS}(?: \S+){{0,4}}? {ALREADY}|duyệt {ALREADY}",
        r"(?:chậm|trễ|quá) (?:hạn|tiến độ)|(?:đúng|kịp|đảm bảo|bảo đảm) tiến độ",
    ),
)

# --- what opens a difficulty, a proposal, a wish for time, a reason ---

# The words before a hindrance that belong to it come along.
_LEAD_IN = "(?:(?:hiện|đang|còn|bị|gặp|có|do|vì|rất|nhiều|một số|vẫn|khá|hơi) ){0,5}"
_MISSING = (
    r"(?:kinh phí|kp|tiền(?! (?:trien|triển|do|độ|hanh|hành)(?!\w))|"
    "vốn|nguồn|người|nhân lực|nhân sự|dự toán|thiết bị|máy|số liệu|hướng dẫn|văn bản|"
    "biên chế|mặt bằng|cơ sở|tài liệu|cán bộ|phương tiện|quy định|căn cứ)"
)
_REACHING = "(?:liên lạc|liên hệ|vào|truy cập|đăng nhập|nhập|nộp|mở|tải|gửi|đăng|kết nối)"
_COUNTED_AS_MISSING = rf"(?:\d++|một|hai|{AMOUNT_MARK}++)(?! (?:{_MISSING}|triệu|tỷ|tỉ|đồng))"
DIFFICULTY = loose(
    rf"{_LEAD_IN}(?:vướng mắc|vướng|khó khăn|khó quá|gặp khó|trở ngại|bế tắc|trục trặc|ách tắc|bị tắc|"
    rf"«tắc»|(?:hơi|rất) khó|khó lắm|«kẹt»|"
    r"ket(?! (?:qua|noi|hop|thuc|luan|nghia|nap|cau|toan|du|thu)(?!\w))|"
    r"(?<!giới\s)(?<!giảm\s)(?<!tối\s)"
    rf"thiếu(?! (?:số(?! liệu)|so(?! lieu)|nhi|niên|tá|úy|uy|{_COUNTED_AS_MISSING}))|"
    rf"(?:{NOT_YET}|{NO}) (?:{GOT} )?(?:có|đủ|cấp|bố trí|phân bổ|giao)(?: đủ| {GOT})? {_MISSING}|"
    rf"{_MISSING} (?:(?:vẫn|thì|hiện|còn|đang) )?"
    rf"(?:(?:{NOT_YET}|{NO}) (?:{GOT} )?(?:có|đủ|cấp|bố trí|phân bổ|về)|mỏng|yếu|hạn hẹp|eo hẹp)|"
    r"khó (?:triển khai|thực hiện|làm)|(?:mắc|nghẽn)(?= (?:ở|tại|khâu|chỗ|phần|thủ tục))|"
    r"(?:phần mềm|hệ thống|web|mạng|máy|file)(?: bị| báo)? lỗi|"
    rf"{NOT_YET} {GOT} (?:cấp|bố trí|phân bổ|duyệt)|hết (?:kinh phí|tiền|vốn)|"
    rf"(?:chờ|đợi) (?:cấp )?(?:kinh phí|kp|vốn)|{NO} (?:thể )?{_REACHING}(?: \w+)? {GOT}|"
    r"(?:tạm|phải|bị) (?:hoãn|dừng|ngừng)|(?:hoãn|dừng)(?= (?:do|vì))|(?:bị|báo) lỗi|bị hỏng|mất mạng|"
    r"mất điện)"
)

# "đã đề nghị", "công văn đề nghị": told of what was done.
_MADE_NOW = _not_after("đã", "đang", "theo", "bản", "văn", "trình", "sơ", "cv", "bc", "vb", "các", "có")
PROPOSAL = loose(
    rf"{_MADE_NOW}(?:kính |xin |trân trọng )?(?:đề nghị|đề xuất|kiến nghị|đnghị|knghị)|"
    rf"{_MADE_NOW}(?:xin|mong|cần|nhờ|cho)(?: \w+){{0,2}}? "
    "(?:hỗ trợ|cấp|bố trí|hướng dẫn|ý kiến chỉ đạo|tháo gỡ|giúp|kinh phí)"
)

_TIMES = "(?:ngày|hôm|bữa|tuần|tháng|quý)"
_SOME = (
    r"(?:\d{1,2} ?[-–,] ?\d{1,2}|\d{1,3}|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|"
    "mười(?: (?:một|hai|ba|lăm))?|nửa|ít|vài|mấy|dăm|một vài|1 vài)"
)
_UNTIL = r"(?:(?:đến|tới|sang|vào|ngày|cuối|hết)(?!\w)|\d{1,2}/\d)"
_WHEN = (
    r"(?:(?:đến|tới|sang|qua|vào|hết|cuối|trước|ngày|thứ|tuần|tháng|mùng|mồng|giữa|đầu|hôm)(?!\w)|"
    rf"\d{{1,2}}[/.-]\d|{_SOME} {_TIMES}|thêm|lại|xuống|hạn|thời)"
)
EXTENSION = loose(
    r"(?:(?:em|đơn vị|phòng|sở) )?(?:(?:kính )?(?:xin phép|xin|cho|đề nghị|mong|nhờ) (?:\w+ ){0,4}?)?"
    rf"(?:(?<!được\s)gia hạn(?! (?:hợp đồng|hđ|giấy|tên miền|visa|thẻ|chữ ký|hộ chiếu))|lùi(?= {_WHEN}|\W*$)|"
    r"(?:dời|hoãn)(?= (?:đến|sang|tới|hạn|thời hạn)(?!\w))|giãn (?:tiến độ|thời|hạn)|kéo dài (?:hạn|thời|"
    r"đến)|"
    r"thêm(?= (?:(?:(?:ít|chút|một chút|tí) )?(?:thời gian|thời hạn|hạn)(?!\w)|"
    rf"{_SOME} {_TIMES}|{_TIMES} nữa))|"
    rf"khất(?! nợ)|(?:chuyển|đổi|thay đổi|điều chỉnh|nới|giãn) (?:thời )?hạn|"
    r"(?:nộp|gửi|báo cáo|bc|xin|cho)(?: \w+){0,2}? (?:chậm|muộn|trễ))|"
    r"(?:xin|cho)(?: \w+){0,3}? (?:lùi|dời|hoãn|khất|chậm|muộn|trễ|giãn|nợ|thêm(?= (?:đến|tới) ))|"
    rf"xin(?: phép)?(?: (?:nộp|gửi|hẹn|báo cáo|bc))?(?: lại| sau)?(?= (?:{_SOME} {_TIMES}|{_UNTIL}))|"
    rf"cho (?:em|đơn vị|bên em|bên mình|phòng|sở)(?: \w+)?(?= (?:{_SOME} {_TIMES}|{_UNTIL}))"
)
# A bare "do" is also độ, đó, đồ; a bare "vi" is also vị.
_NOT_DO = _not_after(
    *(
        "tiến",
        "chế",
        "mức",
        "trình",
        "tốc",
        "thủ",
        "bản",
        "so",
        "mật",
        "cường",
        "ở",
        "viec",
        "cai",
        "luc",
        "khi",
    ),
    *("sau", "trước", "từ", "nào", "trong"),
)
_NOT_VI = _not_after("đơn", "chức", "dịch", "phạm", "hành", "địa", "bởi")
REASON = loose(rf"{_NOT_DO}do(?! do|an)(?= \w)|{_NOT_VI}vì(?= \w)|bởi vì|tại vì|lý do")
# Where several open at one place the first row wins: "xin lùi" is no proposal, "do thiếu" no mere reason.
OPENINGS: tuple[tuple[Opening, Loose], ...] = (
    ("extension", EXTENSION),
    ("difficulty", DIFFICULTY),
    ("proposal", PROPOSAL),
    ("reason", REASON),
)
# Which opening ends which part: a proposal "bổ sung kinh phí còn thiếu" is still one proposal.
ENDED_BY: dict[str, frozenset[Opening]] = {
    "result": frozenset({"extension", "difficulty", "proposal", "reason"}),
    "difficulty": frozenset({"extension", "proposal"}),
    "proposal": frozenset({"extension", "reason"}),
    "extension": frozenset({"difficulty", "proposal", "reason"}),
    "reason": frozenset({"extension", "proposal"}),
}

_HINDRANCE = "(?:khó khăn vướng mắc|khó khăn|vướng mắc|vướng|kiến nghị|đề nghị|đề xuất|trở ngại)"
_HINDRANCES = rf"{_HINDRANCE}(?:(?:,| và|, và| hay| hoặc)? ?{_HINDRANCE}){{0,3}}"
# Said only to say that there is none: taken out before anything is read.
NOTHING_OF_THE_KIND = (
    loose(
        rf"(?:{NO}|{NOT_YET}|hết)(?: (?:có|còn|gặp|phát sinh|thấy|bị|gì|nội dung|khó|cần)){{0,3}} "
        rf"{_HINDRANCES}(?: gì| nào)?(?: cả| hết| thêm| rồi| r)?"
    ),
    loose(rf"{_HINDRANCES}(?: gì)? ?[:-] ?(?:{NO}|{NO} có|{NOT_YET} có)(?: gì)?(?=\s*(?:[.,;]|$))"),
    loose(
        rf"(?:tháo gỡ|giải quyết|khắc phục|vượt qua|xử lý)(?: (?:{GOT}|xong|các|những|"
        rf"mọi)){{0,3}} {_HINDRANCE}"
    ),
    loose(r"(?:mặc dù|tuy|dù)(?: \w+){0,2} khó khăn"),
    loose(rf"(?:{NO}|{NOT_YET}) (?:cần |xin |phải |đề nghị ){{0,2}}(?:gia hạn|lùi|xin thêm)(?: gì)?"),
    loose("(?:đã|được|đã được|đã cho) (?:gia hạn|lùi hạn)"),
)

# --- what says nothing ---

NOT_ANY = loose(rf"(?:{NO}|{NOT_YET}) (?:\w+ ){{0,4}}?(?:gì|nào|ai)")
OPEN_QUESTION = loose(
    "bao giờ|khi nào|lúc nào|hôm nào|ngày nào|chừng nào|bao lâu|bao nhiêu|ở đâu|đâu nhỉ|chỗ nào|"
    r"(?:gửi|nộp|xem|lấy|tải|link|file|mẫu)(?: \w+){0,2}? đâu|(?:là|cho|gặp|hỏi|gửi) ai|"
    "ai (?:làm|phụ trách|chịu|nhận|ký|chủ trì|là|phải|theo dõi)|"
    "thế nào|như nào|ntn|làm sao|tại sao|vì sao|sao (?:vậy|thế)|mấy giờ|ngày mấy|tháng mấy|thứ mấy|"
    "(?:là|cái|việc|những|làm|nộp|gửi|báo cáo|cần|nội dung) gì|gì (?:vậy|thế|nhỉ)|"
    r"(?:việc|mục|mẫu|cái|số|đơn vị|phòng|file|kỳ) nào|cho (?:em|e|mình|tôi|bên em) hỏi|"
    r"(?<!đã\s)(?:gửi|cho|up|chuyển)(?: lại| giúp| giùm| cho)? (?:em|e|mình|bên em)(?: \w+){0,3} "
    r"(?:mẫu|file|link|sđt|số điện thoại)|^\W*(?:nếu|giả sử|trường hợp)"
)
_OR_NOT = "(?:không|hông|hong|ko|k|hok)"
YES_NO_QUESTION = loose(
    rf"(?:được|đúng|phải|cần|nhé|đc|dc) {_OR_NOT}{TAIL}|có (?:\S+ ){{1,8}}?(?:{_OR_NOT}|chưa){TAIL}|"
    rf"hay (?:{_OR_NOT}|chưa|sao){TAIL}|"
    rf"(?:{FINISH}|gửi|nộp|làm|có|nhận|nhận được|ký|duyệt|đăng|được|rồi|báo cáo|bc|"
    rf"ăn|ăn cơm|ăn sáng|ăn trưa|về|đến|tới) chưa{TAIL}|"
    r"(?:hả|nhỉ|hử)\W*$"
)
GREETING = loose(
    "^\\W*(?:(?:dạ|vâng|em|e|mình|tôi|thôi|ok|rất) ){0,4}(?:cảm ơn|cám ơn|thanks|thank|tks|chào|kính chào|"
    r"xin chào|chúc|kính gửi|alo|hello|hi|xin lỗi|dear|báo cáo (?:anh|chị|sếp)\W*$)"
)
_A_NOTICE = (
    "(?:được|đc|dc|thông tin|tin|văn bản|vb|công văn|cv|nhiệm vụ|việc|nội dung|thông báo|kế hoạch|kh|"
    "nhắc việc|"
    "tin nhắn|này|của anh|của chị)"
)
RECEIVED = loose(
    r"^\W*(?:(?:dạ|vâng|ok|em|e|bên em|đơn vị|phòng|đã|vừa) ){0,3}"
    rf"(?:nhận|tiếp nhận|nắm|rõ|biết|xem|đọc|hiểu|ghi nhận|tiếp thu)(?: {_A_NOTICE}){{0,5}}{TAIL}"
)

# Told of the person, or put off to a later word: no report of the work.
ASIDE = loose(
    rf"\W*{SELF}(?:{GOING} (?:họp|bận|đi công tác|đi họp|nghỉ|nghỉ phép|ốm|lái xe|đi đường|ở xa|ăn){TAIL}|"
    r"để (?:em|e|mình|tôi|bên em|anh|chị)(?: \w+)? (?:kiểm tra|xem|hỏi|check|nhắc|coi|tìm|trao đổi|báo)|"
    r"(?:xin lỗi )?(?:(?:em|e) )?(?:(?:gửi|nhắn|bấm|gõ|ấn|trả lời) )?nhầm|"
    r"(?:cảm ơn|cám ơn|tks|thanks|thank)(?: \w+){0,3}? đã (?:nhắc|gửi|cho|hỗ trợ|giúp|thông báo|báo))"
)
_HOUR = r"\d{1,2} ?(?:h|g|giờ|:)\d{0,2}"
A_MEETING_AT = loose(rf"họp (?:\w+ ){{0,3}}?(?:lúc|vào|từ)? ?{_HOUR}|{_HOUR}(?: \w+){{0,4}}? họp")
IN_THE_PAST = loose("đã")
FORWARDED = loose(r"\W*(?:(?:tin )?chuyển tiếp|forwarded(?: message| from)?|fwd?) ?[:\]]", whole_words=False)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COURTESY_WORDS = _words(
    """
    a ah alo anh bac ban chi chu chuan co da dong e em haha hehe hi hihi kinh lenh moi nghe nguoi
    nha nhat nhe nhi oi ok okay oke okela oki okie r ro roi sep test thua tot tri tuan u uh uhm um
    va vang y yes
    """
)
# A clause of nothing but these says a state and no result.
BARE_WORDS = COURTESY_WORDS | _words(
    """
    ba bao bat bc ben ca cai cao cham chua chung chx con cung dang dat dau dc den dk do don done
    dung duoc gan gi gui h hai han het hien hoan hoi hok hom hon hong ht hthanh k ke kg kh khai
    khoang khong kip ko ky la lam luon ma minh mot muc nam nay ne nhu nhung nil noi nop nua phan
    phat phong pt qua quy roai rui ruoi sap sinh so song tam tat thang thanh the thi thoi thuc tien
    tiep toi tram tren trien trong tuc ui van ve vi viec vua xg xog xong xuoi
    """
)

# --- time ---

PROMISED = loose(rf"nộp|gửi|gởi|{FINISH}|báo cáo|bc|có|trình|hẹn")
ALREADY_SAID = loose(rf"đã|{ALREADY}|vừa|hôm qua|qua")
REQUEST = loose("xin|cho|đề nghị|mong|nhờ")
AHEAD = loose("nữa")
TOMORROW = loose(_TOMORROW)
VAGUE_TIME = loose(
    rf"(?:ít|vài|mấy|dăm|một vài|1 vài|vài ba|một hai|hai ba|ba bốn|\d{{1,2}} ?[-–,] ?\d{{1,2}}) {_TIMES}|"
    r"đầu (?:tháng|tuần|quý|năm)(?: \w+)?|t[2-9]|sau (?:tết|khi|lễ)|khi (?:có|nào)|nửa tuần|"
    r"(?:thời gian|thời điểm) (?:nữa|sau)|một thời gian|"
    r"\d{1,3}[/.-]\d{1,3}(?:[/.-]\d{1,4})?|\d+ \w+"
)

# --- negation ---

STILL_ASKED = loose(rf"{NOT_YET}{TAIL}")
SO = loose("(?:nên|cho nên|vì vậy|vì thế|do đó|do vậy|thành ra)(?= )")
CANNOT = loose(rf"{NO} (?:thể )?(?:làm|thực hiện|triển khai|tổ chức)(?: {GOT})")
NEGATION = loose(rf"{NOT_YET}|{NO}")
