"""Wordings that say only that there is nothing to tell: no hindrance, nothing left, a program that lags."""

from domain.updates.loose import loose
from domain.updates.word_groups import FINISH, GOT, NO, NOT_YET

_HINDRANCE = "(?:khó khăn vướng mắc|khó khăn|vướng mắc|vướng|kiến nghị|đề nghị|đề xuất|trở ngại)"
_HINDRANCES = rf"{_HINDRANCE}(?:(?:,| và|, và| hay| hoặc)? ?{_HINDRANCE}){{0,3}}"
# Said only to say that there is none: taken out before anything is read.
NOTHING_OF_THE_KIND = (
    loose(  # "em gửi rồi ạ, anh nhận được chưa": what is asked of the other, behind an answer
        r"(?:(?<=rồi\s)|(?<=rồi\sạ\s)|(?<=rồi,\s)|(?<=rồi\sạ,\s)|(?<=\sr\s))(?:anh|chị|sếp|cô|chú|"
        r"bác|bên \w+) (?:\w+ )?"
        r"(?:(?:nhận|xem|thấy|check)(?: được)?(?: mail| file| báo cáo)? chưa|"
        r"(?:kiểm tra|xem|check|coi)(?: \w+){0,2}? (?:có |còn )?(?:thiếu|sai|sót|vướng)(?: \w+)? "
        r"(?:không|ko|k))(?!\w)"
    ),
    loose(
        r"(?:đừng|khỏi|thôi|không cần|ko cần|k cần)(?: \w+)? (?:nhắc|giục|đòi|hỏi)(?: em| e)?(?: "
        r"(?:nữa|mãi|hoài|gì))*"
    ),
    loose(  # "hoàn thành rồi, không phải làm gì thêm nữa"
        rf"{NO} (?:cần |phải |có ){{1,2}}(?:làm|nộp|gửi|bổ sung) (?:gì|chi) (?:thêm |khác )?nữa"
        r"(?: đâu| hết| cả)*"
    ),
    loose(rf"{NO} còn (?:gì|chi|việc gì|việc chi)(?: phải làm| tồn đọng)? nữa(?: đâu| mô| hết| cả)*"),
    loose(rf"{NO} (?:cần|phải) (?:nhắc|giục|hỏi|đòi|đốc|thúc)(?: em| e)?(?: (?:nữa|mãi|hoài|gì))*"),
    loose(  # "hệ thống chưa cập nhật": told of a program, not of the work
        rf"(?:(?:nhưng|mà|sao|do|tại|chắc) ){{0,2}}(?:hệ thống|phần mềm|web|máy|bot|app|trang)(?: "
        rf"(?:vẫn|còn|cứ|lại|chắc))* "
        rf"(?:(?:{NOT_YET}|{NO}) (?:kịp )?(?:cập nhật|ghi nhận|hiện|nhảy)(?: thôi)?|(?:báo|ghi|hiện)(?: là)? "
        rf"(?:{NOT_YET}|thiếu|nợ|đỏ)(?: (?:nộp|gửi|xong|làm|hoàn thành|có|báo cáo))*)"
    ),
    loose(  # "nếu không có gì thay đổi thì thứ sáu nộp"
        rf"(?:nếu|trường hợp|miễn) (?:như )?{NO} (?:(?:có|bị|gặp|còn|gì|việc) ){{1,3}}(?:trục trặc|"
        rf"thay đổi|vướng mắc|"
        r"vướng|trở ngại|phát sinh|khó khăn|bất thường|đột xuất)(?: gì)?(?=,? (?:thì|là) )"
    ),
    loose(  # "có gì thiếu anh báo em"
        r"(?:có gì|có chỗ nào|nếu có gì|nếu|chỗ nào)(?: \w+)? (?:thiếu|sai|sót|vướng|chưa \w+)(?: \w+){0,2}? "
        r"(?:thì )?(?:nhờ |mong )?(?:anh|chị|sếp|bên|cô|chú|bác|đồng chí|mọi người)(?: [^\s,;.]+)? "
        r"(?:báo|bảo|nhắn|gọi|nói|alo|góp ý|cho)(?! cáo)[^,.;\n]*"
    ),
    loose(
        rf"(?:{NO}|{NOT_YET}|hết)(?: (?:có|còn|gặp|phát sinh|thấy|bị|gì|nội dung|khó|cần)){{0,3}} "
        rf"{_HINDRANCES}(?: gì| nào)?(?: cả| hết| thêm| rồi| r)?"
    ),
    loose(rf"{_HINDRANCES}(?: gì)? ?[:-] ?(?:{NO}|{NO} có|{NOT_YET} có)(?: gì)?(?=\s*(?:[.,;]|$))"),
    loose(
        rf"(?:tháo gỡ|giải quyết|khắc phục|vượt qua|xử lý)(?: (?:{GOT}|xong|các|những|"
        rf"mọi)){{0,3}} (?:khó khăn vướng mắc|khó khăn|vướng mắc|vướng|trở ngại)"
    ),
    loose(r"(?:mặc dù|tuy|dù|dẫu|cho dù)(?: \w+){0,2} khó khăn"),
    loose(  # "mặc dù thiếu người nhưng đã xong"
        r"(?:mặc dù|tuy|dù|dẫu|cho dù|cho dẫu) (?!sao)[^,.;\n]{1,60}?(?=,? (?:nhưng|vẫn|song|cũng|"
        r"mà) (?:\w+ ){0,4}?"
        rf"{FINISH})"
    ),
    loose(  # "không còn việc gì phải làm", "không có nội dung nào chưa hoàn thành"
        rf"{NO} còn (?:\w+ ){{0,2}}(?:gì|nào)(?: (?:phải|cần|chưa|bị|quá hạn|tồn đọng|"
        rf"dở dang)(?: (?!nhưng)\w+){{0,2}})?(?: nữa)?|"
        rf"{NO} (?:có|còn) (?:(?!(?:nên|vì|do|mà|thì|để)(?!\w))\w+ ){{1,3}}?(?:nào )?(?:{NOT_YET}|"
        rf"quá hạn|tồn đọng|"
        rf"dở dang)(?:,? {NOT_YET})? \w+(?: thành)?"
    ),
    loose(
        rf"(?:vẫn|cứ|lại|còn) (?:báo|ghi|hiện|nhắc|bảo|kêu)(?: là)? {NOT_YET}(?: (?:nộp|gửi|xong|làm|"
        rf"hoàn thành|có|báo cáo))?"
    ),
    loose(
        rf"{_HINDRANCES}(?: \w+){{0,4}}? (?:đã|được|đã được|cũng)(?: được)? (?:tháo gỡ|giải quyết|khắc phục|"
        rf"xử lý|gỡ)"
        r"(?: xong| hết| rồi)*"
    ),
    loose(  # "trước vướng kinh phí nhưng nay đã xong"
        r"(?:trước|trước đây|lúc đầu|ban đầu|lúc trước|hôm nọ|hôm kia|bữa trước|hôm trước|tuần trước|"
        r"tháng trước|đầu năm)(?: \w+){0,3}? "
        r"(?:vướng|khó khăn|khó|kẹt|thiếu|bị \w+)(?: \w+){0,5}?(?=,? (?:nhưng |mà |thì )?(?:nay|giờ|bây giờ|"
        r"hiện|"
        r"đến nay)(?!\w))"
    ),
    loose(  # "tuần trước kêu chưa xong chứ giờ xong rồi"
        r"(?:(?:hôm|bữa) (?:qua|kia|trước|nọ|kìa)|(?:tuần|tháng|quý) trước|(?:lúc|hồi) (?:nãy|trước|"
        r"sáng)|ban đầu|"
        r"lúc đầu|sáng nay|trước đây|trước)"
        rf"(?: (?:em|e|có|báo|nói|kêu|bảo|nhắn|là|thì|vẫn|đúng|tụi em|bên em|xã)){{0,4}} (?:{NOT_YET}|"
        rf"còn thiếu|"
        r"còn nợ|còn vướng|đang)"
        r"(?: [^\s,.;]+){0,6}?(?:,| chứ| nhưng mà| nhưng| mà| còn| thì)*(?= (?:giờ|nay|bây giờ|hiện|"
        r"hôm nay|đến nay)"
        r"(?: thì| em| đã| cũng)* )"
    ),
    loose(  # "xong hết rồi, giờ mới ngồi thở"
        r"(?:,|;)? ?(?:giờ|nay|bây giờ|đến giờ|tới giờ) mới (?:(?:được|dám|có|rảnh|ngồi|đi|"
        r"về) ){0,3}(?:thở|nghỉ|rảnh|"
        r"ăn|ngủ|uống|về|nhắn|trả lời|đọc tin|thấy tin)[^.;\n]*"
    ),
    loose(  # "báo cáo tháng 6 (hạn 15/6): xong"
        r"(?<!gia\s)(?<!lùi\s)(?<!dời\s)hạn(?: nộp| chót| cuối|"
        r" hoàn thành)?:? ?(?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?"
        r"(?=\s*[])\":;.\u201d\n–-])"
    ),
    loose(rf"(?:{NO}|{NOT_YET}|khỏi) (?:cần |xin |phải |đề nghị ){{0,2}}(?:gia hạn|lùi|xin thêm)(?: gì)?"),
    loose("(?:đã|được|đã được|đã cho) (?:gia hạn|lùi hạn)"),
)
