"""The words of which group expressions are made, and those that end a body's name in a sentence."""

import re

from documents.reading.words import Phrases
from domain.organisation.register import Words, words


def _phrases(text: str) -> Phrases:
    return Phrases(frozenset(words(phrase) for phrase in text.split("|")))


COMMITTEES = _phrases("ubnd|ủy ban nhân dân")

DETERMINERS = _phrases("các|những|một số|một số các|mọi|tất cả các|toàn bộ các|toàn thể các|hai|03|02")

JOINTS = _phrases("và|và với|cùng|cùng với|với|hoặc|nhất là|trong đó có")
"""What stands between two bodies of a list beside a comma."""

GROUP_NOUNS = _phrases(
    "bộ phận|bộ phận chuyên môn|ban xây dựng đảng|ban đảng|cơ quan tham mưu|sở|ban|ngành|ban ngành"
    "|sở ngành|bộ|đoàn thể|hội|hội đoàn thể"
    "|hội quần chúng|hiệp hội|cơ quan"
    "|đơn vị|địa phương|tổ chức chính trị|tổ chức đoàn thể|tổ chức xã hội|tổ chức hội|tổ chức quốc tế"
    "|tổ chức phi chính phủ|tổ chức tôn giáo|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|huyện ủy"
    "|thị ủy|thành ủy|đảng ủy|cấp ủy|chính quyền|quận|huyện|thị xã|thành phố|xã|phường|thị trấn|đặc khu|thôn"
    "|bản|khu phố|tổ dân phố|trường|nhà trường|doanh nghiệp|hợp tác xã|cá nhân|công ty|tập đoàn"
    "|ngân hàng|nhà đầu tư|chủ đầu tư|cơ sở|báo|đài|phòng|phòng ban|phòng chuyên môn|mặt trận"
    "|mặt trận tổ quốc|lực lượng|lực lượng vũ trang|lực lượng chức năng|đồn|đồn biên phòng|chi cục"
    "|trung tâm|ban quản lý|câu lạc bộ|cục|vụ|viện|học viện|bệnh viện|công an|trạm|văn phòng"
    "|cơ quan tuyên truyền|cơ quan truyền thông|cơ quan quản lý|cơ quan chuyên môn|cơ quan báo chí"
    "|thành viên|ban chỉ đạo|tổ công tác|nhà mạng|nhà xuất bản|nghệ nhân|cửa khẩu|khu di tích"
    "|điểm du lịch|hộ|hộ kinh doanh|hộ gia đình"
    "|cấp|bên|tỉnh|đơn vị sự nghiệp|hội hữu nghị|cổng|cổng thông tin điện tử"
    "|trang thông tin điện tử|cộng đồng|cộng đồng dân cư|hệ thống truyền thông|hệ thống truyền thanh"
    "|hệ thống thông tin cơ sở|viện nghiên cứu|chủ rừng|hộ sản xuất|trường học|trạm y tế|cơ sở y tế"
    "|cơ sở giáo dục|tổ chức|ấp|buôn|làng|khóm|khu dân cư|chi hội|chi đoàn|tổ chức kinh tế|hội nghề nghiệp"
    "|tổ hợp tác|tổ chức đảng|quân đội"
    "|tổ|tổ chuyên môn|đội|tiểu ban|xí nghiệp|nhà máy|khoa|phân xưởng|giáo viên|trưởng thôn|chi bộ|đảng bộ"
    "|tổ chức chính trị xã hội|đơn vị sự nghiệp công lập|trung tâm y tế|ban ngành đoàn thể"
    "|xã ủy|phường ủy|đặc khu ủy|tỉnh ủy|chi ủy|chi bộ cơ sở|đảng bộ cơ sở|ban chấp hành|hội đồng"
    "|cơ quan tham mưu giúp việc"
)

