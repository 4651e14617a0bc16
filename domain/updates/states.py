"""Wordings that tell the state of the work, in the order in which they are looked for."""

from dataclasses import dataclass
from typing import Literal

from domain.updates.loose import Loose, loose
from domain.updates.sending import (
    A_STEPS_PAPER,
    CALLING,
    GONE_OUT,
    INVITATION,
    NUMBER,
    ON_ITS_WAY,
    PAST_ACT,
    PLACE,
    REPORT,
    SENT,
    SIGNED_AND_SENT,
    WHEN,
)
from domain.updates.word_groups import (
    ACTS,
    ALREADY,
    AMOUNT_MARK,
    DOCUMENT_MARK,
    FINISH,
    GOING,
    GOT,
    LEADERS,
    NO,
    NOT_YET,
    PAST,
    SELF,
    STEPS,
    TAIL,
    TOMORROW,
    not_after,
)

Sign = Literal["done", "in_progress", "waiting", "acting", "stepped", "not_started", "nil"]


@dataclass(frozen=True, slots=True)
class StateSign:
    """A wording, and what it says of the work. The first row that matches takes the words away."""

    says: Sign
    pattern: Loose


def _sign(says: Sign, *patterns: str) -> tuple[StateSign, ...]:
    return (StateSign(says, loose("|".join(patterns))),)


_NONE_LEFT = not_after("không", "ko", "k", "chẳng", "chả", "khong")
_STARTING = (
    "(?:làm|triển khai|thực hiện|thi công|bắt đầu|tiến hành|tổ chức|khởi động|động (?:đến|tới|vào|gì|tay)|"
    "bắt tay|đụng(?: đến| tới| vào| vô)?|«rớ»(?: tới| đến| vào| vô)?|xây dựng|xử lý|giao|phân công|ai làm|"
    "ra quân|khởi công|phát động|khai giảng|vào việc|xúc tiến|"
    "mó(?: tay| tới| đến| vào| vô)?|sờ(?: tới| đến| vào)?|nhận|start|"
    "tập huấn|mở|chạy|đi(?! (?:đến|tới) đâu)|diễn ra|diễn|phun|trồng|dạy|tuyên truyền|quay|chiếu|"
    "kiểm tra|khảo sát|"
    "tiêm|xây|sơn|dọn|vệ sinh|thu hoạch|mua sắm|vận động|tuyển|giảng|biểu diễn|tập luyện|gieo|cấy|lắp|"
    "khai mạc)"
)
_UNLESS_FINISHED = rf"(?! (?:\w+ ){{0,2}}(?:{FINISH}|hết|đủ|đầy đủ|toàn bộ|kịp)(?!\w))"
_DRAFTS = "(?:dự thảo|bản thảo|xin ý kiến|lấy ý kiến|góp ý|đề cương|thẩm định|phê duyệt|sơ bộ|bản nháp|duyệt)"
_DECIDED = "(?:ký|duyệt|phê duyệt|số liệu|kết quả|hướng dẫn|thẩm định|kinh phí|quyết định|mặt bằng)"

# What may have happened, or not, on a unit's ground.
_CASES = (
    r"(?:vụ(?: việc| án)?|trường hợp|đơn(?: thư| khiếu nại| tố cáo)?|đoàn|vi phạm|khiếu nại|tố cáo|sự cố|"
    r"tai nạn|đảng viên|"
    r"đối tượng|tình huống|diễn biến|dịch bệnh|ca|thiệt hại|hộ|điểm nóng|tin bài|tin, bài|nội dung|nhiệm vụ|"
    r"sự vụ|"
    r"trẻ em|trẻ|phụ nữ|giáo viên|hội viên|đoàn viên|bệnh nhân|hoạt động|số liệu|lượt|người|học sinh|"
    r"cán bộ|công dân|khách|biến động|thay đổi)"
)
_NO_PAPER = (
    r"(?! (?:được )?(?:văn bản|vb|kế hoạch|công văn|cv|hướng dẫn|chỉ đạo|kinh phí|tiền|thông tin|"
    r"mẫu|ý kiến|phản hồi|xã|đơn vị|ai)(?!\w))"
)
_ON_THEIR_PART = (
    r"(?!(?: \w+){0,4}? (?:đồng ý|chịu|làm|nộp|gửi|xong|hoàn thành|tham gia|triển khai|"
    r"thực hiện|ký|đăng ký|giúp|chưa|đi|về|dự thầu|nhận|đấu thầu|hưởng ứng)(?!\w))"
)

