"""Wordings of hindrances, proposals, wishes for time, questions and courtesies in an update."""

from typing import Literal

from domain.updates.loose import Loose, loose
from domain.updates.word_groups import (
    ALREADY,
    AMOUNT_MARK,
    DOCUMENT_MARK,
    FINISH,
    GOING,
    GOT,
    NO,
    NOT_YET,
    SELF,
    TAIL,
    not_after,
)

Opening = Literal["difficulty", "proposal", "extension", "reason"]

# --- what opens a difficulty, a proposal, a wish for time, a reason ---

# The words before a hindrance that belong to it come along.
_LEAD_IN = r"(?:(?:(?<!thực\s)hiện|đang|còn|bị|gặp|có|do|vì|rất|nhiều|một số|vẫn|khá|hơi) ){0,5}"
_MISSING = (
    r"(?:kinh phí|kp|tiền(?! (?:trien|triển|do|độ|hanh|hành)(?!\w))|"
    "vốn|nguồn|người|nhân lực|nhân sự|dự toán|thiết bị|máy|số liệu|hướng dẫn|văn bản|"
    "biên chế|mặt bằng|giáo viên|bác sĩ|nhân công|địa điểm|hội trường|phòng học|nhuận bút|thù lao|"
    "chỉ đạo|xi măng|vật tư|vật liệu|nguyên liệu|xăng|lực lượng|quân số|"
    "cơ sở|tài liệu|cán bộ|phương tiện|quy định|căn cứ)"
)
_THINGS = (
    "(?:máy|usb|token|chữ ký số|laptop|tài khoản|xe|thiết bị|hệ thống|phần mềm|mạng|điện|server|loa|"
    "camera|ô tô|cầu|đường dây|cáp|ổ cứng|"
    "bơm|cống|đập)"
)
_OTHERS = (
    "(?:dân|hộ|người dân|bà con|chủ đất|chủ hộ|nhà thầu|đối tác|đơn vị thi công|bên thi công|chủ đầu tư|"
    "doanh nghiệp|công ty|"
    "cán bộ|công nhân|thợ|lái xe|nhà cung cấp|bên a|bên b|nhân viên|đấu thầu)"
)
_REACHING = (
    "(?:chạy|ký|ký số|đi|đi kiểm tra|kiểm tra|in|khởi động|mở lớp|tuyển|mời|đo|gặp|vận động|"
    "liên lạc|liên hệ|up|upload|tải lên|vào|truy cập|đăng nhập|nhập|nộp|mở|tải|gửi|đăng|kết nối)"
)
_COUNTED_AS_MISSING = rf"(?:\d++|một|hai|{AMOUNT_MARK}++)(?! (?:{_MISSING}|triệu|tỷ|tỉ|đồng))"
DIFFICULTY = loose(
    rf"{_LEAD_IN}(?:vướng mắc|vướng|khó khăn|khó quá|gặp khó|trở ngại|bế tắc|trục trặc|ách tắc|bị tắc|"
    rf"«tắc»|(?:hơi|rất) khó|khó lắm|«kẹt»|"
    r"ket(?! (?:qua|noi|hop|thuc|luan|nghia|nap|cau|toan|du|thu)(?!\w))|"
    r"(?<!giới\s)(?<!giảm\s)(?<!tối\s)"
    rf"thiếu(?! (?:mỗi|có|đúng|duy nhất|chữ ký|con dấu|dấu|phụ lục|ảnh|số(?! liệu)|so(?! lieu)|nhi|niên|tá|"
    rf"úy|uy|{_COUNTED_AS_MISSING}))|"
    rf"(?:{NOT_YET}|{NO}) (?:{GOT} )?(?:có|đủ|cấp|bố trí|phân bổ|giao)(?: đủ| {GOT})? {_MISSING}(?! phát "
    rf"sinh| nào| (?:vi phạm|bị|mắc|nghiện|chết|khiếu)(?!\w))|"
    rf"{_MISSING} (?:(?:vẫn|thì|hiện|còn|đang) )?"
    rf"(?:(?:{NOT_YET}|{NO}) (?:{GOT} )?(?:có|đủ|cấp|bố trí|phân bổ|về)|mỏng|yếu|hạn hẹp|eo hẹp)|"
    rf"(?:gửi|nộp|đăng nhập|vào|tải|làm|gọi)(?: \w+)? (?:mãi|hoài)(?: mà)?(?: vẫn)? {NO} {GOT}|"
    rf"{NO} (?:có )?(?:hộ|người|ai|xã|đơn vị)(?: nào)? (?:chịu|đồng ý|dám)|"
    r"khó (?:triển khai|thực hiện|làm)|(?:mắc|nghẽn)(?= (?:ở|tại|khâu|chỗ|phần|thủ tục))|"
    r"(?:phần mềm|hệ thống|web|mạng|máy|file)(?: bị| báo)? lỗi|"
    rf"{NOT_YET} {GOT} (?:cấp|bố trí|phân bổ|duyệt)|hết (?:kinh phí|tiền|vốn|mực|giấy in|xăng|vật tư|"
    rf"thuốc|hóa chất)|{NOT_YET} (?:thống nhất|thỏa thuận|thoả thuận|vận động) {GOT}|"
    rf"(?:chờ|đợi) (?:cấp )?(?:kinh phí|kp|vốn)|{NO} (?:thể )?{_REACHING}(?: \w+)? {GOT}|"
    r"(?:tạm|phải|bị|nên|đành|buộc|«đã») «(?:hoãn|dừng|ngừng)»|(?:tạm|phải|bị) (?:dung|ngung|"
    r"hoan(?! (?:thanh|tat|chinh|thien))|hoãn|dừng|ngừng)|(?:hoãn|dừng)(?= (?:do|vì))|(?:bị|báo) lỗi|"
    r"bị (?:hack|sét|cháy|khóa|khoá|trộm|mất|virus|dột|ướt|sập|đứt|vỡ|nhiễm|treo|chặn|xóa|xoá|hư|tốc mái|"
    r"cắt(?! giảm))(?: (?:mất|hết|đánh|luôn|mạng|điện))*|(?:mạng|điện|sóng|wifi|"
    r"internet)(?: \w+)? (?:chập chờn|"
    rf"lag|phập phù)|{_REACHING}(?: (?!{ALREADY})\w+){{1,2}}? (?:(?:vẫn|mà) ){{0,2}}{NO} {GOT}(?! duyệt)|"
    r"bị hỏng|mất mạng|(?:trường|trụ sở|cơ quan|văn phòng|kho|tủ|hồ sơ|tài liệu|sổ sách)(?: \w+){0,2}? "
    r"(?:bị |đã )?(?:ngập|lụt|cháy|sập|hỏng|«hư»|tốc mái|trôi|ướt)(?: hết| sạch)?|"
    r"(?:mất|cắt|cúp) (?:điện|nước|mạng|internet|net)|(?:đợi|chờ) (?:mãi|hoài) (?:mà )?(?:không|chưa|"
    r"ko|k|hổng)|"
    rf"(?:\w+ ){{1,10}}?(?:nên|thành ra) (?:em |e |bên em |đơn vị |vẫn ){{0,2}}(?:{NOT_YET}|{NO}) "
    rf"(?:thể )?(?:\w+ ){{1,3}}?{GOT}|"
    r"sạt lở|ngập lụt|lũ cuốn|phản đối|"
    r"(?<!đơn\s)(?<!thư\s)(?<!vụ\s)(?<!quyết\s)(?<!có\s)(?<!sinh\s)(?<!nhận\s)(?<!nào\s)khiếu nại|"
    r"cản trở|ngăn cản|"
    rf"(?:hỏng|«hư»|cháy|mất|đứt) {_THINGS}|ngập (?:hết )?(?:đường|nhà|xã)|{NO} (?:đi|qua|vào|vô|lên|"
    rf"ra)(?: \w+)? {GOT}|"
    rf"(?:làm gì|lấy đâu ra|đào đâu ra|lấy gì) (?:có )?{_MISSING}|{_MISSING} (?:ở )?đâu (?:mà|ra)(?! xong)|"
    rf"{_THINGS}(?: \w+){{0,2}}? (?:bị |báo |đã |đang |lại |cũng ){{0,2}}(?:hỏng|«hư»|hu(?= (?:roi|r))|hết "
    rf"hạn|khóa|khoá|cháy|sập|"
    rf"đứt|gãy|chết máy|hỏng hóc)|"
    rf"{_OTHERS}(?: \w+){{0,3}}? (?:{NO}|{NOT_YET})(?: \w+)? (?:đồng ý|đồng thuận|chịu|nhận|hợp tác|phối "
    rf"hợp|bàn giao|"
    r"chấp nhận|di dời|tham gia|thống nhất|(?:làm|thi công|hợp tác) nữa)|"
    rf"{_OTHERS}(?: \w+){{0,2}}? (?:đã )?(?:(?:ngừng|dừng|tạm dừng) thi công|bỏ (?:việc|cuộc|dở|chạy|"
    rf"thầu|ngang|trốn)|chạy (?:mất|rồi)|trốn|"
    rf"mất tích|biến mất|lặn mất|chây ì|rút(?: lui| thầu)?(?! "
    rf"kinh nghiệm)|phá sản|"
    r"nghỉ (?:việc|thai sản|ốm|sinh|hưu)|từ chối|đình công)|"
    rf"{NO} (?:có )?ai (?:chịu |dám )?(?:nhận|tham gia|làm|dự thầu|đăng ký|ký|phụ trách|đồng ý)(?! {NO}))"
)