GROUP_MODIFIERS = _phrases(
    "nghiệp vụ|nêu trên|nói trên|trên đây"
    "|ven biển|ven hồ|ven sông|miền núi|hải đảo|vùng cao|báo chí|thông tấn|thông tấn báo chí"
    "|phát thanh|truyền hình|phát thanh truyền hình|chức năng"
    "|chuyên môn|trung ương|tw|địa phương|liên quan|có liên quan|khác có liên quan|tỉnh|cấp|huyện|xã"
    "|các cấp|cấp tỉnh|cấp huyện|cấp xã|thường trú|đóng|đứng chân|hoạt động trên địa bàn|trên địa bàn"
    "|trên địa bàn tỉnh|uy tín|có uy tín|lớn|trong nước|ngoài nước|trong và ngoài nước|nước ngoài"
    "|quốc tế|trong tỉnh|ngoài tỉnh|toàn tỉnh|trong toàn tỉnh|chính trị|xã hội|chính trị xã hội"
    "|xã hội nghề nghiệp|nghề nghiệp|quần chúng|nhà nước|vũ trang|hành chính|sự nghiệp"
    "|sự nghiệp công lập|công lập|đại học|cao đẳng|trung cấp|trung học|phổ thông|chuyên nghiệp|dạy nghề"
    "|mầm non|thpt|thcs|tiểu học"
    "|khác|biên giới|biên phòng|công an|quân sự|hữu nghị|tôn giáo|nhân dân|cơ sở|đoàn thể"
    "|chính trị xã hội cấp tỉnh|tại địa phương|ở địa phương|ở cơ sở|trực thuộc|ngang sở|thuộc tỉnh"
    "|thuộc ubnd tỉnh|theo ngành dọc|ngành dọc|phi chính phủ|phi chính phủ nước ngoài|viễn thông"
    "|bưu chính|bưu chính viễn thông|lữ hành|du lịch lữ hành|chuyên trách|tuyến tỉnh|đầu mối|chủ quản"
    "|truyền thông trung ương|truyền thông của|văn học nghệ thuật|cung cấp dịch vụ|sản xuất kinh doanh"
    "|nuôi trồng thủy sản|chế biến|lâm sàng|cận lâm sàng|giúp việc"
    "|sử dụng lao động|sử dụng ngân sách|quản lý nhà nước|thương mại|tín dụng"
)

AFTER_NOUN: dict[Words, Phrases] = {
    words("doanh nghiệp"): _phrases("du lịch|kinh doanh du lịch|kinh doanh|nhà nước|viễn thông|xuất khẩu"),
    words("cơ quan"): _phrases(
        "thông tin|tuyên truyền|truyền thông|ngoại giao|công an|thuế|hải quan|tư pháp|đảng|đại diện"
    ),
    words("trường"): _phrases("học|nghề"),
    words("cơ sở"): _phrases("giáo dục|đào tạo|y tế|sản xuất|kinh doanh|lưu trú|giáo dục nghề nghiệp"),
}
"""What may follow one noun only: after others the same words open a verb."""

AFTER_COMMA = _phrases(
    "truyền thông|tuyên truyền|báo chí|phát thanh|truyền hình|cao đẳng|trung cấp|đại học|tổ chức|xã hội"
    "|kinh doanh|chế biến|thương mại|giúp việc|cận lâm sàng"
)
"""What may go on after a comma inside a group ("các cơ quan thông tấn, báo chí, truyền thông")."""

GIVEN = _phrases("được giao|được phân công|có nhiệm vụ|được giao nhiệm vụ")
DOES = _phrases(
    "có trách nhiệm|chịu trách nhiệm|báo cáo|gửi|chủ trì|phối hợp|xây dựng|định kỳ|chủ động|căn cứ"
    "|khẩn trương"
)
PARTS = _phrases("chủ trì|phối hợp")
"""A clause that tells a group ("được giao nhiệm vụ về ..."), and how its sentence goes on."""

RELATED = words("liên quan")

MODIFIED_NOUNS = _phrases(
    "doanh nghiệp|chủ đầu tư|nhà đầu tư|trường|trung tâm|cơ sở|hộ|tổ chức|hợp tác xã|đơn vị|cá nhân|công ty"
    "|lực lượng|nhà mạng|tập đoàn|ban quản lý|câu lạc bộ|hiệp hội|khu|bệnh viện|trạm"
)
"""Nouns of groups that are told apart by further words: "các chủ đầu tư hạ tầng khu công nghiệp"."""

