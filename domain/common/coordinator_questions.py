"""Patterns of whole lines, folded, that only the coordinating unit can answer."""

_MY = r"(?:toi|em|minh|nay|chung (?:toi|em|minh))"
_KIND = r"(?:don vi|co quan|so|ban|xa|phuong|phong|trung tam|nganh|ben|uy ban)"
_NAME = r"(?:(?!\b(?:xong|nhung|da|dang|chua|gui|nop|duoc|thieu|lam)\b).){2,60}"
"""What may name a unit; a word that tells of progress names none."""
_OURS = rf"(?:{_KIND}(?: {_MY})?|{_MY}|{_KIND} {_NAME})"
_NO = r"(?:khong|ko|k|hong|chang) (?:phai|thuoc)"
_DUTY = (
    r"(?:viec|nhiem vu|noi dung|trach nhiem|muc|phan(?: viec)?|chuc nang|tham quyen|linh vuc|pham vi|quan ly)"
)
_NUMBER = r"(?:(?:(?:viec|nhiem vu|noi dung|muc|so|phan) )*(?P<words>\d{1,2}(?:\.\d{1,2})?) )?"
_ELSEWHERE = r"(?: (?:ma )?(?:la )?(?:cua|thuoc|ben|do|chuyen|de nghi|phai la)(?: cho| sang)? .{2,60})?"

NOT_OURS = (
    rf"{_NUMBER}(?:(?:day|cai|{_DUTY}) (?:nay )?)?{_NO} (?:la )?(?:{_DUTY} )*(?:cua )?{_OURS}{_ELSEWHERE}",
    rf"{_NUMBER}(?:{_DUTY} nay )?giao nham(?: don vi| so| co quan| roi)*{_ELSEWHERE}",
    rf"{_NUMBER}(?:{_DUTY} nay )?(?:chuyen |gui |nhac )?nham (?:don vi|co quan|so khac)(?: roi)?{_ELSEWHERE}",
    rf"{_NUMBER}{_KIND}(?: {_MY})? (?:khong|ko|k) (?:phu trach|duoc giao|quan ly|chu tri) (?:{_DUTY} )?nay",
)
"""That something is no work of the writer's unit; the group `words` is its number."""

_FORM = r"(?:(?:file|tep|bieu|phieu|cong van) )*mau(?: (?:bieu|bao cao|de cuong|so|phieu))*"
_WHERE = r"(?:o dau|dau|cho nao|lay o dau|tai o dau|tim o dau|the nao|nhu the nao|ra sao|nao|gi)"
_BEG = r"(?:xin|cho (?:em|toi|minh)(?: xin)?|gui (?:cho )?(?:em|toi|minh)|can)"
_PAPER = r"(?: bao cao| ve| ban giay| file| van ban)*"

QUESTIONS = (
    rf"(?:{_BEG} |hoi |co )?{_FORM}(?: {_WHERE})+",
    rf"{_BEG}(?: lai)? {_FORM}(?: .{{0,30}})?",
    rf"(?:bao cao|lam|viet) theo (?:{_FORM}|de cuong) nao|co {_FORM} (?:khong|ko|k|chua)",
    rf"(?:nop|gui){_PAPER} (?:cho ai|o dau|di dau|ve dau|qua dau|dau)",
    r"(?:xin )?hoi (?:ben |don vi |nguoi |so )?tong hop(?: .{2,200})?",
)
"""Questions for a form, for where something goes, or put to the coordinating unit in so many words."""