# "đã đề nghị", "công văn đề nghị": told of what was done.
_MADE_NOW = rf"(?<!{DOCUMENT_MARK}\s)" + not_after(
    "đã", "đang", "theo", "bản", "văn", "trình", "sơ", "cv", "bc", "vb", "các", "có"
)
PROPOSAL = loose(
    rf"{_MADE_NOW}(?:kính |xin |trân trọng )?(?:đề nghị(?! (?:ghi nhận|ghi|cập nhật|xác nhận)(?!\w))|đề xuất|"
    rf"(?<!xong\s)(?<!quyết\s)(?<!lý\s)(?<!lời\s)kiến nghị|đnghị|knghị)|"
    rf"{_MADE_NOW}(?:xin|mong|cần|nhờ|cho)(?: \w+){{0,2}}? "
    "(?:hỗ trợ|cấp|bố trí|hướng dẫn|ý kiến chỉ đạo|tháo gỡ|giúp|kinh phí)"
)

_TIMES = "(?:ngày|hôm|bữa|tuần|tháng|quý)"
_SOME = (
    r"(?:\d{1,2} ?[-–,] ?\d{1,2}|\d{1,3}|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín|"
    "mười(?: (?:một|hai|ba|lăm))?|nửa|ít|vài|mấy|dăm|một vài|1 vài)"
)
_UNTIL = r"(?:(?:lên(?= (?:ngày |hôm )?\d)|đến|tới|sang|vào|ngày|cuối|hết)(?!\w)|\d{1,2}/\d)"
_WHEN = (
    r"(?:(?:đến|tới|sang|qua|vào|hết|cuối|trước|ngày|thứ|tuần|tháng|mùng|mồng|giữa|đầu|hôm)(?!\w)|"
    rf"\d{{1,2}}[/.-]\d|{_SOME} {_TIMES}|thêm|lại|xuống|hạn|thời)"
)
EXTENSION = loose(
    r"(?:(?:em|đơn vị|phòng|sở) )?(?:(?:kính )?(?:xin phép|xin|cho|đề nghị|mong|nhờ) (?:\w+ ){0,4}?)?"
    rf"(?:(?<!được\s)gia hạn(?! (?:hợp đồng|hđ|giấy|tên miền|visa|thẻ|chữ ký|hộ chiếu))|lùi(?= "
    rf"(?:(?:giùm|giúp|dùm|hộ|cho|em|e|tôi|tui|mình|bên) ){{0,3}}{_WHEN}|\W*$)|"
    r"(?:dời|hoãn|lùi|giãn)(?= (?:(?:giùm|giúp|dùm|hộ|cho|em|e|tôi|tui|bên|lịch|ngày|nộp|gửi|báo "
    r"cáo) ){0,3}(?:đến|sang|qua|tới|hạn|"
    r"thời hạn)(?!\w))|giãn (?:tiến độ|thời|hạn)|kéo dài (?:hạn|thời|"
    r"đến)|"
    r"thêm(?= (?:(?:(?:ít|chút|một chút|tí) )?(?:thời gian|thời hạn|hạn)(?!\w)|"
    rf"{_SOME} {_TIMES}|{_TIMES} nữa))|"
    rf"khất(?! nợ)|(?:chuyển|đổi|thay đổi|điều chỉnh|nới|giãn|dời) (?:(?:thời )?hạn|(?:thời (?:gian|hạn|"
    rf"điểm)|tiến độ)(?: \w+){{0,3}}? (?:sang|đến|tới|thành))|"
    r"(?:nộp|gửi|báo cáo|bc|xin|cho)(?: (?!hơi)\w+){0,2}? (?:chậm|muộn|trễ))|"
    r"(?:xin|cho)(?: \w+){0,3}? (?:lùi|dời|hoãn|khất|chậm|muộn|trễ|giãn|nợ|thêm(?= (?:đến|tới) ))|"
    rf"xin(?: phép)?(?: (?:nộp|gửi|hẹn|báo cáo|bc))?(?: lại| sau)?(?= (?:{_SOME} {_TIMES}|{_UNTIL}))|"
    rf"cho (?:em|e|mình|tôi|tui|đơn vị|bên em|bên mình|bên tôi|bọn em|chúng em|phòng|sở|xã|xã em|"
    rf"trường em)(?: \w+)?(?= (?:{_SOME} {_TIMES}|{_UNTIL}))"
)
# A bare "do" is also độ, đó, đồ; a bare "vi" is also vị.
_NOT_DO = not_after(
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
_NOT_VI = not_after("đơn", "chức", "dịch", "phạm", "hành", "địa", "bởi")
REASON = loose(rf"{_NOT_DO}do(?! do|an)(?= \w)|{_NOT_VI}vì(?= \w)(?! phạm)|bởi vì|tại vì|lý do")
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

# --- what says nothing ---

# "em nộp rồi sao còn nhắc?": an answer, whatever its sign.
ANSWERED_BACK = loose(
    rf"(?:{FINISH}|gửi|gởi|nộp|báo cáo)(?: [^\s,;.]+){{0,4}}? {ALREADY}(?: \w+)? (?:(?:cơ )?mà(?! "
    rf"chưa)(?=\W*$)|"
    r"(?:mà|sao|vẫn|còn|cứ)(?: [^\s,;.]+){0,4}? (?:nhắc|đòi|hỏi|giục|báo đỏ|báo chưa|kêu|réo))"
)
NOT_ANY = loose(
    r"(?:đã|có|da|co)(?: (?!(?:ở|về|cho|từ|lên|gửi|nộp|là)(?!\w))[^\s,;.]+){1,4}? đâu(?= mà|\W*$)|"
    rf"(?<!hay\s)(?:{NO}|{NOT_YET}) (?:\w+ ){{0,4}}?(?:gì|nào|ai)"
)
_PAPERS = (
    "(?:link|mẫu|file|số điện thoại|sđt|biểu|văn bản|công văn|kế hoạch|kh|tài liệu|đường dẫn|thông tin|cv|vb)"
)
_WHAT_IS_ASKED = "(?:ghi|điền|nhắn|nộp|báo|viết|bấm|nói|cần|nợ|những|chọn|dùng|nhập|hỏi)"
_CHOSEN_FROM = "(?:nộp|gửi|gởi|ghi|lấy|tính|hạn|theo|dùng|in|cần|phải|bản|file|mẫu|mail|bằng)"
_TO_COME = r"(?:[^\s,;.?]+ ){0,5}?(?:nộp|gửi|làm|phát hành|xong|hoàn thành|có|báo cáo|triển khai|trình)(?!\w)"
OPEN_QUESTION = loose(
    rf"^\W*(?:dạ |thế |ủa |ơ )?(?:sao|vì sao|tại sao|làm (?:sao|thế nào)|thế nào)(?! (?:mà )?(?:{FINISH}|"
    rf"kịp|làm|cũng))"
    rf"(?![^\n]*(?:{FINISH}|nộp|gửi|lâu) {ALREADY})(?= )|"
    rf"(?:bấm|ấn|chọn|vào) (?:nút|mục|chỗ|ô) nào|(?:còn|nợ|thiếu|cần|vướng|"
    rf"sai)(?: \w+)? gì(?: nữa)? (?:không|ko|k){TAIL}|"
    rf"{_WHAT_IS_ASKED} gì(?: (?:vậy|thế|hả|đây))?{TAIL}|"
    rf"(?:vào|ở|về|qua|lên|cho|từ|lấy|bấm|tải|tìm|nút|chỗ) (?:đâu|nào)(?: (?:vậy|thế|hả))?{TAIL}|"
    rf"^\W*(?:dạ |em |e |bên em )?{_CHOSEN_FROM}(?: [^\s,;.]+){{0,6}}? hay (?!chưa|không|"
    rf"ko)(?:là )?(?:[^\s,;.]+ ?){{1,4}}$|"
    rf"^\W*(?:(?:dạ|em|e|cho|anh|chị|bên em) )*xin (?:cái |lại |anh |chị )?{_PAPERS}|"
    rf"^\W*(?:anh |chị )?(?:gửi|gởi|chuyển) (?:em|e|mình|bên em) (?:cái |lại |"
    rf"bản )*{_PAPERS}(?:(?! {ALREADY}| đã)[^\n,])*?(?: (?:với|nhé|đi|nha)(?!\w))|"
    r"(?:anh|chị|sếp|sở) (?:vẫn )?chưa (?:nhận|thấy|xem|đọc)(?: được)?(?: \w+){0,2}? (?:à|hả|sao)|"
    r"(?:bao giờ|khi nào|lúc nào|hôm nào|ngày nào|chừng nào)(?!(?: [^\s,;.?]+){1,6} (?:mới|thì|sẽ|"
    r"là|em|mình|tôi)(?!\w))|bao lâu|"
    r"bao nhiêu|ở đâu|đâu nhỉ|chỗ nào|"
    r"(?:gửi|nộp|xem|lấy|tải|link|file|mẫu)(?: \w+){0,2}? đâu|(?:là|cho|gặp|hỏi|gửi) ai|"
    "ai (?:làm|phụ trách|chịu|nhận|ký|chủ trì|là|phải|theo dõi)|"
    r"(?<!xong\s)(?<!thành\s)thế nào|như nào|ntn|làm sao|tại sao|vì sao|sao (?:vậy|thế)|mấy giờ|ngày mấy|"
    r"tháng mấy|thứ mấy|"
    r"(?:là|cái|việc|những|làm|nộp|gửi|báo cáo|cần|nội dung) gì(?! (?:đã|mà|có|xong)(?!\w))|gì (?:vậy|thế|"
    r"nhỉ)|"
    r"(?:bản|việc|mục|mẫu|cái|số|đơn vị|phòng|file|kỳ|xã|phường|thôn|bên|sở|mail|link|nhóm|tài khoản|địa chỉ|"
    r"biểu|đứa) nào(?! (?:cũng|đều|là|thì|xong|nộp|gửi|có))|^\W*(?:xã|phường|thôn|bên|đơn vị|sở|phòng|"
    r"đứa|huyện) nào (?!cũng|đều)|ai (?:bảo|nói|kêu|biểu)|"
    r"(?:hôm|ngày|khi|lúc) nào (?:\w+ ){1,2}(?:cần|muốn)|ghi (?:là )?(?:hoàn thành|xong) đi|"
    rf"(?:đơn vị|xã|phường|sở|bên|huyện|phòng) (?:nào|đâu) đã (?:\w+ )?(?:{FINISH}|nộp|gửi|làm)|"
    r"hay chưa(?! \w+ (?:em|e|mình|tôi) sẽ)|"
    r"^\W*(?:(?:anh|chị|sếp|đồng chí|bên sở|sở) ){0,2}(?:gửi|cho|xem|kiểm tra|gọi|gọi điện|up|chuyển|nhắn|"
    r"cấp|mở|chỉ|check|alo)(?: (?!rồi|đã)\w+){0,4}? (?:giùm|giúp|hộ|dùm|cho|lại) (?:«tôi»|tui|em|e|mình|bọn|"
    r"bên em)|"
    r"cho (?:em|e|mình|tôi|bên em) (?:hỏi|tham khảo|mượn)|"
    r"(?<!đã\s)(?:gửi|cho|up|chuyển)(?: lại| giúp| giùm| cho)? (?:em|e|mình|bên em)(?: \w+){0,3} "
    r"(?:mẫu|file|link|sđt|số điện thoại)|"
    rf"^\W*(?:nếu|giả sử|trường hợp)(?![^\n?]{{1,80}}? (?:thì|là) {_TO_COME})"
)
_OR_NOT = "(?:không|hông|hổng|hong|hem|ko|k|hok|khg|kg|hk)"
YES_NO_QUESTION = loose(
    rf"(?:được|đúng|phải|cần|nhé|đc|dc) {_OR_NOT}{TAIL}|có (?:\S+ ){{1,8}}?(?:{_OR_NOT}|chưa){TAIL}|"
    rf"hay (?:{_OR_NOT}|chưa|sao){TAIL}|(?:{FINISH}|gửi|nộp|làm)(?: (?:hết|cả|được|{ALREADY}))* "
    rf"(?:{_OR_NOT}|chưa|chx){TAIL}|"
    rf"(?:{FINISH}|gửi|nộp|làm|có|nhận|nhận được|ký|duyệt|đăng|được|rồi|báo cáo|bc|thấy|xem|coi|đọc|check|"
    rf"ăn|ăn cơm|ăn sáng|ăn trưa|về|đến|tới) chưa{TAIL}|(?:nhận|thấy|coi|xem|"
    rf"đọc)(?: {GOT})?(?: \S+){{1,6}}? chưa{TAIL}|"
    rf"(?:«hả»|nhỉ|«hử»){TAIL}"
)
OF_ONESELF = loose(rf"đã|{ALREADY}|em|e|mình|tôi|bên em|đơn vị")
WISH = loose(
    r"^\W*(?:(?:dạ|xin|em|kính|đơn vị) ){0,3}chúc (?:các|anh|chị|sếp|mọi|cả|bác|đồng chí|cô|chú|toàn|"
    r"quý|lãnh đạo)"
)
GREETING = loose(
    "^\\W*(?:(?:dạ|vâng|em|e|mình|tôi|thôi|ok|rất|xin|chân thành|trân trọng|đơn vị) ){0,4}(?:cảm ơn|cám ơn|"
    "thanks|thank|tks|chào|kính chào|"
    r"xin chào|chúc|kính gửi|alo|hello|hi|xin lỗi|dear|báo cáo (?:anh|chị|sếp)\W*$)"
)
_A_NOTICE = (
    "(?:được|đc|dc|thông tin|tin|văn bản|vb|công văn|cv|nhiệm vụ|việc|nội dung|thông báo|kế hoạch|kh|"
    "nhắc việc|đôn đốc|nhắc|ý kiến(?: của)?|chỉ đạo(?: của)?|"
    "tin nhắn|này|của anh|của chị)"
)
RECEIVED = loose(
    r"^\W*(?:(?:dạ|vâng|ok|em|e|bên em|đơn vị|phòng|đã|vừa|mình|tôi|cháu|"
    r"ừ|ờ|uh|bọn em|xã em|tòa soạn|toà soạn|cơ quan|văn phòng|huyện|xã|ubnd|ban|sở|ông|"
    r"(?:báo cáo|bc|thưa) (?:anh|chị|sếp|các anh|lãnh đạo|đồng chí|thầy|cô|bác)) ){0,5}"
    rf"(?:nhận|tiếp nhận|nắm|rõ|biết|thấy|xem|đọc|hiểu|ghi nhận|tiếp thu)(?: {_A_NOTICE}|"
    rf" {DOCUMENT_MARK}+){{0,5}}{TAIL}"
)

# "sẽ triển khai thực hiện", behind "đã tiếp nhận": no more than that it will be seen to.
WILL_SEE_TO_IT = loose(
    rf"\W*{SELF}(?:(?:sẽ|xin|nghiêm túc|khẩn trương|sớm) ){{0,3}}(?:triển khai|thực hiện|làm|tham "
    rf"mưu|chấp hành)"
    rf"(?: thực hiện)?(?: (?:ngay|liền|nghiêm túc|theo (?:quy định|yêu cầu|chỉ đạo)))?{TAIL}"
)
# Told of the person, or put off to a later word: no report of the work.
ASIDE = loose(
    rf"\W*{SELF}(?:(?:muốn|giỏi|ngon)(?: \w+){{0,3}}? thì (?:tự|vào|đi)|«từ từ» (?:đã|chứ)|(?:yêu cầu|"
    rf"giao|nhắc) (?:các|đồng chí|anh chị|từng|mọi)(?: [^\s,;.]+){{0,8}}? (?:khẩn trương|hoàn thành|"
    rf"báo cáo|nộp|gửi|thực hiện)|{GOING} (?:họp|bận|đi công tác|đi họp|nghỉ|nghỉ phép|ốm|lái xe|đi đường|"
    r"ở xa|ăn)(?:,? ?(?:tí|tý|lát|chút|xíu|chiều|tối|mai|sau)?(?: nữa)?(?: (?:em|anh|e|a|mình|tôi|sẽ)){0,2} ?"
    rf"(?:gọi|nhắn|alo|trả lời)(?: (?:lại|sau|anh|chị|cho|nhé|điện))*)?{TAIL}|"
    r"để (?:em|e|mình|tôi|bên em|anh|chị)(?: \w+)? (?:kiểm tra|xem|hỏi|check|nhắc|coi|tìm|trao đổi|báo)|"
    r"(?:xin lỗi )?(?:(?:em|e) )?(?:(?:gửi|nhắn|bấm|gõ|ấn|trả lời) )?nhầm(?: (?:tin|nhóm|số|chỗ|box|"
    r"nick|máy|nút|người))?(?=\W*$|\W+(?:ạ|rồi|nhé|xin|sorry|đừng|bỏ))|"
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
    noted roger copy
    a ah alo ua uả ủa anh bac ban chi chu chuan co da dong e em haha hehe hi hihi kinh lenh moi nghe nguoi
    nha nhat nhe nhi oi ok okay oke okela oki okie r ro roi sep test thua tot tri tuan u uh uhm um
    va vang vg y yes
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
ALREADY_SAID = loose(
    rf"đã|{ALREADY}|vừa|hôm qua|qua|(?:tuần|tháng|quý|năm|hôm|đợt|bữa) (?:trước|rồi)|cách đây|(?:lúc|"
    rf"hồi) nãy|"
    rf"(?:{FINISH}|gửi|nộp)(?: \w+){{0,2}}? hôm (?:thứ|t[2-7])|từ (?:thứ|hôm|tuần|sáng|chiều|trưa|tối)"
)
REQUEST = loose("thêm|xin|cho|đề nghị|mong|nhờ")
AHEAD = loose("nữa")
VAGUE_TIME = loose(
    rf"(?:ít|vài|mấy|dăm|một vài|1 vài|vài ba|một hai|hai ba|ba bốn|\d{{1,2}} ?[-–,] ?\d{{1,2}}) {_TIMES}|"
    r"đầu (?:tháng|tuần|quý|năm)(?: \w+)?|t[2-9]|sau (?:tết|khi|lễ)|khi (?:có|nào)|nửa tuần|"
    r"(?:thời gian|thời điểm) (?:nữa|sau)|một thời gian|"
    r"\d{1,3}[/.-]\d{1,3}(?:[/.-]\d{1,4})?|\d+ \w+"
)

# --- negation ---

STILL_ASKED = loose(rf"{NOT_YET}{TAIL}")
ONLY_ALREADY = loose(rf"\W*(?:dạ )?{ALREADY}{TAIL}", whole_words=False)
LEFT_UNDONE = loose(
    rf"(?<=\w\s)(?:(?:{NOT_YET}|{NO})(?: (?:thể|được|kịp|bắt đầu)){{0,2}}|"
    r"mới(?: (?:bắt đầu|có thể|dám|tính)){0,2}) "
    rf"(?:làm|triển khai|thực hiện|tổ chức|khởi công|thi công|mở|tiến hành|tập huấn|chạy|ra quân|"
    r"sơn|xây|sửa|lắp|trồng)(?! (?:nữa|xong|kịp))",
    whole_words=False,
)
"""What a hindrance led to, without "nên": "vướng kinh phí chưa làm được", "đợi kinh phí mới mở"."""
MEANS_AWAITED = loose(
    r"(?:chờ|đợi) (?:(?:có|được|cấp|bố trí|phân bổ|nguồn) ){0,2}(?:kinh phí|kp|vốn|tiền(?! (?:độ|hành|"
    r"trình)))"
)
SO = loose("(?:nên|cho nên|vì vậy|vì thế|do đó|do vậy|thành ra)(?= )")
CANNOT = loose(rf"{NO} (?:thể )?(?:làm|thực hiện|triển khai|tổ chức)(?: {GOT})")
NEGATION = loose(rf"{NOT_YET}|{NO}")
