"""What keeps words of completion from proving that the whole of a duty is done.

"Done" is the one state that ends the asking, so it needs proof: words of completion that are not negated,
limited, conditional, still to come, asked, ordered or only heard of, and no unknown word among them that
may be one of these misspelt. Between « and » stand words that mean something else without their marks.
"""

import re
from typing import Literal

from domain.updates.loose import loose
from domain.updates.misspelt import misspelt_beside
from domain.updates.word_groups import (
    ACTS,
    ADDRESSES,
    ALREADY,
    AMOUNT_MARK,
    COUNTED,
    FINISH,
    GOT,
    NO,
    NOT_YET,
    SELF,
    TAIL,
    not_after,
)

Doubt = Literal["open", "unknown"]
"""open: the words say that something is left to do. unknown: they may say so, which has to be asked."""

_TIME = "(?:giờ|ngày|hôm|bữa|tuần|tháng|quý|năm|buổi|sáng|trưa|chiều|tối|đêm)"
_WORD = r"(?: [^\s,;.!]+)"
_TO_FINISH = rf"{_WORD}{{0,5}}? {FINISH}"
_DO_AGAIN = "(?:sửa|làm|chỉnh|chỉnh sửa|nộp|viết|rà|rà soát|xem|điều chỉnh|trình|thi công|tổ chức|triển khai)"
_QUOTE = r"[\"\u201c\u201d\u00ab\u00bb\u2018\u2019]"
# What may follow "but" without taking anything back: "xong rồi nhưng hơi muộn", "xong rồi mà sao vẫn nhắc".
_HARMLESS = (
    rf"(?![^,.;\n]{{0,60}}?(?:{FINISH}|{ALREADY}(?!\w)|muộn|chậm|trễ|hơi|vất vả|mệt|khó(?! khăn)|nhắc|hỏi|"
    rf"giục|đòi|cứ |sao |"
    rf"vẫn thấy|"
    "vẫn báo|quên|ngại))"
)
_WEEKDAY = "(?:t[2-7]|cn|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|chủ nhật)"
_FEW = "(?:hầu hết|đa số|phần lớn|phần nhiều|một số|nhiều|vài|«mấy»|một vài|«đôi»|quá nửa|già nửa)"
_NEARLY = (
    "(?:gần|sắp(?! (?:xếp|đặt)(?!\\w))|suýt|xấp xỉ|ngót|"
    + not_after("trung", "quan", "số", "thứ")
    + "tạm|tàm tạm|cơ bản|coi như|xem như|tạm coi|tương đối|hầu như|đại khái|sơ sơ|non nửa|gọi là|mang tính)"
)
_COUNT = r"(?:\d{1,4}|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"

_SURELY = (
    "(?:(?:thể nào|kiểu gì|thế nào|sớm muộn|trước sau|rồi|đằng nào)(?: gì)?(?: thì)?(?: (?:em|e|mình|"
    "tôi|bên em))? "
    "(?:cũng|chả|chẳng|sẽ)|giá (?:mà|như)|phải chi|ước gì|ví (?:như|dụ)|lỡ)"
)
_PREPARING = (
    "(?:chuẩn bị|thu thập|khảo sát|lấy ý kiến|xin ý kiến|dự thảo|soạn thảo|lập dự toán|lựa chọn|chọn thầu|"
    "giải phóng mặt bằng|gpmb|thẩm định|đấu thầu|mời thầu)"
)
_SLOWLY = r"(?:từ từ|dần dần|«dần»|lần lượt|từng (?:bước|phần|ngày|đợt))"

_JUST_DONE = (
    rf"(?: (?:bấm gửi|ấn gửi|nhấn gửi|làm|gửi|nộp|viết|báo cáo|bàn giao|tổ chức|đăng)(?: báo cáo| "
    rf"bc)?)? {FINISH}"
    r"(?:(?: (?:hồi|lúc|sáng|trưa|chiều|tối|hôm|tuần|ngày) (?:nãy|nay|qua|trước|này|kia))|(?<=\w) (?=lại))"
    rf"| (?:làm|gửi|nộp|viết|báo cáo|bàn giao|tổ chức|đăng)(?: báo cáo| bc)? {FINISH}"
)