_COUNTED_CASES = (
    "(?:vụ việc|vụ|trường hợp|đoàn|đơn thư|đơn|ca|lượt|cuộc|sự cố|người|đối tượng|ổ dịch|phiếu|hồ sơ|hộ)"
)
_WHICH = r"(?: (?!(?:chưa|đang|còn|sẽ|nhưng|mà|nào)(?!\w))[^\W\d]+){0,8}?"
_WHOLLY = r"(?:«đủ»|du(?= [\d◦])|đầy đủ|hết|toàn bộ|tất cả|đúng hạn)"
_EVERY = r"(?:cả(?: \d+)?|tất cả|toàn bộ|100%|mọi|các)"
_SUBMITTING = not_after("chương", "công", "quy", "tiến", "lộ", "hành") + "trình"
_STEP_DONE = (
    f"(?:họp(?! báo)|soạn|soạn thảo|dự thảo|thẩm định|{_SUBMITTING}|xin ý kiến|lấy ý kiến|lên kế hoạch|"
    f"chuẩn bị|"
    f"liên hệ|"
    "phân công|lập "
    "danh sách|"
    "ký|ăn|bàn|trao đổi|nghe|đọc|xem|nhận|đi|về|thiết kế|lên khung|lên đề cương|đề cương|nháp|viết nháp|"
    "dựng|quay|draft|outline|sườn|"
    "ghi hình|đóng (?:dấu|mộc|quyển)|lập hồ sơ|lập dự toán|khảo sát|chọn (?:nhà )?thầu|đặt hàng|đặt in|mua)"
)

