"""Wordings of a report that has gone out: what was sent, to whom, by what way and when."""

from domain.updates.word_groups import ALREADY, AMOUNT_MARK, DOCUMENT_MARK, TAIL

# An act proves that the duty is done where what was owed, a report, has gone out.
SENT = "(?:gửi|gởi|nộp|phát hành|ban hành|up|post|(?:tải|đẩy|đưa)(?= lên))"
PAST_ACT = rf"(?:đã|vừa|đã được|đã kịp|vừa mới) (?:(?:bấm|ấn|nhấn) )?{SENT}"
REPORT = (
    r"(?:báo cáo|bc|b/c|bcáo|hồ sơ(?! (?:xin|đề nghị|đề xuất|mời|dự|thầu|thẩm định|vay|trình|nghiệm thu))|"
    r"bản (?:có (?:dấu|chữ ký)|có đóng dấu|dấu đỏ|đỏ dấu|cứng|mềm|giấy|scan|điện tử|word|pdf|excel|"
    r"ký|đóng dấu|chính thức)|biểu mẫu|biểu|"
    r"phiếu(?! (?:khảo sát|lấy|xin|trình|điều tra|thăm dò|góp|hỏi))|mail|email|"
    r"zalo|file)"
)
INVITATION = "(?:giấy|thư|thiệp|giấy/thư) mời"
A_STEPS_PAPER = (
    r"(?:\S+ ){0,8}?(?:đôn đốc|đề nghị|xin ý kiến|lấy ý kiến|góp ý|mời|hướng dẫn|yêu cầu|nhắc|xin (?:cấp|bổ "
    r"sung|"
    r"hỗ trợ|chủ trương)|triệu tập)"
)
PLACE = (
    "(?:sở|tỉnh|ubnd(?: tỉnh| huyện| xã)?|phòng|văn phòng|vp|ban|bộ|cục|chi cục|trung tâm|tt|huyện|cấp trên|"
    "bên|văn thư|"
    "cơ quan|bên tổng hợp|bộ phận một cửa)(?: (?:tài chính|nội vụ|ngoại vụ|y tế|tư pháp|công thương|xây "
    "dựng|gtvt|"
    "nông nghiệp|văn hóa|văn hoá|vhtt|thông tin|khoa học|giáo dục|lao động|kế hoạch|thống kê|kinh tế|tuyên "
    "giáo|mình|anh|"
    "chị|trên|tổng hợp))*"
)
_PERSON = (
    r"(?:anh|chị|sếp|cô|chú|bác|em|đồng chí|đ/c|bạn)(?: (?!ký|xem|duyệt|xử|làm|sửa|đọc|cho|chờ|để|đợi|"
    r"tổng)[^\W\d]+)?"
)
_BY = (
    r"(?:mail|email|zalo|ioffice|trục(?: liên thông)?|hệ thống(?: [^\W\d]+){0,2}?|cổng (?:thông tin|dịch vụ "
    r"công)|"
    r"bưu điện|đường (?:công văn|bưu điện|văn thư)|phần mềm|fax|qlvb|nhóm(?: zalo)?|web|office|văn bản|"
    r"online|"
    r"trực tiếp|tận tay|tay|cổng|công văn(?: giấy)?|bản chính(?: thức)?|chính thức|thư điện tử)"
)
WHEN = (
    r"(?:hôm|sáng|trưa|chiều|tối|ngày|thứ|tuần|tháng)(?: (?:qua|nay|trước|kia|rồi|nọ|bữa|tê|[2-7]|hai|ba|"
    r"tư|năm|sáu|"
    r"bảy|đó|hôm))*|"
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:ngày |hôm )?(?:mùng|mồng) \d{1,2}|ngày \d{1,2}|"
    r"\d{1,2}h\d{0,2}|đúng hạn|trước hạn|kịp thời|(?:hồi|lúc) nãy|"
    r"hồi (?:sáng|trưa|chiều|hôm)|nãy|lâu"
)
ON_ITS_WAY = (
    rf"(?:(?:cho|về|lên|sang|tới|đến|qua|bằng|trên|theo|vào|từ|lúc|ở|tại|bên) )?(?:{PLACE}|{_PERSON}|"
    rf"{_BY}|{WHEN}|"
    rf"sớm|muộn|"
    r"kịp|tất|sạch|tuốt|đủ|đầy đủ|hết|xong|luôn|rồi|lại|trước|đi|gửi|theo (?:quy định|yêu cầu)|đúng "
    r"quy định|để tổng hợp|"
    r"đính kèm|kèm theo|"
    r"\d+ lần|như (?:yêu cầu|mọi khi))"
)
NUMBER = rf"{DOCUMENT_MARK}+(?=(?: (?:về việc|v/v|{ON_ITS_WAY})){{0,6}}{TAIL}|\s*[,;(])"
_ADDRESSEE = "(?:mi|mày|mọi người|cả nhà|anh|chị|cô|chú|bác|sếp|o|dì|em|thầy|bên|đồng chí|các anh|các chị)"
CALLING = (
    rf" (?:(?:nha|nhé|đó|rồi|á|ạ|đấy|mà|nhờ|mong) )*{_ADDRESSEE}(?:(?: [^\W\d]+)? ơi|"
    r"(?: [^\W\d]+)? (?:check|kiểm tra|xem|coi|nhận|ngó|tìm|vào|mở|ktra)"
    r"(?:(?! (?:sửa|duyệt|ký|góp|bổ sung|chỉnh|thiếu|chưa|cho ý kiến)(?!\w)) [^\s,;.]+){0,8}\W*$)"
)
# What may be left to do, or to whom a thing goes that is no office above: no word of these is passed over.
_STOP = (
    r"(?:thằng|đứa|ông|bà|các|mấy(?! (?:anh|chị|sếp|bác|cô|chú|cậu|ông|bà))|"
    r"từng|xuống|dự thảo|bản thảo|nháp|draft|xem|duyệt|góp|ý kiến|thẩm "
    r"định|lãnh đạo|sếp|giám "
    r"đốc|gđ|bgđ|"
    r"chủ tịch|bí thư|thủ trưởng|trưởng|phó|thường trực|mời|đề nghị|đề xuất|xin|yêu cầu|nhắc|đôn đốc|"
    r"hướng dẫn|"
    r"một(?! cửa)|phần|nửa|đợt|bước|khâu|chưa|chua|chx|ch|nhưng|mà|mới|moi|còn|con|thiếu|trừ|sẽ|se|"
    r"phải|đang|dang|đag|"
    r"chờ|cho(?! (?:sở|tỉnh|phòng|văn|vp|ban|bộ|cục|chi|trung|tt|bên|bển|anh|chị|a|c|cô|chú|bác|đ/c|"
    r"đồng)(?!\w))|"
    r"đợi|doi|lại|nhầm|sai|lỗi|loi|để|de|nếu|mai|mốt|nữa|định|tính|nhờ|thôn|xã(?! hội)|phường|ấp|"
    r"bản(?! cứng| mềm| giấy)|"
    r"hộ|dân|trường|nhà|tư vấn|đơn vị|công ty|kế toán|hay|hoặc|không|ko|khong|k|thì|là|gì|đâu|nào|ai|"
    r"vẫn|tiếp|"
    r"thêm|dần|gần|sắp|nốt|bị|kẹt|vướng|khi|muốn|cần|nên|nợ|hỏi|in|\d{1,4} (?!giờ|phút)[^\W\d]{2,}|"
    rf"{AMOUNT_MARK}+)"
)
_STEP = rf"(?: (?!{_STOP}(?!\w))[^\s,;.]+)"
_THAT = "(?:(?:cái|việc|mục|phần|nội dung|bản) (?:đó|này|ấy|kia)|nó)"
_UPWARDS = (
    "(?:đường|bưu điện|một cửa|lên|về|qua|vào|trên|bằng|tận|theo|hồi|lúc|từ|hôm|sáng|trưa|chiều|tối|"
    "đêm|tuần|ngày|thứ|trực tiếp)"
)
_LAST_TIME = (
    r"(?:hôm (?:qua|kia|trước|nọ|thứ|chủ nhật)|hồi(?! nào)|(?:tuần|tháng|bữa) (?:trước|rồi)|"
    r"(?:sáng|trưa|chiều|tối) (?:hôm )?qua|lúc nãy|từ (?:hôm|sáng|trưa|chiều|tối|tuần|tháng|thứ|đầu|"
    r"cuối|lâu|\d\S*))"
)
_PAPER = "(?:kế hoạch|công văn|văn bản|vb|cv|danh sách|biên bản|chứng từ|kết quả|số liệu|tài liệu|phương án)"
GONE_OUT = (
    (
        rf"đã báo cáo{_STEP}{{0,4}}? (?:tại|bằng|ở)(?: (?:văn bản|vb|báo cáo|bc|công văn|cv))?(?: số)?"
        rf" ?{DOCUMENT_MARK}+"
    ),
    rf"{REPORT} (?:đã )?được{_STEP}{{1,6}}? ký{_STEP}{{0,3}}? và (?:đã )?(?:phát hành|gửi|ban hành)",
    rf"(?:phát hành|ban hành)(?: công văn| văn bản| báo cáo| bc| cv)? {DOCUMENT_MARK}+ {ALREADY}",
    r"có (?:biên nhận|ký nhận|giấy biên nhận)",
    (
        r"(?:(?:phần mềm|hệ thống|trang|cổng) (?:đã )?(?:báo|hiện|ghi)(?: là)?|"
        r"(?:trạng thái|tình trạng)(?: \w+)?(?: là| báo)?) (?:đã )?(?:tiếp nhận|nhận|"
        r"gửi|hoàn thành|thành công)"
    ),
    r"(?:sở|tỉnh|phòng|văn phòng|văn thư|cấp trên) xác nhận (?:là )?(?:đã )?(?:nhận|đủ|xong|hoàn thành)",
    # "đã gửi kế hoạch hè về phòng giáo dục", "up văn bản lên ioffice rồi"
    rf"{PAST_ACT} {_PAPER}{_STEP}{{0,5}}? (?:lên|về|qua){_STEP}{{1,8}}?{TAIL}",
    rf"{SENT} {_PAPER}{_STEP}{{0,5}}? (?:lên|về|qua){_STEP}{{1,8}}? {ALREADY}(?:{TAIL}|{CALLING})",
    # "báo cáo đã lên trục lúc 9 giờ"
    (
        rf"{REPORT}{_STEP}{{0,4}}? (?:đã (?:lên|đi|qua)|(?:lên|đi|qua)(?= (?:\w+ ){{1,2}}{ALREADY})) "
        rf"(?:trục|hệ thống|cổng|ioffice|web)"
    ),
    # "nộp lên tỉnh rồi", "gửi cái đó hôm thứ sáu rồi"
    rf"{SENT}(?= (?:{REPORT}|{_UPWARDS}|{_THAT})(?!\w)){_STEP}{{1,18}}? {ALREADY}(?:{TAIL}|{CALLING})",
    # "đã gửi lên hệ thống từ sáng", "đã nộp về văn phòng hội đồng nhân dân"
    rf"{PAST_ACT}(?= (?:{_UPWARDS}|{_THAT})(?!\w)){_STEP}{{1,14}}?{TAIL}",
    # "báo cáo đó em ký rồi gửi lên sở hồi chín giờ"
    (
        rf"(?:{REPORT}|{_THAT}){_STEP}{{0,8}}? (?:đã )?{SENT}{_STEP}{{0,6}}? "
        rf"(?:{ALREADY}(?:{TAIL}|{CALLING})|{_LAST_TIME})"
    ),
    # "báo cáo có trên trục từ sáng nay"
    rf"(?:{SENT}|chuyển(?= (?:báo cáo|bc)))(?= (?:{REPORT}|{_UPWARDS})(?!\w)){_STEP}{{1,8}}? {_LAST_TIME}",
    (
        rf"(?:(?:đã|vừa) chuyển (?:báo cáo|bc){_STEP}{{0,4}}? (?:lên|về|qua){_STEP}{{1,6}}?{TAIL}|"
        rf"chuyển (?:báo cáo|bc){_STEP}{{0,4}}? (?:lên|về|qua){_STEP}{{1,6}}? {ALREADY}{TAIL})"
    ),
    (
        r"(?:đã )?có (?:văn bản )?(?:báo cáo|bc) (?:bằng văn bản|kèm theo|gửi kèm|đính kèm)|đã có văn "
        r"bản báo cáo"
    ),
    (
        rf"có (?:ở |nằm )?(?:trong|trên) (?:mail|email|hộp thư|inbox|trục|hệ thống|drive){_STEP}{{0,4}}? "
        rf"{ALREADY}"
    ),
    (
        rf"{REPORT}{_STEP}{{0,4}}? (?:có|nằm|ở) (?:sẵn )?(?:trên|trong) (?:hộp thư|inbox|email|trục|hệ "
        rf"thống|cổng|mail|drive|web|phần mềm|ioffice)"
    ),
    # "sở nhận được báo cáo của em rồi"
    (
        rf"(?:sở|tỉnh|phòng|văn phòng|văn thư|(?:anh|chị) (?!em)\w+|bên (?:sở|tỉnh|đó|kia|ấy)|cấp trên)"
        rf"(?: (?:đã|cũng|vừa|xác nhận|ký|báo)){{0,3}} nhận (?:được |đủ )*{REPORT}{_STEP}{{0,5}}? {ALREADY}"
    ),
    (
        rf"(?:đã|vừa)(?: (?:có|ra|ban hành|phát hành|ký)){{1,3}} {DOCUMENT_MARK}+(?: ngày \d{{1,2}}[/.-]\S+)?"
        rf"(?:{TAIL}| (?:trả lời|phúc đáp)|(?: và|,)? (?:đã )?{SENT}(?! (?:các|xuống|cho)))"
    ),
)
_BEFORE_IT_WENT = r"(?:trình ký|trình|ký|soạn|viết|đóng dấu|đóng mộc|scan)"
SIGNED_AND_SENT = (
    rf"{_BEFORE_IT_WENT}{_STEP}{{0,6}}? (?:và|rồi|xong|với)(?: (?:và|rồi|đã))* {SENT}{_STEP}{{0,6}}? "
    rf"(?:{ALREADY}(?:{TAIL}|{CALLING})|{_LAST_TIME})"
)
"""An earlier step told in one breath with the sending: "trình ký xong và phát hành hôm qua rồi"."""
_STEPS_PAPER = (
    "(?:kế hoạch|chương trình|đề cương|số liệu|maket|mẫu|phiếu|quyết định|tờ trình|dự toán|hồ sơ|hướng dẫn|"
    "giấy|thư|công văn|cv|thông báo|văn bản)"
)
SENT_SOMEHOW = (
    rf"(?:{PAST_ACT}(?!(?: [^\s,;.]+){{0,12}}? (?:{_STOP}|{_STEPS_PAPER})(?!\w))"
    rf"|{SENT}(?: (?!(?:{_STOP}|{_STEPS_PAPER})(?!\w))[^\s,;.]+){{0,12}}? {ALREADY}(?!\w))"
)
"""Something has gone out, and no word tells that it was no more than a step."""