BARE_NOUNS = _phrases(
    "nhà mạng|trung tâm y tế|chủ cơ sở|hộ dân|ngư dân|sở|ban|ngành|bộ|đoàn thể|hội|hiệp hội|cơ quan"
    "|đơn vị|địa phương|doanh nghiệp|hợp tác xã|cá nhân"
    "|cộng đồng"
    "|tổ chức|viện|trường|viện nghiên cứu|trường đại học|quận|huyện|xã|phường|thôn|bản|phòng|trung tâm"
    "|chủ rừng"
    "|hộ gia đình|hộ sản xuất|hộ kinh doanh|cấp ủy|chính quyền|mặt trận|lực lượng|người dân|nhà trường"
    "|đoàn viên"
    "|cơ quan báo chí|đảng ủy|hội quần chúng|phòng ban|nhà đầu tư|chủ đầu tư|tập đoàn|công ty|cơ sở giáo dục"
    "|tổ hợp tác|chủ tàu|chủ tàu cá|tiểu thương"
    "|ủy ban nhân dân|ubnd|hội đoàn thể|ban ngành|sở ngành|trường học|trạm y tế"
)
"""Nouns that name many without "các" where several stand in a row: "Sở, ban, ngành", "Viện, Trường"."""

NOUNS_OF_MANY = GROUP_NOUNS | BARE_NOUNS

OFFICES = _phrases("chánh|trưởng|giám đốc|thủ trưởng|chủ tịch|hiệu trưởng|chỉ huy trưởng|bí thư")
LED_BY = r"(?:giám đốc|thủ trưởng|người đứng đầu|lãnh đạo|chủ tịch|hiệu trưởng|chỉ huy trưởng|bí thư)"
LED_PARTS = r"(?:khoa|phòng|ban|trạm|đơn vị|bộ phận|tổ|đội|trung tâm|chi cục|cơ quan)"
"""The heads of bodies, who are addressed for them, and the parts of an office that have a "trưởng"."""

MANY_NOUNS = _phrases(
    "người|nhân dân|bà con|hộ|hộ dân|thành viên|cán bộ|công chức|viên chức|đoàn viên|hội viên|học sinh"
    "|ngư dân|tiểu thương|chủ tàu|nghệ nhân|lực lượng|giáo viên|giảng viên|sinh viên|phụ huynh"
    "|cha mẹ học sinh|tình nguyện viên|cộng tác viên|đảng viên|đảng ủy viên|cấp ủy viên|ủy viên|huyện ủy viên"
    "|mạng lưới|chủ hộ|bác sĩ|điều dưỡng viên|nhà giáo"
)
"""Nouns that mean many though nothing before them says so."""

HEADS_AT_BASE = _phrases(
    "công đoàn|đoàn thanh niên|đảng bộ|chi bộ|tổ chức đảng|bhxh|bảo hiểm xã hội|thuế|thống kê|hội nông dân"
)
"""Heads of bodies that are told apart as those at the base: "Công đoàn cơ sở"."""

HELD = _phrases(
    "tổ trưởng|tổ phó|phó tổ trưởng|trưởng ban|phó ban|phó trưởng ban|trưởng đoàn|phó trưởng đoàn|phó đoàn"
    "|trưởng tiểu ban|phó trưởng tiểu ban|ủy viên|thành viên|thư ký|cơ quan|đơn vị|chủ tịch|phó chủ tịch"
)
"""What a body is in another, named after a dash: "Sở Xây dựng - Tổ phó thường trực"."""

LEADERS_OF_PLACES = _phrases(
    "trưởng thôn|trưởng bản|trưởng ấp|trưởng khu phố|trưởng tổ dân phố|trưởng khóm|tổ trưởng tổ dân phố"
    "|tổ trưởng dân phố|bí thư chi bộ thôn|bí thư chi bộ tổ dân phố|bí thư chi bộ"
)
"""Who is one where a place or a number follows, and many where none does."""

LOW_LEVELS = _phrases("xã|phường|đặc khu|thị trấn|huyện|quận|thị xã")
"""The levels of which a province has many."""

LEVELS = _phrases("xã|phường|đặc khu|thị trấn|thôn|tỉnh|thành phố|huyện|cấp xã|cấp tỉnh|khu vực|cơ sở")
"""What a body's name may end with, small or not: "Công an xã", "Kho bạc Nhà nước khu vực"."""