STATE_SIGNS = (
    *_sign(
        "nil",
        rf"(?:{NO}|{NOT_YET}) (?:có )?(?:\w+ ){{0,3}}?(?:phát sinh|ps)(?: gì| mới| thêm| nội dung| việc)?",
        rf"{NO} (?:vụ|vụ việc|ca|đơn|trường hợp|đoàn|lượt|cuộc) nào{_ON_THEIR_PART}|{NO} để xảy ra|"
        rf"{NO} (?:tổ chức|cử|có) đoàn(?: (?!để|nên)\w+){{0,5}}?{TAIL}",
        rf"{NO} (?:có|còn) (?:hồ sơ|văn bản|nhiệm vụ|việc)(?: nào)? (?:trễ|quá|chậm) hạn|"
        rf"^{SELF}(?:báo cáo|bc) (?:số )?0{TAIL}|"
        rf"{NO} có (?:gì(?! đâu)|nội dung)(?: mới| thêm| hết)?(?: để báo cáo| báo cáo| cần báo cáo)?",
        rf"{NO} (?:có|tiếp|nhận|tiếp nhận|đón|xảy ra|ghi nhận|phát hiện|tổ chức|cử|phát sinh|để xảy ra)"
        rf"{_NO_PAPER}(?: \w+){{1,7}}? nào{_ON_THEIR_PART}",
        rf"{NOT_YET} (?:ghi nhận|phát hiện|xảy ra|phát sinh|để xảy ra){TAIL}|"
        rf"{NO} (?:để )?xảy ra(?! (?:được|gì khác)){_ON_THEIR_PART}"
        rf"(?: (?!(?:để|nên|mà|vì(?! phạm)|do)(?!\w))[^\s.;]+){{1,5}}?{TAIL}",
        rf"{NOT_YET} (?:ghi nhận|phát hiện|xảy ra|phát sinh|để xảy ra|có|tiếp nhận|đón)(?: được| thấy| có)? "
        rf"{_CASES}(?: \w+){{0,6}}?(?: nào|{TAIL})",
        rf"{NO} (?:có|xảy ra|ghi nhận|phát hiện|phát sinh|để xảy ra|nhận|tiếp nhận|đón|tiếp)(?: được| thấy|"
        rf" có)? "
        rf"{_CASES}{_ON_THEIR_PART}(?: (?!(?:để|nên|mà|vì(?! phạm)|do)(?!\w))[^\s.;]+){{0,7}}?{TAIL}",
        rf"^\W*(?:[^\W\d]+ ){{0,6}}?0 {_COUNTED_CASES}{_WHICH}(?:,? 0 {_COUNTED_CASES}{_WHICH})*{TAIL}",
        (
            rf"^\W*(?:dạ |báo cáo\W+|bc\W+)?(?:{NO} có|nil|{NO} xảy ra){TAIL}|{NO} (?:có )?ai (?:vi "
            rf"phạm|mắc|bị){TAIL}|(?:số|tổng số|số lượng)(?: (?!điện)\w+){{1,3}} ?: ?(?:0|"
            rf"không){TAIL}"
        ),
        r"(?:kỳ|tháng|quý|tuần|năm|đợt|lần) (?:này|nay|qua|vừa rồi|vừa qua|báo cáo|\d+|[iv]+)"
        rf"(?: \w+){{0,3}}? {NO} có{TAIL}",
    ),
    *_sign(
        "not_started",
        rf"(?:có|đợi|chờ|hết|khi|phải|tháng|quý|tuần|năm|ngày|hôm|đầu|cuối|sang|thứ|sau)(?: \S+){{1,5}}? mới "
        rf"(?:(?:bắt đầu|có thể|dám|được|tính|đi|triển khai|vào) ){{0,2}}{_STARTING}",
        rf"(?:tháng|quý|tuần|năm|hôm|thứ) (?:sau|tới|nay|\d+|[iv]+) mới (?:{_STARTING}|{ACTS})",
        rf"(?:có|đợi|chờ|hết|khi|phải)(?: \S+){{1,5}}? mới (?:{ACTS})",
        rf"(?:(?:tháng|quý) (?:\d{{1,2}}|[iv]+|sau|tới)|(?:tuần|năm) (?:sau|tới))(?: \w+){{0,3}}? mới "
        rf"(?!(?:có|{FINISH}|nộp|gửi|gởi|trình|ký|duyệt|chỉ|đạt|đây|rồi|tổng hợp|báo cáo|là|biết|nhận|"
        rf"xin)(?!\w))"
        rf"[^\W\d]+",
        r"để (?:sang|qua|đến|tới)? ?(?:năm|quý|tháng|tuần) (?:sau|tới|\d{1,2})?(?:(?: (?:hẵng|hãy|rồi|"
        r"đi|mới))|"
        r"(?=\W*$))(?: (?:làm|tính|triển khai))?|để (?:sang|qua) năm(?: (?:hẵng|hãy|rồi|đi|mới|làm))*",
        r"(?:làm gì|lấy đâu ra|đào đâu ra|lấy gì)(?: có)? (?:\w+ ){1,2}mà (?:làm|triển khai|thực hiện|"
        r"mở|tổ chức)",
        rf"{NOT_YET} (?:(?:{GOT}|có|kịp|thể|hề|bắt đầu) ){{0,3}}{_STARTING}(?: {GOT}| gì(?: hết| cả)?)?"
        rf"{_UNLESS_FINISHED}",
        "(?:not|haven't|havent|have not|didn't) (?:yet )?(?:start|started|begun)(?: yet)?",
        rf"{NOT_YET} (?:\w+ )?gì(?! (?:mới|thêm|thay đổi|khác|phát sinh))",
        rf"{NOT_YET} (?:\w+ )?(?:mở|động) (?:file|máy|ra|tài liệu|văn bản|hồ sơ)",
        rf"(?:đã|có)(?: (?:ai|kịp|được))? (?:{_STARTING}|{ACTS}|mở)(?: [^\s,;.]+){{0,3}}? đâu(?: mà|{TAIL})",
        rf"{FINISH} (?:cái )?(?:gì|j|đâu) mà (?:đã )?{FINISH}\W+(?=(?:em |tôi |bên em )?(?:đã|có|{NOT_YET}))",
        rf"{NOT_YET} (?:có )?ai (?:làm|nhận|đụng|phụ trách)(?: hết| cả)?",
        rf"{NOT_YET} (?:(?:có|được|hề|kịp) )?(?:{ACTS}|mở|cử)(?: \w+){{0,4}}? (?:nào|gì)",
        rf"^{SELF}\W*{NOT_YET}(?! hết){TAIL}",
        rf"{NO} (?:thể )?(?:làm|thực hiện|triển khai|tổ chức)(?: {GOT})?{_UNLESS_FINISHED}|"
        rf"{NO} (?:thể )?(?:thi công|khởi công|ra quân|họp|lắp|đổ|đào) {GOT}{_UNLESS_FINISHED}",
    ),
    *_sign(
        "in_progress",
        rf"(?:{NOT_YET}|{NO}|khó(?! khăn)|khó mà)(?: (?!nhưng)\w+){{0,3}}? (?:{FINISH}|kịp|đủ|đạt|hết)",
        rf"{NOT_YET} (?!đến hạn|tới hạn|rõ|biết|hiểu|thấy|đến|(?:tới|đến) (?:lượt|kỳ)|đọc|xem|mở {GOT}|"
        rf"nghe)\w+|"
        rf"(?<=\w\s)(?<!ghi\s)(?<!báo\s){NOT_YET}{TAIL}",
        rf"(?:gần|sắp|sắp sửa|cơ bản|gần như|tương đối|hầu như|chuẩn bị|cb)(?: \w+){{0,2}}? {FINISH}",
        rf"{FINISH}(?: \w+)? (?:cơ bản|một phần|bước|giai đoạn|đợt|khâu|dự thảo|bản thảo|sơ bộ|một số|vài)",
        rf"{FINISH} (?:{GOT} )?(?:(?!hết|cả)\w+ )?phần(?! (?:của|việc|em|e|mình|tôi|bên|đơn vị|xã|này|"
        rf"được giao|mềm|"
        rf"cứng|thưởng))",
        rf"{FINISH} (?:đến|tới) nơi",
        rf"(?:{NO}|hỏng) {FINISH}|làm gì (?:mà )?(?:đã|có)(?: \w+)? {FINISH}|{FINISH} (?:«đâu»|dau) mà|^dau "
        rf"(?:da |co )?{FINISH}|có {FINISH} «đâu»|{FINISH} (?:cái )?(?:gì|j) mà",
        rf"«đâu» (?:đã |có )?{FINISH}|{FINISH} đâu(?! (?:đấy|đó|vào)){TAIL}|{FINISH} (?:sao|thế nào|"
        rf"kiểu gì|làm sao) (?:{GOT}|nổi|kịp)",
        r"(?:một|1) (?:phần|số)|kha khá|(?:một|1|chút) ít|phần (?:lớn|nhiều)|đa (?:số|phần)|hầu hết",
        r"bước đầu|từng bước|«dở|dở dang|làm dở»|lam do|do dang|tiếp tục|bắt đầu|khởi động",
        rf"{PAST} (?:[^\s,;.]+ ){{1,4}}?(?:đợt|giai đoạn|bước|vòng|phần|kỳ) (?:\d|một|đầu|i+)(?! tháng)(?!/)",
        rf"đâu mà (?:\w+ )?{FINISH}",
        rf"{NOT_YET} (?:làm |đi )?(?:đến|tới) đâu|thường xuyên|duy trì đều|tiến độ (?:vẫn |"
        rf"luôn )?(?:đảm bảo|bảo đảm)",
        r"thiếu (?:mỗi|có|đúng|duy nhất|chữ ký|con dấu|dấu|phụ lục|ảnh)",
        rf"(?:làm|sửa|viết|chỉnh|chỉnh sửa|biên tập|bổ sung|dựng|quay)(?: \w+)? (?:lại|nhẹ|thêm|tiếp|"
        rf"nốt){TAIL}",
        r"(?:phải|cần) (?:làm|sửa|bổ sung|chỉnh|viết|hoàn thiện)|duyệt (?:lần|vòng|bước) \d",
        r"(?:bắt|kêu|bảo|yêu cầu) (?:\w+ ){0,2}?(?:làm|sửa|chỉnh|viết) lại|bị (?:trả|bác)(?: lại| về)?|"
        r"(?:đến|tới|ở) (?:khâu|bước|công đoạn|giai đoạn) \w+|chỉ còn|^\W*(?:còn )?thiếu [\d◦]+|"
        r"(?:triển khai|tiến độ|thực hiện|thi công|"
        r"giải ngân)(?: \w+){0,2}? chậm",
        (
            r"(?:đã )?báo cáo(?: [^\s,;.]+){1,6}? (?:xin|chờ|lấy) (?:ý kiến|chỉ đạo|chủ trương)|đã báo "
            r"cáo (?:miệng|sơ bộ)"
        ),
        r"còn (?:\w+ )?(?:chỉnh|sửa|viết|bổ sung|rà)|nửa (?:chừng|đường|vời)|đang (?:ở|nằm)(?: "
        r"\w+){1,6}? (?:thẩm định|xem xét|duyệt|ký|chờ)|"
        r"(?:kho bạc|sở|phòng|tỉnh|huyện|thẩm định)(?: \w+)? trả (?:lại )?(?:hồ sơ|về)",
        r"(?:ngồi|lại) (?:sửa|làm|viết|chỉnh)|(?:vẫn|bị) chê|mới (?:bắt tay|bắt đầu|khởi động)",
        rf"mới {ACTS}(?: {GOT})? (?=\d|một|vài|mấy|có)\w+",
    ),
    *_sign(
        "done",
        SIGNED_AND_SENT,
        (
            not_after("mai", "chưa", "sắp", "sẽ", "đang")
            + rf"{SENT}(?: \w+){{0,3}}? {ALREADY} (?:(?:mà|sao) ){{1,2}}(?:(?:vẫn|còn|cứ|lại|anh|chị) "
            rf"){{0,2}}(?:{NOT_YET} (?:thấy|hiện|nhận|cập nhật)|nhắc|đòi|hỏi|báo)"
        ),
        rf"đã trình[^.;\n]{{0,40}}?(?:và|,|đã)(?: đã| được)* (?:ban hành|phát hành)|"
        rf"đã (?:ký|đóng (?:dấu|mộc))(?:,| và|, đã)? (?:gửi|nộp)(?: đi| {ALREADY}|{TAIL})|"
        rf"đã (?:được )?ký(?:,| và|, đã)? (?:phát hành|ban hành)(?: {ALREADY})?{TAIL}",
    ),
    *_sign(
        "waiting",
        rf"^{SELF}(?:sang |đến |đầu |cuối |giữa )?tháng \d{{1,2}} (?:mới |sẽ |thì )?(?:tổ chức|làm|"
        rf"triển khai|mở|khai mạc|thực hiện|nộp|gửi){TAIL}|"
        rf"(?:hôm|chiều|«tối»|toi nay|trưa)(?: nay)?(?: em| e| sẽ| mới| là)? (?:làm )?{FINISH}(?! {ALREADY})|"
        rf"(?:tuần|tháng|quý|năm) (?:sau|tới) mới có|"
        rf"(?:tuần|tháng|quý|năm|hôm|thứ) (?:sau|tới)(?: \w+){{0,2}}? (?:{_STARTING}|{ACTS})|"
        rf"(?:phát|lên sóng|in|chiếu) (?:tối|sáng|chiều|trưa) nay|"
        rf"(?:(?:«tối»|chiều|trưa|sáng) nay|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)(?: này| tới)?|"
        rf"chủ nhật(?: này)?|"
        rf"hôm nay|tuần này) (?:sẽ |mới |thì )?(?:phát|lên sóng|chiếu|khai mạc|khai giảng|"
        rf"ra quân)(?:{TAIL}| sóng)|"
        rf"(?:tuần|tháng|quý) (?:sau|tới)(?: \w+)? là (?:{ALREADY}|{FINISH}|có)|"
        rf"(?:chiều|trưa|tối nay)(?: nay)?(?: em| sẽ| mới| là)? (?:gửi|gởi|nộp)(?! {ALREADY})",
        rf"(?:đầu|giữa) (?:tuần|tháng|quý|năm)(?: (?!trước|qua|rồi)\w+){{0,2}}? mới (?:{FINISH}|{ACTS})",
        rf"{TOMORROW}(?: \S+){{0,3}}? (?:{ACTS}|{STEPS}|{FINISH}|có|giao|trả|phát|lên sóng)|(?:{ACTS}|"
        rf"{FINISH})(?: \S+){{0,3}}? {TOMORROW}",
        rf"(?:tí|tý|lát|chút|xíu|tẹo)(?: nữa)?(?: (?:em|e|mình|tôi|bên em|là|sẽ|cháu)){{0,2}} "
        rf"(?:{ACTS}|{FINISH})|"
        rf"(?:chiều|tối|sáng|trưa) nay mới \w+|{TOMORROW}(?: nay)? mới \w+|(?:nếu|hễ|khi nào|bao giờ|"
        rf"lúc nào|chừng nào|có)(?: "
        rf"[^\s,;.]+){{1,9}}? (?:thì|là|em|tôi|mình|sẽ)"
        rf"(?: [^\s,;.]+){{0,5}}? (?:{SENT}|{ACTS}|{FINISH})(?! {ALREADY})",
        rf"^\W*(?:dạ |sáng |chiều |tối |ngày |để )*mai{TAIL}",
        rf"{FINISH} (?:(?!và)\w+ )?(?:sẽ )?báo(?! cáo)|(?:để|cho) (?:mai|chiều|«tối»)",
        rf"(?:đã |đang |vừa )?trình (?:(?:đồng chí |các )?{LEADERS}|ký|duyệt|phê duyệt|sở|tỉnh|cấp)|(?:đã|"
        rf"đang) trình",
        rf"(?:còn|{GOING}|phải|chỉ|đang còn) (?:chờ|đợi)",
        rf"«chờ|đợi»|doi (?:ben|so lieu)|(?:chờ|đợi) (?:{LEADERS}|{_DECIDED})",
        r"(?<!sạch\s)(?<!chia\s)(?<!san\s)sẽ|(?<!hơn\s)dự kiến|dự định|phấn đấu|cố gắng|tranh thủ|"
        r"(?<!ký\s)cam kết|"
        r"(?<!đúng\s)hẹn|chuẩn bị|sắp",
        rf"{GOING} (?:xin|lấy) ý kiến",
    ),
    *_sign(
        "in_progress",
        rf"{PAST} (?:gửi|gởi|nộp|có|hoàn thiện|hoàn chỉnh|làm|viết|"
        rf"chuyển)(?: (?!{DOCUMENT_MARK})\S+){{0,5}}? (?:{_DRAFTS}|"
        rf"{LEADERS})",
    ),
    *_sign(
        "acting",
        r"(?:gửi|gởi|chuyển)(?: [^\s,;.]+){0,6}? xuống",
        (
            r"(?:gửi|gởi|chuyển|nộp)(?: [^\s,;.]+){1,8}? (?:thẩm định|xin ý kiến|góp ý|phê duyệt|xem xét|"
            r"cho ý kiến)"
        ),
        rf"(?<!kính\s)(?:gửi|gởi|chuyển)(?: \w+)? (?:(?:về|cho|xuống|tới|đến) )?(?:các|mấy|từng) (?:thôn|"
        rf"xã|phường|"
        rf"huyện|đơn vị|phòng|ngành|sở|chi bộ|"
        rf"trường|hộ|cơ quan|địa phương)(?: \w+){{0,2}}?(?: {ALREADY}|{TAIL})",
    ),
    *_sign(
        "stepped",
        rf"{_STEP_DONE} {FINISH}(?: {ALREADY})?",
        rf"(?:họp(?! báo)|soạn|soạn thảo|dự thảo|{_SUBMITTING}|chuẩn bị|lập|lên|viết nháp|"
        rf"ký hợp đồng)(?: (?!và|làm|"
        rf"đã|rồi|báo cáo|bc)[^\W\d]+){{1,3}}? "
        rf"{FINISH}(?: {ALREADY})?",
    ),
    *_sign(
        "acting",
        rf"{PAST_ACT} (?:{INVITATION}|{A_STEPS_PAPER})",
    ),
    *_sign(
        "done",
        *GONE_OUT,
        rf"{PAST_ACT}(?: {REPORT})?(?: {ON_ITS_WAY}){{0,8}}{TAIL}",
        rf"{SENT}(?: {REPORT})?(?: {ON_ITS_WAY}){{0,6}}? {ALREADY}(?:{TAIL}|{CALLING})",
        rf"{SENT} (?:\d|hai|ba|bốn|mấy) lần {ALREADY}|{SENT} (?:(?:từ|hôm|ngày|"
        rf"vào) )+\d{{1,2}}[/.-]\d{{1,2}}(?!\d)",
        rf"{PAST_ACT}(?: \w+){{0,3}}?\W* {REPORT}",
        rf"{PAST_ACT}(?: \w+){{0,3}}?[:\s]+{NUMBER}",
        rf"{REPORT}(?: \S+){{0,5}}? (?:{PAST_ACT}|{SENT}(?: {ON_ITS_WAY}){{0,6}}? {ALREADY})",
        rf"{SENT} (?:\S+ ){{0,2}}?{REPORT}(?: \S+){{0,5}}? {ALREADY}",
        rf"đã báo cáo|đã trả lời|đã phúc đáp|(?:đã|vừa) (?:có )?{REPORT} {DOCUMENT_MARK}",
        rf"(?:đã|vừa) (?:\w+ ){{1,4}}và (?:đã )?(?:{SENT}|báo cáo{TAIL})",
        rf"^\W*{SELF}{SENT}(?: \S+){{0,6}}? {DOCUMENT_MARK}+",
        rf"{SENT} (?:từ (?!từ)(?:{WHEN}|đầu|cuối)|hôm (?:qua|kia|trước)|(?:chiều|sáng|tối|trưa) qua|"
        rf"tuần trước|(?:hồi|lúc) \w+)|{SENT}(?: {ON_ITS_WAY}){{0,3}}? hôm (?:thứ|t)",
        rf"{SENT}(?: {REPORT})? từ (?:đời|kiếp|thuở)(?: \w+){{1,3}} {ALREADY}",
        (
            rf"(?:gửi|gởi) kèm(?: theo)?(?: file| bản)?(?: báo cáo| bc)?{TAIL}|trả lời(?: (?:công văn|"
            rf"văn bản|cv|{DOCUMENT_MARK}+))* {ALREADY}{TAIL}"
        ),
        rf"có (?:văn bản|công văn|kết quả|báo cáo|vb|cv)(?: [^\s,;.]+){{0,2}}? (?:trả lời|phúc đáp)|"
        rf"(?:báo cáo|bc|văn bản) có {DOCUMENT_MARK}+",
        rf"^\W*(?:ubnd|sở|ban|phòng|văn phòng|đơn vị|huyện|xã|công an|hội|đảng ủy|trường|"
        rf"bên)(?: [^\s,;.]+){{0,5}}? (?:kính |xin |trân trọng )?"
        rf"{SENT}(?: {REPORT})? {DOCUMENT_MARK}+",
        rf"(?:đã|vừa) (?:\w+ ){{0,2}}?{ACTS}(?: \w+){{0,3}}? {_WHOLLY}",
        rf"{_EVERY}(?: \S+){{1,5}}? (?:đã|đều(?! {GOING}(?!\w)))(?: đã| được){{0,2}} {ACTS}|"
        rf"(?:đã|đều)(?: đã| được){{0,2}} "
        rf"{ACTS} {_EVERY}",
        (
            rf"đạt (?:chỉ tiêu|kế hoạch|yêu cầu|mục tiêu) {ALREADY}|đã (?!có|nhận|nắm|thấy|xem)\w+(?: "
            rf"\w+)? «đủ» (?:\d|số|100)\S*"
        ),
        rf"{FINISH}|vượt (?:kế hoạch|chỉ tiêu|mức)|đã đủ|đủ {ALREADY}",
        r"(?:đã|vừa|được|hội nghị|lễ|lớp|buổi|hội thi|chương trình|đại hội|sự kiện)(?: "
        r"[^\s,;.]+){0,5}? (?:tổ chức|diễn ra|triển khai|"
        r"thực hiện)(?: \w+){0,3}? (?:thành công|"
        r"tốt đẹp)",
        (
            rf"{ACTS} (?:hết|đủ|đầy đủ)(?: {ALREADY}| cả|{TAIL})|{ACTS} «đủ»(?: cả)? (?:\d+|hai|ba|bốn|"
            rf"năm|sáu) [^\W\d]+ {ALREADY}"
        ),
        rf"{REPORT} (?:đã|vừa) (?:phát hành|ban hành)|{DOCUMENT_MARK}+ (?:đã )?(?:đi|lên|ra|gửi|phát hành|"
        rf"ban hành) {ALREADY}|"
        rf"ra (?:văn bản|quyết định|báo cáo) {ALREADY}",
        rf"(?:đã có|có) {REPORT}(?: {ON_ITS_WAY}){{0,2}}? (?:gửi|nộp) {PLACE}",
        r"(?:đã|đều)(?: đạt và)? (?:đạt|vượt)(?: và vượt)?(?: \w+){0,3}? (?:chỉ tiêu|kế hoạch|mục tiêu|"
        r"yêu cầu|kh)(?! \d)",
        r"(?:chỉ tiêu|nhiệm vụ|nội dung)(?: \w+){0,3}? (?:đều|đã) (?:đạt|vượt|hoàn thành)",
        rf"(?:đã|vừa)(?: khai (?:giảng|mạc))?(?: và| rồi| đến)?(?: đã)? (?:kết thúc|bế mạc)(?! "
        rf"(?:giai đoạn|bước|vòng|phần|khâu|đợt \d|ngày (?:thứ|đầu)|"
        rf"buổi))|kết thúc(?: \w+){{0,3}}? (?:{ALREADY}|tốt đẹp|thành công)",
        rf"(?:đã|vừa) (?:nghiệm thu|nghiệm thu và bàn giao|bàn giao)(?: {ALREADY})?{TAIL}|đã đưa vào (?:sử "
        rf"dụng|hoạt động)",
        rf"^[^\w▪]*(?:dạ )?{ALREADY}{TAIL}",
    ),
    *_sign(
        "in_progress",
        rf"{_NONE_LEFT}còn (?:đúng|lại|thiếu|phần|\d+|một|hai|ba|mỗi|vài|mấy|bài|tin|khâu|việc|đang|phải|"
        rf"ít|tí|tý|chút|"
        r"xíu|"
        r"bộn|nhiều|khối|lắm|dang dở|sót|nợ|"
        r"xã|phường|thôn|ấp|bản|huyện|đơn vị|chờ|in|ký|duyệt|quyết toán|thanh toán|nghiệm thu)|"
        r"gần hết|còn (?:\S+ ){1,4}nữa (?:thôi|là)",
        rf"{_NONE_LEFT}còn {AMOUNT_MARK}+",
        rf"(?<!bộ\s){GOING}(?! (?:nghỉ|bận|ốm|vào mùa|mùa|gặt|cấy|có dịch|dịch|mưa|bão|lũ|lụt|ngập|tết|lễ|"
        rf"ở|trực|vắng|thiếu|vướng|bộ|viên|ủy|uỷ|bài|tin|tải|lên|website|web|fb|facebook)(?!\w))",
    ),
    *_sign(
        "acting",
        rf"{PAST} (?:(?:kịp|được|cho|phối hợp|chủ trì|có|và|cũng|làm) ){{0,2}}(?:{ACTS}|việc)",
        rf"{ACTS} {GOT} \d+",
    ),
    *_sign("stepped", rf"{ACTS}(?: \S+){{0,5}}? {ALREADY}"),
    *_sign(
        "acting",
        r"đã được (?:cấp|bố trí|phân bổ|giao|duyệt|phê duyệt|đồng ý|chấp thuận|tháo gỡ|hỗ trợ|hướng dẫn|cho)",
        rf"đã (?!nhắc(?: nhở| việc| em| e)*{TAIL})"
        r"(?!(?:vâng|ok|oke|em|e|anh|chị|cảm ơn|don vi|đạt|được|có đủ|đủ|hết|dạng)(?!\w))\w+",
        rf"^{SELF}(?!(?:báo cáo|bc)(?!\w)|(?:họp|ký|nhận){TAIL})(?:{ACTS}|{STEPS})",
        rf"(?:nộp|gửi|gởi|trình){TAIL}",
        rf"{STEPS}(?: \S+){{0,4}}? {ALREADY}|duyệt {ALREADY}",
        r"(?:chậm|trễ|quá) (?:hạn|tiến độ)|(?:đúng|kịp|đảm bảo|bảo đảm) tiến độ",
    ),
)