_LEFT_OUT = (
    (
        not_after("khấu", "phòng", "diệt", "loại", "bài", "trơn")
        + r"trừ(?! (?:so|sở|cột|sâu|bệnh)(?!\w))|ngoại trừ|(?:không|chưa) (?:kể|tính|bao gồm)"
    ),
    not_after("nói", "quỹ") + r"riêng(?! (?:tư|lẻ)(?!\w))",
    (
        not_after("đối", "nước", "bên")
        + r"ngoài(?= (?:phần|việc|khâu|mục|xã|kinh phí|thanh toán|quyết toán|\w+ (?:\w+ ){0,3}ra(?!\w)))"
    ),
    (
        not_after("không", "ko", "k", "chẳng", "vẫn", AMOUNT_MARK, "mọi", "từng")
        + r"(?<!\d\s)còn(?! (?:hỏi|nhắc|giục|đòi|em|e|mình|tôi|đường|người|số|giống|vật|bò|trâu|nhắc|gì|"
        r"dấu)(?!\w)|\W*$)"
    ),
    (
        not_after("không", "ko", "k", "tối", "giảm", "giới")
        + r"thiếu(?! (?:nhi|niên|số(?! liệu)|so(?! lieu))(?!\w))"
    ),
    "chỉ (?:còn|thiếu|chờ|cần|mới|được|xong|có|là|sót)",
    not_after("địa") + rf"«chỉ» (?!tiêu|đạo|thị|huy|dẫn|số|rõ|trong)(?:\w+ ){{1,3}}{FINISH}",
    not_after("không", "ko", "k", "chẳng", "chưa", "thiếu", "sai")
    + r"(?:«sót»|bỏ sót)(?! (?:gì|cái gì|nào)(?!\w))",
    (
        not_after("vừa", "thôn", "đổi", "năm", "cái", "làm", "xây", "tuổi", "sinh")
        + rf"(?:«mới»(?!{_JUST_DONE})(?= (?:\w+ )?(?:{ACTS}|{FINISH}|{GOT}|có|chỉ|là|tạm|cơ|\d|"
        rf"{AMOUNT_MARK}))"
        rf"|moi(?= (?:{FINISH}|lam|nop|gui|duoc|dc|co|\d|{AMOUNT_MARK})))"
    ),
)
_MANY = (
    "(?:một mớ|1 mớ|bộn|kha khá|nhiều|một ít|chút|tí|vài|mấy|sương sương|lơ mơ|qua loa|tàm tàm|"
    "lưng chừng|nửa chừng|một khúc|một đoạn)"
)
_NOT_THE_WHOLE = (
    rf"{FINISH} (?!{ALREADY}|hết|cả|luôn)\w+(?: \w+){{0,2}}? thôi{TAIL}",
    (
        rf"{FINISH} (?:các |những )?phần (?:việc )?(?:khó|chính|nặng|đầu|cốt lõi|quan trọng|cơ bản|nội "
        rf"dung|số liệu|lời|dễ)"
    ),
    (
        rf"(?:giai đoạn|đợt|bước|vòng|khâu|hạng mục) (?:thứ )?(?:\d|một|nhất|đầu|i{{1,3}}) (?:đã |thì |"
        rf"cơ bản )?{FINISH}"
    ),
    rf"{FINISH} (?:phần |cái |được )?(?:móng|nền|khung|mái|cọc|sườn|thân|trụ|dầm|cốt|thô|nửa)(?!\w)",
    (
        rf"{FINISH} (?:lớp|khóa|khoá|buổi|phiên|tập|kỳ|tổ|thôn|ấp|khu|gói|chương|cuốn|quyển|đoạn|tuyến|"
        rf"tầng|bài|clip|xã|"
        r"phường|hạng mục)(?: số| thứ)? (?:\d{1,2}|một|nhất|hai|đầu|i{1,3})(?![\d/])"
    ),
    rf"{FINISH}(?: {GOT})? {_MANY}(?! (?:hôm|ngày|tuần|tháng|năm|bữa|lần))",
    rf"{_NEARLY}{_WORD}{{0,3}}? {FINISH}",
    rf"{FINISH}{_WORD}{{0,2}}? (?:«tạm»|tam thoi|sơ sơ|tàm tạm|đại khái|cơ bản|về cơ bản|một nửa|nửa)",
    rf"{_FEW} (?!năm|tháng|hôm|ngày|tuần|bữa|lần|giờ)\w+(?: \w+){{0,3}}? (?:{FINISH}|{ALREADY})",
    (
        rf"{FINISH}(?: (?:{GOT}|{ALREADY}|thêm|trước))* (?:đợt|vòng|giai đoạn|bước|khâu|pha|chặng|(?:cái |"
        rf"bản )?(?:nháp|draft|khung|sườn|outline)|bản nháp|"
        rf"bản thảo|"
        r"dự thảo|thô|sơ bộ|thủ tục|đề cương|phần (?!việc|của|em|mình|tôi|bên|đơn vị|xã|này|được giao)|"
        r"lần|hạng mục|"
        rf"được (?:vài|mấy|một)(?! {_TIME}))"
    ),
    rf"{FINISH} (?:xong )?(?:công tác |việc |khâu |phần )?{_PREPARING}",
    rf"{FINISH} {GOT} {_COUNT}(?! (?:{_TIME}|lần|phần trăm)(?!\w))",
    (  # a count of which the whole was not said
        rf"{FINISH}(?: (?:{GOT}|thêm|trước))* {_COUNT} (?!{_TIME}|phần trăm|trên|việc này)(?:\w+ )?{COUNTED}"
    ),
)
_STILL_TO_COME = (
    (
        rf"(?:tuần|tháng|quý|năm|kỳ) (?:này|nay)(?: (?:em|e|sẽ|là|chắc|mới|làm|"
        rf"phải)){{0,2}} {FINISH}(?! {ALREADY})"
    ),
    (
        rf"(?<!đã\s){FINISH} trước (?!hạn|thời hạn|đó|rồi|nhất|tiên|kế hoạch|kh|tiến độ|yêu cầu|thời gian|"
        rf"lịch|{TAIL})"
    ),
    (
        rf"(?<!đã\s)(?:đẩy nhanh|đẩy mạnh|khẩn trương|tập trung|quyết liệt|tích cực|"
        rf"nỗ lực)[^.;\n]{{0,40}}? {FINISH}"
    ),
    (
        r"phần (?:của|việc|em|mình|tôi|bên)[^,;.\n]{0,40}[,;] (?:còn |riêng )?phần|"
        r"(?:sở|sếp|cấp trên|tỉnh|huyện|lãnh đạo)(?: [^\s,;.]+){1,2} (?:chỉnh sửa|bổ sung|sửa|làm lại)"
    ),
    (
        rf"(?<!đã\s)trong (?:hôm|ngày|buổi|sáng|trưa|chiều|tối|tuần|tháng|quý|năm)(?: (?!qua|trước|đã|"
        rf"rồi)\w+){{0,2}}? {FINISH}(?! {ALREADY})"
    ),
    r"«ước» (?:đạt|thực hiện|tính|cả|đến|hoàn|khoảng|được|hết)",
    rf"là (?:em|e|tôi|mình|bên (?:em|mình|tôi)|đơn vị|sẽ|coi như|cũng)(?: sẽ)? {FINISH}",
    (
        rf"{FINISH} là (?!do|nhờ|tốt|được|vì|may|sớm|muộn|đúng|cũng|vui|"
        rf"mừng)\w+(?![^,.;\n]{{0,40}} {ALREADY}(?!\w))"
    ),
    (
        rf"{_NEARLY} (?:hết|đủ|toàn bộ|kín)|(?:{ACTS}|{FINISH}) hết (?:phần|khâu|đợt|giai đoạn|"
        rf"bước)(?! (?:việc|của))"
    ),
    rf"(?:tuần|tháng|quý|năm|hôm) (?:sau|tới)(?: \w+)? {ACTS}",
    (
        r"(?:tí|tý|tẹo|chút|xíu|lát|lúc|ít|vài|mấy|\d+|một|hai|ba|hôm|bữa|ngày|tuần|tháng|buổi|giờ|phút|"
        r"tiếng)(?: \w+)? nữa"
    ),
    (
        rf"(?<!đã\s)(?<!được\s){FINISH} (?:trong|vào|trước|cuối|đầu) (?:hôm|tuần|tháng|quý|năm|ngày|sáng|"
        rf"chiều|tối|mai|giờ)"
        r"(?! (?:trước|qua|rồi|nay rồi)(?!\w))"
    ),
    (
        rf"(?<!\w)(?:{_WEEKDAY}|ngày kia|mốt|đầu tuần|cuối tuần|cuối (?:giờ|buổi|ngày)|"
        r"(?:«tối»|toi nay|đêm|sáng|trưa|chiều)(?: nay)?|\d{1,2}(?:h|g| giờ)\d{0,2})"
        rf"(?: (?:này|tới|sau|nay|em|e|sẽ|là|thì|chiều|mới|phải)){{0,3}} (?:làm )?{FINISH}(?! {ALREADY})"
    ),
    rf"{FINISH}(?: (?!từ|hôm)\w+)? (?:{_WEEKDAY}|ngày kia)(?! (?:trước|qua|rồi|vừa)(?!\w))(?! {ALREADY})",
    (
        r"(?:sẽ|hứa|(?<!quyết\s)(?<!quy\s)(?<!nhất\s)(?<!xác\s)(?<!thẩm\s)(?<!nghị\s)(?<!chỉ\s)"
        r"«định|tính»(?! (?:kỳ|đến|tới))|(?<!đã\s)(?:đảm bảo|bảo đảm)|"
        r"chắc chắn(?! (?:là )?(?:đã|xong)(?!\w))|nhất định|"
        r"ráng|«cố»|gắng|tranh thủ|(?<!giải\s)(?<!nghị\s)(?<!thanh\s)quyết(?! (?:toán|định))|quyết tâm|"
        r"phấn đấu|mục tiêu|dự kiến|"
        r"cam kết|"
        rf"mong|muốn|ước|hy vọng|hi vọng|kế hoạch(?! đã)|kịp(?! {FINISH} {ALREADY})|sau khi|trước khi|"
        rf"«để»|nhằm|nếu|giả sử|miễn|hễ|"
        rf"khi|"
        rf"bao giờ|"
        rf"chừng nào|lúc nào|«đợi|hạn»|sớm|«lo»|hẹn|chỉ tiêu|(?<!theo\s)(?<!đúng\s)yêu cầu|phải|"
        rf"khó(?! khăn)|«cần|"
        rf"nên(?! đã)»){_TO_FINISH}"
    ),
    rf"(?:de|can|doi|co gang|dinh|lo) (?:lam )?{FINISH}",
    (
        rf"(?:{_SURELY}|{_SLOWLY}){_WORD}{{0,2}}? {FINISH}|{FINISH} (?:{_SLOWLY}|nay mai|(?:ngay|"
        rf"liền) (?:thôi|đây)|(?:ngay|liền){TAIL})"
    ),
    (
        rf"(?:almost|nearly|soon|will be|not|never|to be|about to) (?:be )?{FINISH}|{FINISH} (?:yet|soon|"
        rf"tomorrow|tmr|later)"
    ),
    not_after("thẩm", "quy", "quyết", "nhất", "xác", "chỉ", "nghị")
    + r"(?:«định|tính»|toan|suýt|muốn)(?: \w+){0,2}? (?:gửi|gởi|nộp|báo cáo|làm|phát hành)",
    (
        not_after("đã", "được") + rf"nếu(?! (?:trên|rõ)(?!\w))|giả sử|miễn là|với điều kiện|"
        rf"{FINISH} (?:khi|lúc(?! (?:\d|nãy|trước|sáng|trưa|chiều|tối|đầu))|"
        rf"nếu)(?! nào)"
    ),
    (
        not_after("vậy", "thế", "coi", "chắc", "như", "lẽ", "bảo", "nói")
        + rf"là {FINISH}|nữa(?: \w+)? {FINISH}|thì {FINISH}(?! {ALREADY})|(?:cho|đi|«lo») {FINISH}"
    ),
    rf"{FINISH} (?:sau|đã|cái đã)(?:\s*(?:ạ|nhé|nha|anh|chị)(?!\w))*\W*$",
    (
        rf"{FINISH} (?:là |thì )?(?:em|e|mình|tôi|bên em|sẽ|thì|mới|rồi mới|rồi sẽ|rồi (?:em|e|tôi|"
        rf"mình))(?: sẽ)? "
        "(?:báo(?! cáo)|gửi(?! báo cáo| bc)|nộp|trình|làm|nhắn|gọi|alo)(?![^,.;\n]{0,60}? (?:rồi|r|roi))"
    ),
)
_ONCE_DONE = (
    (
        rf"{FINISH}(?: (?:là|thì|sẽ|em|e|tôi|mình))* (?:gửi|gởi|nộp|trình|báo)(?: (?!cáo|"
        rf"bc)\w+){{0,2}}? (?:liền|ngay|luôn|sau)(?! {ALREADY})"
    ),
)
_UNDONE_AGAIN = (
    (
        not_after("kiểm", "anh", "a", "c", "sếp", "bác", "cô", "chú", "thầy", "chị", "bạn")
        + rf"{_DO_AGAIN} lại(?! đi(?!\w))(?! (?:\w+ "
        rf"){{0,4}}{FINISH})(?!.{{0,40}}, {FINISH})|(?<!kiểm\s)trả (?:về|lại)|(?:gửi|"
        rf"nộp) (?:lại|trả)|(?:bị|họ|sở|sếp|huyện|tỉnh) gửi (?:trả )?về|(?:gửi|nộp) về(?! (?:sở|tỉnh|ubnd|"
        rf"phòng|văn phòng|ban|bộ|"
        rf"huyện|cơ quan|cục|chi cục|trung tâm|đảng|anh|chị|bên|đơn vị))|bắt (?:sửa|làm|chỉnh|nộp|viết|"
        rf"bổ sung)|"
        + not_after("không", "ko", "thiết", "chuẩn", "trang", "khỏi", "chẳng")
        + r"bị(?! (?:động|nhắc|thư)(?!\w))"
    ),
    (
        r"(?:phải|«cần»|yêu cầu|«đòi|bảo»|kêu|bắt|can(?! bo))(?: \w+){0,2}? (?:sửa|bổ sung|chỉnh|làm|thêm|"
        r"điều chỉnh|"
        "hoàn thiện|giải trình|rà|viết|nộp)"
    ),
    (
        r"từ chối|«chê|hủy|huỷ»|sai (?:mẫu|số|sót|quy|thể|tên|biểu|phụ|format|rồi)|thất bại|trượt|"
        r"(?<!không\scòn\s)(?<!ko\scòn\s)(?<!hết\s)«nợ»(?! "
        "công)|"
        "vướng|«kẹt»|bỏ dở|dở dang"
    ),
    (
        rf"(?:{NO}|{NOT_YET}) (?:được |có )?(?:đạt|được|đủ|ổn|đúng|kịp|xong|hợp lệ|đồng ý|chịu|duyệt|nhận|"
        rf"ký|khớp|"
        "chuẩn|ưng|thông qua)"
    ),
    ("nhầm|à (?:không|chưa|quên|mà)|thực ra|thật ra|«chứ»|chu (?:khong|chua|con|k|ko)|trừ phi|phát hiện"),
    rf"(?:{FINISH}|{ALREADY})[^.;\n]{{0,60}}?(?:nhưng mà|nhưng|tuy nhiên|mỗi tội|có điều)(?!\w){_HARMLESS}",
    rf"(?:{FINISH}|{ALREADY}) mà(?! (?:anh|chị|em|e|sếp|bác|cô|chú|ạ|a)\W*$|\W*$|\s*[,.!])(?!\w){_HARMLESS}",
)
_HEARD_OF = (
    (
        rf"(?:anh|chị|cô|chú|bác|văn thư|bên|sếp|bạn|họ|người ta|thằng|con bé|ông|bà)(?: "
        rf"[^\s,;.]+){{0,2}}? (?:bảo|nói|kêu|kể|nhắn)"
        rf"(?: (?:là|rằng))?(?: (?!em|e|mình|tôi|bên)[^\s,;.]+){{0,2}}? (?:{FINISH}|gửi|gởi|nộp|up|"
        rf"chuyển|phát hành|ban hành)"
    ),
    rf"{FINISH} theo (?:lời|anh|chị|ông|bà|bên|đơn vị|báo cáo của)",
    r"^\W*thôi xong",
    (
        r"chắc(?! (?:chắn|hẳn)(?!\w))|hình như|nghe (?:nói|bảo|đâu|đồn|tin)|có (?:lẽ|vẻ|«khi»)|dường như|"
        r"đáng (?:lẽ|ra|lý)|(?:lẽ|nhẽ|đúng) ra|(?:chẳng|không|chả|lẽ) (?:lẽ|nào)|lẽ ra|«liệu» (?:có|đã|"
        r"mai|hôm|em|mình)|«phỏng»|dễ gì|(?<!từ\s)đời nào|«kẻo|nhỡ»|"
        r"theo (?:kế hoạch|lịch|dự kiến) (?:thì |là )+|tưởng|ngỡ|«đoán»|"
        "«nghĩ»|nghi la|thấy (?:bảo|nói)|(?:không|ko|k|chả) (?:rõ|biết|chắc)|giả vờ"
    ),
    rf"{_QUOTE}[^\n]{{0,40}}?{FINISH}[^\n]{{0,40}}?{_QUOTE}",
)
_ASKED_OF_OTHERS = (
    (
        rf"(?:nhớ|hãy|nhắc|giục|đòi|đôn đốc|đề nghị|(?<!bàn\s)(?<!phân\s)«giao»|kêu|(?<!đã\s)«bảo»|dặn|"
        rf"chỉ đạo|đốc thúc|«mời»|"
        rf"nhờ|bắt|«cho»|"
        rf"ép|khuyên)"
        rf"(?: (?!đã|da)[^\s,;.!]+){{0,4}}? (?:làm |cho )?{FINISH}"
    ),
    (
        rf"{FINISH}(?: \w+)? (?:«đi»|di|giúp|giùm|dùm|hộ|ngay|sớm|gấp|nhanh)(?: \w+)?"
        r"(?:\s*(?:ạ|nhé|nha|anh|chị|em|với|chứ|thôi|các|bạn)(?!\w))*\W*$"
    ),
    (
        rf"(?:ai|nào(?! (?:cũng|đều))|gì|sao(?! (?:y|lưu|chép|kê)(?!\w))|«đời»|thằng|kiểu|"
        rf"«mấy»)(?: \w+){{0,2}}? (?:đã "
        rf")?{FINISH}"
    ),
    (
        rf"{FINISH} (?:em|e|mình|tôi|bên em)(?! (?:nhé|nha|nhe|ạ|ơi|rồi|nhá|á)(?!\w))(?= "
        rf"\w)(?!.{{0,60}}{ALREADY})"
    ),
)
# What may follow "xong" at once without being a part of the whole.
_OF_THE_WHOLE = (
    r"(?:rồi|r|roi|rui|hết|het|cả|ca|tất|toàn|sạch|ráo|luôn|luon|ạ|a|á|nhé|nhe|nha|nhá|nhỉ|thôi|đó|đấy|nè|"
    r"mà|anh|a|chị|em|e|sếp|"
    r"bác|cô|chú|thầy|ông|bà|cháu|tôi|mình|bên|đồng|thủ|các|mọi|báo|bc|b|nhiệm|việc|viec|công|nv|mục|muc|"
    r"cái này|cái rụp|cái|kế|kh|"
    r"đâu vào|đâu đấy|đâu đó|trơn tru|dứt điểm|trọn vẹn|chỉn chu|gọn gàng|tươm tất|xuôi|xuoi|tuốt|béng|trót|"
    r"ngon|gọn|đúng|sớm|muộn|trước|truoc|từ|tu|hôm|hom|ngày|lúc|luc|vào|"
    r"sáng|trưa|chiều|tối|tuần|tháng|"
    r"hẳn|lâu|đời|hồi|nãy|vừa|và|nhưng|song|thì|là|đã|da|được|dc|đc|so|số|theo|vượt|đủ|du|nội dung|"
    r"(?:đầu|cuối|giữa) (?:tuần|tháng|năm|quý) (?:rồi|trước|này|nay|qua)|cách đây|đêm|full|đâu ra đấy|"
    r"phần việc|phần của|phần em|phần bên|phần đơn vị|phần xã|phần mình|gần (?:tháng|tuần|năm|cả|hai|ba|"
    r"nửa)|trọn|mỹ mãn|toàn tập|toàn bộ|phẻ|"
    r"trong|qua|bằng|khỏi|đừng|không|ko|k|cảm|cám|tks|thanks|mời|nhờ|có gì|với|cho|để|hổng|ok|oke|chưa|sẽ|"
    r"xong|nữa|"
    r"của|tại|trên|như|kịp|thành|hoàn|chậm|trễ|hơi|100|cv|văn|gửi|gởi|nộp|kèm|còn|ạ|ngay|chỉ|ùi|rùi|rầu|òi|"
    r"roài|nghe|đấy|hả|à|hén|á|lẹ|tốt|vẫn|cũng|đều|nay|giờ|năm|quý|kỳ|đợt|tháng|thứ)"
)
# What may follow "xong rồi" at once: who is addressed, when it was, that no more need be asked.
_AFTER_ALREADY = (
    r"(?:ạ|a|á|à|ó|nhé|nhe|nha|nhá|nhỉ|nè|này|[^\W\d]+ ơi|đó|đấy|đây|mà|thôi|luôn|hết|cả|vậy|thế|nghe|"
    r"hen|hả|ta|ơi|"
    r"anh|a|chị|c|em|e|sếp|bác|cô|chú|thầy|ông|bà|cháu|o|mình|tôi|tui|bên|bạn|các|mọi|đồng|đ/c|thủ|lãnh|mn|cả|quý|"
    r"từ|hôm|hom|ngày|lúc|hồi|sáng|trưa|chiều (?:qua|hôm)|tối (?:qua|hôm)|tuần|tháng|đầu|cuối|"
    r"và|với|gửi|gởi|nộp|báo cáo|bc|theo|kèm|file|số|cv|không|ko|k|khỏi|đừng|sao|cứ|nên|vẫn|lại nhắc|nhắc|"
    r"cảm|cám|thanks|tks|xin lỗi|xin|kính|ok|oke|okie|có gì|có|đã|da|phẩy|chấm|chi tiết|kết quả|hihi|"
    r"hehe|haha|mong|"
    r"đồng ý|yên|chuyển|nhưng|tuy|song|mặc|trước|sau|muộn|chậm|trễ|hơi|được|dc|đc|\d+)"
)
_NOT_UNDERSTOOD = (
    rf"(?:vòng|bước|khâu|giai đoạn|chặng|công đoạn|hiệp)(?: [^\s,;.]+){{0,3}}? (?:đã |thì )?{FINISH}",
    (
        not_after("cả", "đủ", "hết", "bộ", "đợt", "kỳ", "số", "ngày", "hôm", "tháng", "thứ", "bảy")
        + rf"(?<![\d/]){_COUNT} (?!{_TIME}|lần|giờ|em|e|tôi|mình|anh|a|chị|c|bên)[^\W\d]+ "
        rf"(?:(?:đã|cũng) )?"
        rf"(?:gửi|gởi|nộp|làm|bàn giao|báo cáo|tổ chức|triển khai|khai giảng)(?: xong)? {ALREADY}"
    ),
    (
        rf"(?<!cả\s)(?<!đủ\s)(?<!hết\s)(?<!bộ\s)(?<![\d/])(?P<these>\d{{1,3}}|một|hai|ba|bốn) {COUNTED} "
        rf"(?:đã |cũng |thì )?{FINISH}(?! (?:hết )?(?:đủ )?cả (?P=these)(?!\w))"
    ),
    rf"«sợ»|(?:{FINISH}|{ALREADY}),? «chỉ» (?!là|đạo|tiêu|huy|dẫn|thị)\w+",
    (
        rf"(?:^\s*|(?<=[,.;:!\n]\s)){SELF}(?:đã )?(?:xo+n+g+|xog|xg|xogn|xng|xon|xnog|"
        rf"xomg) (?!{_OF_THE_WHOLE}(?!\w))[^\W\d]+"
    ),
    rf"{FINISH} \d{{1,2}}{TAIL}|{FINISH} \d{{1,3}} (?!(?:{COUNTED}|{_TIME}|phần trăm|việc)(?!\w))[^\W\d]+",
    rf"{FINISH} {ALREADY} (?!{_AFTER_ALREADY}(?!\w))[^\W\d]+",
    rf"có (?:\w+ ){{1,3}}thì (?:\w+ ){{0,3}}?{FINISH}",
    rf"{FINISH} (?:rồi )?thì (?!{ALREADY})\w+|(?:để|cách|nút) báo {FINISH}|coi là {FINISH}",
    rf"^{ADDRESSES}ht(?: ạ)*[\s.!]*$",
    rf"{FINISH} (?:{ALREADY} )?hả (?:\w+ )?(?:em|anh|chị|ạ)[\s.!]*$",
    (  # "trừ" without its second letter
        rf"(?:{FINISH}|hết|{ALREADY}|nộp|gửi|,|[{AMOUNT_MARK}]) từ (?:\d+ )?(?:xã|phần|kinh|khâu|huyện|mục|"
        rf"việc|phường)"
    ),
    (  # a number that nothing explains: "hoàn thành thag 7"
        rf"{FINISH} (?!(?:cả|đủ|hết|sớm|muộn|trước|ngày|hôm|lúc|từ|cv|bc|số|việc|mục|nhiệm vụ|của|vượt|đúng|"
        rf"chậm|trễ|"
        rf"là|trên|tại|ở|lớp|xã|phường|năm|quý|tháng|kế|theo|kh|qđ|{GOT}|vào|qua|tuần|sau|nhiệm)(?!\w))\w+ \d"
    ),
)
_OPEN = loose("|".join(_LEFT_OUT + _NOT_THE_WHOLE + _STILL_TO_COME + _ONCE_DONE + _UNDONE_AGAIN))
_UNKNOWN = loose("|".join(_HEARD_OF + _ASKED_OF_OTHERS + _NOT_UNDERSTOOD))
_JUST_NOW = loose(
    rf"mới (?=(?:gửi|gởi|nộp|up|{FINISH})(?: \w+){{0,4}}? (?:hồi|lúc nãy|sáng nay|hôm qua|tức thì|"
    rf"chiều qua|tối qua)(?!\w))|"
    rf"(?:^|[,.;!\n]){SELF}(?:(?:mãi|giờ|bây giờ|tới giờ|đến nay|cuối cùng) )+mới (?={FINISH}{TAIL})",
    whole_words=False,
)
_WINDOW = re.compile(r"[^,.;:!\n]{1,200}")


def doubt_about(text: str) -> Doubt | None:
    """Return why the words of completion in a text are no proof; None where they are one.

    The text is NFC; clauses that do not speak of the work, documents and amounts are covered in it.
    """
    text = _JUST_NOW.sub(lambda match: " " * len(match[0]), re.sub(r"[ \t]+", " ", text))
    if _OPEN.search(text):
        return "open"
    if _UNKNOWN.search(text) or any(map(misspelt_beside, _WINDOW.findall(text))):
        return "unknown"
    return None