GROUP_OPENINGS = _phrases(
    "ubnd các|ubnd cấp|ubnd huyện|ubnd xã|ubnd phường|ubnd thị xã|ubnd thành phố|ủy ban nhân dân các"
    "|ủy ban nhân dân cấp|ủy ban nhân dân huyện|ủy ban nhân dân xã|ủy ban nhân dân thành phố|hđnd các"
    "|hđnd cấp|văn phòng ubnd các|văn phòng ubnd huyện|công an các|công an cấp|chủ tịch ubnd các"
    "|chủ tịch ủy ban nhân dân các|thủ trưởng các|giám đốc các|giám đốc sở|cấp ủy|chính quyền"
    "|đơn vị liên quan|đơn vị có liên quan|cơ quan liên quan|cơ quan có liên quan|đơn vị khác"
    "|địa phương|cơ quan báo chí|sở ban ngành|sở ngành|ban ngành|lực lượng vũ trang|mặt trận|đoàn thể"
    "|hội đoàn thể|huyện ủy các|các huyện ủy|phòng chuyên môn|doanh nghiệp|tổ chức chính trị"
    "|đồn biên phòng các|đài truyền thanh các|phòng văn hóa|ban quản lý các|trường đại học"
    "|trung tâm văn hóa các|cơ quan chức năng|ngành chức năng|các|đơn vị|cơ quan đơn vị|cơ quan tổ chức"
    "|cơ quan chuyên môn|trưởng các thôn|trưởng thôn|trưởng các|trưởng các bản|trưởng các khu phố"
    "|trưởng các ấp"
    "|tổ trưởng các|tổ trưởng tổ dân phố|tổ trưởng dân phố|bí thư chi bộ các|người có uy tín|già làng"
    "|ban công tác mặt trận các|cơ quan thông tấn|cơ quan thông tấn báo chí|cơ quan truyền thông"
    "|cơ quan thông tin đại chúng|đơn vị truyền thông|doanh nghiệp viễn thông|doanh nghiệp bưu chính"
    "|tổ chức chính trị xã hội|tổ chức đoàn thể"
)

HEADS = _phrases(
    "sở|ban|ban quản lý|ban chỉ huy|ban chỉ đạo|bộ|bộ chỉ huy|cục|tổng cục|chi cục|vụ|viện|học viện"
    "|trường|đại học|trường đại học|trường cao đẳng|trung tâm|hội|hiệp hội|liên hiệp|liên đoàn"
    "|liên minh|đài|báo|tạp chí|văn phòng|ủy ban|bảo tàng|thư viện|nhà hát|bệnh viện|công ty"
    "|tổng công ty|tập đoàn|ngân hàng|kho bạc|bảo hiểm|đồn biên phòng|công an|tòa án|cảng|bưu điện"
    "|điện lực|quỹ|hạt kiểm lâm|nhà xuất bản|đoàn|cổng|trang|phòng|ubnd huyện|ubnd thị xã"
    "|ubnd thành phố|ubnd xã|ubnd phường|ubnd thị trấn|ubnd đặc khu|ủy ban nhân dân huyện"
    "|ủy ban nhân dân thị xã|ủy ban nhân dân thành phố|ủy ban nhân dân xã|ủy ban nhân dân phường"
    "|hđnd huyện|huyện ủy|thị ủy|thành ủy|đảng ủy|tỉnh đoàn|vườn quốc gia|khu bảo tồn|khu di tích"
    "|đoàn khối|lữ đoàn|trung đoàn|sư đoàn|quân khu|thanh tra|mặt trận|câu lạc bộ|nhà thiếu nhi"
    "|viettel|vùng|bộ tư lệnh|thuế|hải quan|thống kê|trạm|trạm y tế|hạt|kho bạc nhà nước|ngân hàng nhà nước"
    "|bộ phận|ủy ban mặt trận|ủy ban mttq|xí nghiệp|nhà máy|phân xưởng|chi bộ|đảng bộ"
    "|đoàn thanh niên|hội phụ nữ|hội nông dân|hội cựu chiến binh|hội liên hiệp phụ nữ|ban công tác mặt trận"
    "|ban chấp hành|ban thường vụ|ban thường trực|ban giám hiệu|ban giám đốc|ban công tác|công đoàn|chi đoàn"
    "|liên đội|trung ương"
)

