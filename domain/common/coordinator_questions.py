"""Patterns of whole lines, folded, that only the coordinating unit can answer."""

_MY = r"(?:toi|em|minh|nay|(?:chung|bon) (?:toi|em|minh))"
_KIND = r"(?:don vi|co quan|so|ban|xa|phuong|phong|trung tam|nganh|ben|uy ban)"
_NAME = r"(?:(?!\b(?:xong|nhung|da|dang|chua|gui|nop|duoc|thieu|lam)\b).){2,60}"
"""What may name a unit; a word that tells of progress names none."""
_OURS = rf"(?:{_KIND}(?: {_MY})?|{_MY}|{_KIND} {_NAME})"
_NO = r"(?:khong|ko|k|hong|chang) (?:phai|thuoc)"
_DUTY = (
    r"(?:viec|nhiem vu|noi dung|trach nhiem|muc|phan(?: viec)?|chuc nang|tham quyen|linh vuc|pham vi|quan ly)"
)
_NUMBER = r"(?:(?:(?:viec|nhiem vu|noi dung|muc|so|phan) )*(?P<words>\d{1,2}(?:\.\d{1,2})?) )?"
_UNIT = (
    r"(?:so|ban|phong|chi cuc|trung tam|cong an|uy ban|ubnd|xa|phuong|huyen|benh vien|truong|hoi|doan|thue|"
    rf"kho bac|vien|bo) {_NAME}"
)
_SUFFIX = r"(?: (?:chu|moi dung|nhe|moi phai))*"
_ELSEWHERE = r"(?: (?:ma )?(?:la )?(?:cua|thuoc|ben|do|chuyen|de nghi|phai la)(?: cho| sang)? .{2,60})?"

NOT_OURS = (
    rf"{_NUMBER}(?:(?:day|cai|{_DUTY}) (?:nay )?)?{_NO} (?:la )?(?:{_DUTY} )*(?:cua )?{_OURS}{_ELSEWHERE}",
    rf"{_NUMBER}(?:{_DUTY} nay )?giao (?:nham|sai|lon)(?: don vi| so| co quan| roi)*{_ELSEWHERE}",
    rf"{_NUMBER}(?:{_DUTY} nay )?(?:chuyen |gui |nhac )?nham (?:don vi|co quan|so khac)(?: roi)?{_ELSEWHERE}",
    (
        rf"{_NUMBER}{_KIND}(?: {_MY})? (?:khong|ko|k) "
        rf"(?:phu trach|duoc giao|quan ly|chu tri) (?:{_DUTY} |mang )?nay"
    ),
    (
        rf"{_NUMBER}(?:{_KIND}(?: {_MY})?|chung (?:toi|em|minh)) "
        rf"(?:khong|ko|k) (?:phu trach|duoc giao|quan ly) "
        rf"(?:{_DUTY} |mang )?nay"
    ),
    (
        rf"{_NUMBER}(?:{_KIND}(?: {_MY})?|chung (?:toi|em|minh)) (?:khong|ko|k) (?:co|lam) "
        r"(?:viec|nhiem vu|chuc nang|tham quyen|phan viec) nay"
    ),
    rf"{_NUMBER}(?:(?:{_DUTY}|cai) (?:nay )?)?(?:la )?(?:cua|thuoc(?: ve)?) {_UNIT}{_SUFFIX}",
    rf"{_NUMBER}(?:(?:{_DUTY}|cai) (?:nay )?)?(?:la )?do {_UNIT} (?:lam|chu tri|phu trach){_SUFFIX}",
    rf"{_NUMBER}(?:{_DUTY} (?:nay )?)?nham roi (?:la )?(?:cua|thuoc) .{{2,60}}",
    (
        rf"{_NUMBER}(?:{_DUTY} (?:nay )?)?(?:khong|ko|k) lien quan "
        rf"(?:(?:den|gi|toi|voi) )*{_OURS}"
    ),
    (
        rf"(?:de nghi|xin|nho|kinh de nghi) (?:giao|chuyen)(?: lai)?"
        rf"(?: {_DUTY}(?: nay)?)?(?: cho| sang| ve)* {_UNIT}"
    ),
    (
        rf"(?:sau (?:sap nhap|sap xep|hop nhat)(?: \w+){{0,3}} )?"
        rf"{_DUTY} nay (?:da )?(?:chuyen ve|thuoc ve|thuoc|"
        rf"chuyen sang) {_UNIT}(?: sau (?:sap nhap|sap xep|hop nhat))?"
    ),
)
"""That something is no work of the writer's unit; the group `words` is its number."""