NUMBERED_HEADS = _phrases(
    "sư đoàn|trung đoàn|lữ đoàn|tiểu đoàn|binh đoàn|quân khu|hải đoàn|bệnh viện|viện|đoàn|cục|vùng|công ty"
)
"""Heads after which a number is the name: "Trung đoàn 12"."""
COUNCILS = _phrases("hội đồng")
HEADS_OVER_MANY = _phrases("ban quản lý|liên hiệp|liên minh|hiệp hội|quỹ|ban quản lý dự án|trung tâm quản lý")
NOUNS_OF_BODIES_OVER_MANY = _phrases(
    "khu|cụm|dự án|tổ chức|hội|công trình|di tích|đoàn thể|nhà|doanh nghiệp|hợp tác xã"
)
"""One body that is over many, which its name says: "Ban Quản lý các khu công nghiệp"."""

PLACES_OF_MANY = _phrases(
    "xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|thôn|bản|ấp|buôn|làng|khóm|tổ dân phố"
    "|khu phố|khu dân cư|khu vực|địa phương|cấp|cụm|lớp"
)
"""What stands after "các" where bodies of the same kind in many places are meant: "Công an các xã"."""

TEAMS = _phrases("tiểu ban|tổ|nhóm|đội|hội đồng")
"""Heads after which several fields are of one body: "Tiểu ban Lễ tân, Khánh tiết"."""
INNER_HEADS = _phrases("tổ|khoa|đội|nhóm|tiểu ban|hội đồng")
NOT_INNER = _phrases("tổ quốc|tổ chức|khoa học|đội ngũ|nhóm nhiệm vụ|hội đồng nhân dân")
"""Heads of bodies within an office, and the words that only look like them."""

PLAIN_OFFICES = _phrases("sở|ban|ngành|bộ|đoàn thể|thể")
OPENS_TAIL = _phrases("có|vùng|ven|trong vùng|trong khu vực|dọc|nơi|thuộc vùng|thuộc khu vực|giáp ranh|tuyến")
"""What the name of many goes on with after a level: "UBND các xã có rừng", "các xã vùng cao"."""
HAS_WORK = _phrases(
    "có trách nhiệm|có nhiệm vụ|có kế hoạch|có văn bản|có ý kiến|có biện pháp|có giải pháp|có báo cáo"
)
MATTERS = _phrases(
    "hoạt động|nội dung|nhiệm vụ|giải pháp|biện pháp|chương trình|kế hoạch|đề án|dự án|quy định"
    "|văn bản|chính sách|công trình|lĩnh vực|khâu|mặt|vấn đề|điều kiện|loại|hình thức|phương tiện"
    "|sự kiện|hội nghị|lớp|cuộc|đợt|buổi|tài liệu|sản phẩm|dịch vụ|hệ thống|mục tiêu|chỉ tiêu"
    "|tiêu chí|ngày|năm|tháng|quý|kênh|nguồn|công việc|bước|thủ tục|quy trình|phong trào|mô hình"
    "|báo cáo|thông tin|số liệu|công tác|việc|nền tảng|ứng dụng|tiêu chuẩn|yếu tố"
    "|vụ việc|vụ án|vụ cháy|tình huống|trường hợp|sự cố"
)
"""What "các" may stand before that names nobody."""

SURE_HEADS = _phrases(
    "ban quản lý|ban chỉ huy|ban chỉ đạo|trung tâm|chi cục|bệnh viện|học viện|trường cao đẳng|trường đại học"
    "|hiệp hội|liên hiệp|liên minh|vườn quốc gia"
)
"""Heads of bodies that open nothing else, so that a name may go on in small letters."""

COMPANIES = _phrases(
    "công ty|tổng công ty|tập đoàn|hợp tác xã|chi nhánh|xí nghiệp|nhà máy|ngân hàng|điện lực"
)
FIELDS = _phrases(
    "khu vực|vùng|liên vùng|đô thị|thương mại|thủy lợi|giao thông|công nghiệp|nông nghiệp|lâm nghiệp|thủy sản"
    "|hạ tầng|công nghệ|xây dựng|cấp nước|nước sạch|môi trường|du lịch|dịch vụ|vận tải|cửa khẩu|kinh tế"
    "|khu kinh tế|khu công nghiệp|tài nguyên|thiên nhiên|quốc gia|y tế|giáo dục|đào tạo|văn hóa|thể thao"
    "|xã hội|lịch sử|phía|miền|vận hành|hồ chứa|công trình|dân dụng|huyện|xã|phường|đặc khu"
)
"""Words of the fields of bodies, which may stand small in the midst of a name."""