_FORM = r"(?:(?:file|tep|bieu|phieu|cong van) )*mau(?: (?:bieu|bao cao|de cuong|so|phieu))*"
_WHERE = r"(?:o dau|dau|cho nao|lay o dau|tai o dau|tim o dau|the nao|nhu the nao|ra sao|nao|gi)"
_BEG = r"(?:xin|cho (?:em|toi|minh)(?: xin)?|gui (?:cho )?(?:em|toi|minh)|can)"
_LET_ASK = r"(?:(?:em|toi|minh|cho|xin|muon|xin phep|nho|duoc) )*"
_NOT = r"(?:khong|ko|k|hong)"
_DOC = (
    r"(?:(?:file|ban|cai|tep|bo) )*(?:toan van |van ban )?(?:ke hoach|van ban|cong van|quyet dinh|de cuong|"
    r"phu luc|bieu|toan van|mau)"
)
_NO_PROGRESS = r"(?!.*\b(?:xong|roi|da|dang|chua|vi|do|moi)\b)"
_PAPER = r"(?: bao cao| ve| ban giay| file| van ban)*"

QUESTIONS = (
    rf"(?:{_BEG} |hoi |co )?{_FORM}(?: {_WHERE})+",
    rf"{_BEG}(?: lai)? {_FORM}(?: .{{0,30}})?",
    rf"(?:bao cao|lam|viet) theo (?:{_FORM}|de cuong) nao|co {_FORM} (?:khong|ko|k|chua)",
    rf"(?:nop|gui){_PAPER} (?:cho ai|o dau|di dau|ve dau|qua dau|dau)",
    rf"{_BEG}(?: lai)? {_NO_PROGRESS}{_DOC}(?: .{{0,40}})?|gui lai {_NO_PROGRESS}{_DOC}(?: .{{0,30}})?",
    rf"{_DOC}(?: .{{0,20}})? (?:o dau|dau|cho nao|lay o dau|tai o dau)|{_FORM} (?:may|so may)",
    (
        rf"(?:(?:bao cao|van ban|cai)(?: nay)? )?(?:(?:co|can|phai) )+"
        rf"(?:ky|dong dau|phu luc|de cuong|mau|bieu|"
        rf"ban giay|ban cung|so lieu|gui|nop|lam|bao cao|kem)"
        rf"(?: .{{1,40}})? {_NOT}"
    ),
    rf"(?:(?:co|can|phai) )+(?:phu luc|de cuong|mau|bieu|ban giay|ban cung|ky so|dong dau) {_NOT}",
    (
        r"(?:(?:lay|tinh|chot) )?so lieu(?: (?:lay|tinh|chot|bao cao|ky nay))*(?: (?:den|tu|het|o|ngay))* "
        r"(?:ngay nao|thang nao|thang may|bao gio|khi nao|dau|nam nao|the nao|quy nao)"
    ),
    r"(?:kinh phi|tien|von)(?: (?:lay|o|tu|thi|nay))* (?:nguon nao|dau|ai cap|ai chi)",
    rf"(?:gui|nop){_PAPER}(?: ban)? (?:giay|cung|mem|qua .{{1,20}}|ban .{{1,15}}) hay .{{1,30}}",
    (
        rf"(?:gui|nop){_PAPER}(?: (?:vao|qua|den|ve|theo))* "
        r"(?:email|dia chi|mail|zalo|he thong|cho|truc|duong) nao"
    ),
    r"(?:bao cao|cai|van ban)(?: nay)? (?:gui|nop)(?: cho| ve)? (?:ai|dau|o dau|don vi nao)",
    (
        r"(?:bao cao|cai)(?: nay)? "
        r"(?:may trang|dai bao nhieu|(?:viet|lam|ghi) (?:the nao|nhu the nao|ra sao|sao))"
    ),
    rf"{_LET_ASK}hoi (?:mot |1 |xiu )?(?:chut|ti|it|viec nay|cai nay|ve viec nay|dieu nay)(?: .{{0,60}})?",
    r"(?:nho )?hoi (?:giup|ho|dum) .{2,200}",
    (
        rf"{_LET_ASK}hoi (?!y kien|mai\b|nhieu\b|.*\b(?:da|xong|roi)\b).{{2,150}} "
        rf"(?:{_NOT}|chua|nao|gi|dau|the nao|bao gio|may|ai|sao)"
    ),
    (
        rf"(?:han|viec|so lieu|noi dung|muc)(?: nay| \d{{1,2}}(?:\.\d)?)? "
        rf"co (?:dung|phai|duoc|can)(?: .{{1,40}})? {_NOT}"
    ),
    rf"co (?:duoc|the) (?:lui|gia han|nop muon|nop sau|xin lui)(?: .{{1,20}})? {_NOT}",
    r"(?:can cu|theo)(?: vao)? (?:van ban|ke hoach|quyet dinh|cong van) nao",
    r"(?:xin )?hoi (?:ben |don vi |nguoi |so )?tong hop(?: .{2,200})?",
)
"""Questions for a form, for where something goes, or put to the coordinating unit in so many words."""