NAMED_HEADS = SURE_HEADS | _phrases(
    "phòng|văn phòng|ban|quỹ|trạm|hạt|viện|trường|cục|vụ|bảo tàng|thư viện|công ty"
)
"""Heads after which the field of a body stands, be it in small letters: "Trung tâm Cung ứng dịch vụ công"."""

INNER_NAMES = _phrases("hội đồng nhân dân|ủy ban nhân dân|mặt trận tổ quốc|quân sự|bảo hiểm xã hội")
"""Bodies within the names of others, partly in small letters: "Đảng ủy Hội đồng nhân dân tỉnh"."""

VERBS = _phrases(
    "chủ trì|phối hợp|tham mưu|tổ chức|chủ động|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|căn cứ|theo"
    "|hướng dẫn|xây dựng|triển khai|thực hiện|tăng cường|đẩy mạnh|cung cấp|nghiên cứu|kiểm tra|giám sát"
    "|rà soát|thẩm định|bố trí|cân đối|đề xuất|gắn|lồng ghép|tuyên truyền|chỉ đạo|định hướng|vận động"
    "|báo cáo|gửi|lập|phân công|tiếp tục|duy trì|nâng cao|đảm bảo|bảo đảm|quản lý|hỗ trợ|tích cực"
    "|thường xuyên|kịp thời|là|được|có|đã|sẽ|cần|phải|trong|tại|để|nhằm|cho|khi|trên|tiếp nhận|tổng hợp"
    "|theo dõi|đôn đốc|ban hành|đăng tải|phát sóng|mở|đưa|sản xuất|khai thác|phát huy|phát hiện"
    "|ngăn chặn|xử lý|đấu tranh|tạo điều kiện|giới thiệu|quảng bá|hợp tác|mời|đón|tham gia|giúp|giao|cử"
    "|chuẩn bị|tiến hành|khảo sát|phổ biến|quán triệt|biên soạn|xuất bản|phát hành|in|làm|về|với|do|từ"
    "|đến|trước|định kỳ|hàng năm|hằng năm|kiểm soát|hoàn thành|tuỳ theo|tùy theo|trình|thông tin"
    "|đề nghị|nắm bắt|bồi dưỡng|đào tạo|tập huấn|thiết kế|cập nhật|lựa chọn|phản ánh|vận hành|xúc tiến"
    "|trao đổi|kết nối|hoàn thiện|thu thập|phân tích|đăng ký|thiết lập"
    "|mở rộng|đổi mới|sử dụng|lãnh đạo|tuần tra|niêm yết|công khai|huy động|phụ trách|phát động"
    "|biểu dương|tôn vinh"
    "|giải quyết|khắc phục|phân bổ|cấp phát|thành lập|kiện toàn|bảo vệ|khuyến khích|thông báo|phân tích"
    "|chịu|thống nhất|điều phối|điều hành|xác định|thống kê|đánh giá|công bố|ưu tiên|tạo|lưu trữ"
    "|nghiêm túc|khẩn trương|nhanh chóng|yêu cầu|lãnh đạo|nộp|tự kiểm tra|tự đánh giá|tự rà soát|tự tổ chức"
)

DUTY_VERBS = _phrases(
    "chủ trì|phối hợp|tham mưu|xây dựng|trình|ban hành|rà soát|kiểm tra|hướng dẫn|bố trí|thẩm định"
    "|tuyên truyền|cử|mở|vận động|bảo đảm|đảm bảo|lập|duy trì|cập nhật|phân công|chỉ đạo|tổ chức"
    "|triển khai|theo dõi"
)
"""Verbs with which a duty opens that stands on its own."""

DUTY_TITLE = re.compile(
    r"(?:.{0,60}\b)?(?:to chuc (?:trien khai )?thuc hien|to chuc trien khai"
    r"|phan cong(?: (?:to chuc )?thuc hien| nhiem vu| trach nhiem| cong viec)+|phan cong$"
    r"|trach nhiem (?:cua|thuc hien|to chuc|trien khai)|giao nhiem vu"
    r"|nhiem vu (?:cu the )?cua (?:cac|tung))\b.{0,60}"
)
"""The folded title of the part of a plan that gives each body its duties."""