_PEOPLE = r"(?:nguoi|can bo|dong chi|dc|anh|chi|co|chu|chuyen vien|dau moi)"
_OFFICE = r"(?:ben|don vi|co quan|so|phong|ban|van phong|van thu)"
_STILL = r"(?!.*\b(?:da|xong|roi|gui|dang|chua|het|hong)\b)"
_WHEN_STUCK = r"(?:(?:co|neu) (?:gi|vuong mac|vuong|thac mac|can)|vuong mac|thac mac|muon hoi|can hoi|can)"
_TO_WHOM = r"(?:ai|so nao|so may nao|nguoi nao|don vi nao|ben nao|phong nao|cho nao)"
_END = r"(?: (?:duoc|bay gio|de hoi|day|truoc|dau tien))*"
_CHARGED = r"(?:phu trach|chu tri|theo doi|dau moi|(?:don vi |nguoi )?tong hop)"
_REACH = r"(?:lien he|lien lac|hoi|gap)"
_NUMBER_OF = r"(?:dt|so dt|dien thoai|so may|zalo|email|lien he|dau moi)(?: cua)?"
_THIS = r"(?: (?:ke hoach|viec|cai|bao cao)(?: nay)?)?"

WHOM = (
    rf"(?:xin )?(?:sdt|so dien thoai)(?: {_STILL}.{{0,40}})?",
    rf"(?:xin )?{_NUMBER_OF} (?:{_PEOPLE}|{_OFFICE}) {_STILL}.{{2,40}}",
    rf"(?:xin )?so cua (?:{_PEOPLE}|{_OFFICE}) {_STILL}.{{2,40}}",
    r"(?:xin )?(?:thong tin lien he|dau moi lien he|so lien he|hotline|duong day nong)(?: .{0,30})?",
    rf"(?:(?:toi|em|minh|can|muon|phai|nen) )*{_REACH}(?: voi| den)? {_TO_WHOM}{_END}",
    rf"{_WHEN_STUCK}(?: thi)? (?:{_REACH}|goi|nhan)(?: voi| cho| den)? {_TO_WHOM}{_END}",
    rf"goi(?: cho)? (?:so nao|{_TO_WHOM} (?:duoc|bay gio|de hoi|day))",
    r"lien he(?: voi)? (?:don vi|nguoi|ben) tong hop",
    rf"(?:xin )?(?:gap|hoi) {_PEOPLE} {_CHARGED}",
    rf"(?:{_PEOPLE}|{_OFFICE})(?: nao)? {_CHARGED}{_THIS}(?: la (?:ai|{_OFFICE} nao))?",
    rf"(?:viec|nhiem vu|noi dung)(?: nay)? (?:do )?(?:ai|{_OFFICE} nao) (?:giao|phu trach|tong hop)",
    r"ai giao (?:viec|nhiem vu|cai)(?: nay)?",
    r"dau moi (?:tong hop|lien he)(?: la (?:ai|don vi nao))?|don vi dau moi la (?:don vi nao|ai)",
)
"""Questions for whom to ask, and by which telephone number."""
