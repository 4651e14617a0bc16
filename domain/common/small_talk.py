"""What people type that is neither a command nor a word on their work: greetings, questions, complaints.

Only whole lines are understood, so that no progress is taken for one: "chào em", and not "chào cờ xong".
"""

import re
from dataclasses import dataclass
from typing import Literal

from domain.common.coordinator_questions import NOT_OURS, QUESTIONS, WHOM
from domain.common.text import fold

Kind = Literal[
    "greeting",
    "thanks",
    "mine",
    "item",
    "help",
    "who",
    "stop",
    "wrong",
    "successor",
    "away",
    "code",
    "phone",
    "unwish",
    "ask",
    "not_ours",
    "roll_call",
]
"""What somebody is after:

greeting   nothing but to be polite      thanks     the same
mine       what they owe, and by when    item       one thing of it, by its number
help       how this works                who        whom to ask
stop       no more reminders             wrong      to take back what was recorded
successor  somebody else in their seat   away       a leave of absence
code       a code for a unit             phone      whom a message does not reach
unwish     to ask for no later date any more
ask        what only the coordinating unit can answer: a form, where to send something
roll_call  to be there where a request calls the roll, or to see who has answered
not_ours   to say that something is no work of their unit's; `words` are its number, "3" or "3.2"
"""


@dataclass(frozen=True, slots=True)
class Aside:
    """What was meant; `words` are the number of an item, or the name of a unit or of what else, folded."""

    kind: Kind
    words: str = ""


_ME = r"(?:toi|em|minh|chung toi|don vi(?: toi| em| minh)?|co quan)"
_REST = rf"(?:{_ME} )?(?:xin |duoc |se )?nghi(?: phep| om| bu| viec rieng)?(?!.*\b(?:nen|chua|xong|do|vi)\b)"
_FROM = r"(?:tu|ngay|trong ngay) (?=\d|mai\b|hom|thu |ngay |dau |tuan )"
_LEAVES = (
    r"(?:xin |se |phai |sap |duoc )*(?:di (?:cong tac|tap huan|hoc|vang|nuoc ngoai|kham benh|chua benh|vien)|"
    r"cong tac|vang mat|vang|nam vien|om|nghi(?: phep| om| bu| viec rieng)?)"
)
_PLACE = r"(?:o |tai |tren |ra |vao )?(?!.*\b(?:xong|chua|nen|do|vi|viec|muc|dang)\b)[^\d]{2,30}?"
_STAND_IN = r"(?:nho|nguoi thay|thay)[^\d]{2,40}"
_TIMES_AND_WHO = r"(?!.*\b(?:xong|chua|nen|do|vi)\b).{0,80}"
_DAYS = (
    r"(?:mai|ngay mai|tuan sau|tuan toi|hom nay|(?:tu )?(?:thu \d|\d{1,2}/\d{1,2}|ngay \d{1,2}/\d{1,2})"
    r"(?: ?(?:-|den|toi) ?(?:het )?(?:thu \d|(?:ngay )?\d{1,2}/\d{1,2}))?)"
)
_WHEN = r"(?:bao gio|khi nao|ngay nao|luc nao|hom nao|den bao gio|den khi nao|den ngay nao)"
_WORK = r"(?:viec|nhiem vu|noi dung)"
_OPEN = r"(?:chua xong|chua lam|con lai|den han|qua han|sap den han|can lam|phai lam|can bao cao)"
_NOT_YET = r"(?:chua|van chua|con chua) (?:bao cao|gui|nop|lam|xong|tra loi|cap nhat)(?: bao cao| gi)?"
_WHICH = r"(?:ai|don vi nao|nhung ai|(?:nhung|cac) don vi nao|so nao|xa nao)"
_NAMED = (
    r"(?: (?:em|anh|chi|ban|bot|buoi|sang|trua|chieu|toi|moi|nguoi|ca|nha|admin|co|chu|bac|cac|nhieu|rat))*"
)

_MOVED = r"(?:chuyen cong tac|chuyen don vi|nghi viec|nghi huu|thoi viec|(?:khong|ko) (?:con )?phu trach)"
_SOMEBODY = r"(?:anh|chi|em|ban|dong chi|nguoi moi|nguoi khac)"
_IN_CHARGE = r"(?:phu trach|chu tri|theo doi|dau moi|(?:don vi |nguoi )?tong hop)"
_BODY = r"(?:so|ban|phong|chi cuc|trung tam|cong an|ubnd|xa|phuong|huyen|hoi|truong|benh vien)"
_END, _ON = r"(?:dung|ngung|tat|thoi)", r"(?:nhac|nhan|gui tin|thong bao|tin nhac|nhan tin)"
_LINE = rf"(?:(?:{_WORK}|muc|so) )*(?P<words>\d{{1,2}}(?:\.\d{{1,2}})?)"
"""The number of an item or of a line of it."""

_NOT_WISHED = r"(?:thoi )?(?:huy|rut|bo|thoi|khong|ko)(?: (?:xin|de nghi|yeu cau))*"
_LATER = r"(?:gia han|lui(?: han| ngay)?)"

_ROWS: tuple[tuple[Kind, str], ...] = (
    ("greeting", rf"(?:xin )?chao{_NAMED}|a ?lo+|hello|hi|hey|good morning"),
    ("thanks", rf"(?:xin |rat )?(?:cam on|thanks|thank you|thank|tks){_NAMED}"),
    ("mine", rf"(?:xem )?{_WORK} (?:cua )?{_ME}"),
    ("mine", rf"(?:{_ME} )?(?:con|co) (?:bao nhieu |may |nhung |cac )?{_WORK}(?: gi| nao)?(?: {_OPEN})?"),
    ("mine", rf"(?:{_ME} )?(?:phai|can) (?:lam|bao cao|nop) (?:gi|nhung gi|viec gi)"),
    ("mine", rf"(?:con )?{_WORK}(?: gi| nao)? {_OPEN}"),
    ("mine", rf"(?:han|deadline)(?: nop| bao cao| cuoi)* (?:la )?{_WHEN}"),
    ("mine", rf"{_WHEN} (?:thi )?(?:den han|het han|toi han|nop|phai nop|phai bao cao)(?: bao cao)?"),
    ("mine", rf"(?:ben )?{_ME} (?:den dau|the nao|ra sao|lam den dau|tien do the nao|con gi|con no gi)"),
    ("mine", rf"{_WHICH} {_NOT_YET}|tinh hinh (?:the nao|den dau|ra sao|sao)"),
    (
        "mine",
        (
            r"(?:hom nay|tuan nay|sang nay|ngay mai) (?:co|con|can lam|phai lam) (?:gi|viec gi"
            r"|nhung gi)(?: khong| moi)?"
        ),
    ),
    (
        "mine",
        (
            rf"(?:gui|cho|xem|doc|nhac|liet ke)(?: lai)?(?: giup| cho)*(?: {_ME})?(?: xem"
            rf"| xin)? danh sach(?: cac)? {_WORK}"
        ),
    ),
    (
        "mine",
        (
            rf"{_WORK} nao (?:gap|gap nhat|truoc|quan trong|uu tien|can lam truoc)(?: nhat)?|con "
            rf"(?:may|bao nhieu) ngay(?: nua)?"
        ),
    ),
    (
        "mine",
        (
            rf"(?:{_ME} )?(?:da )?(?:bao cao|gui|nop|cap nhat)(?: duoc)? (?:nhung )?(?:viec )?(?:gi"
            rf"|nao)(?: roi)?|lich su(?: bao cao)?"
        ),
    ),
    (
        "mine",
        r"(?:xem|kiem tra)(?: lai)?(?: giup| ho)* .{0,20}(?:da )?(?:gui|nop|bao cao|ghi)(?: duoc)? chua",
    ),
    ("mine", rf"(?:con )?(?:bao nhieu|may) (?:don vi|so|xa|phuong|nguoi) {_NOT_YET}"),
    (
        "mine",
        (
            rf"(?P<words>{_BODY} .{{2,40}}?) (?:(?:the nao|den dau|ra sao|sao)(?: roi)?|(?:bao cao"
            rf"|nop|gui|lam)(?: xong)? chua)"
        ),
    ),
    ("item", rf"(?:xem |chi tiet |han )?{_LINE}"),
    ("item", rf"{_LINE} (?:la )?(?:gi|viec gi|den dau|han (?:la )?{_WHEN}|{_WHEN} den han)"),
    ("help", r"(?:tro )?giup(?: toi| em| minh| do)*|huong dan(?: su dung| dung| toi| em| minh)*|menu"),
    (
        "help",
        (
            rf"(?:{_ME} )?(?:la )?(?:nguoi )?moi (?:ve|nhan viec|vao|lam|duoc giao)"
            rf"(?: .{{0,20}})?(?: (?:chua|khong) (?:biet|ro)(?: .{{0,15}})?)"
        ),
    ),
    ("help", r"(?:ua )?(?:cai nay|day|bot nay|tin nay)(?: la)? (?:la gi|cai gi|gi vay|lam gi|de lam gi)"),
    (
        "who",
        (
            r"(?:(?:toi|em|minh|muon|can|cho) )*(?:noi chuyen|gap|trao doi)(?: voi)? (?:nguoi that"
            r"|nguoi|can bo|nhan vien)"
        ),
    ),
    ("help", r"cach (?:dung|su dung|lam|bao cao)|(?:cac )?lenh|la sao|la gi|can giup"),
    ("help", r"(?:dung|su dung|lam|bao cao|cap nhat|tra loi) (?:the nao|nhu the nao|ra sao|sao|kieu gi)"),
    ("help", rf"(?:{_ME} )?(?:khong|ko|k|chua) (?:biet|ro) (?:cach )?(?:dung|su dung|lam|gi)(?: .{{0,12}})?"),
    ("who", rf"ai (?:la )?(?:dang )?{_IN_CHARGE}(?: (?P<words>.{{1,60}}))?"),
    ("who", r"(?:dau moi|lanh dao|nguoi tong hop|don vi (?:nao )?tong hop)(?: la (?:ai|don vi nao))?"),
    ("stop", rf"(?:phien qua |lam phien |lam on |sao )?{_END} {_ON}(?: .{{0,20}})?"),
    ("stop", r"(?:sao |ma )?(?:cu |lai )?nhac (?:mai|hoai|nhieu)(?: the| qua| vay| lam)*"),
    ("stop", r"phien(?: qua| the)*|spam"),
    (
        "stop",
        (
            r"(?:nhac|nhan)(?: tin)? (?:gi |sao )?(?:ma |lai )?(?:lam|nhieu|hoai|mai|lien tuc)"
            r"(?: the| vay| qua)*"
        ),
    ),
    (
        "stop",
        (
            r"(?:cai )?(?:bot|may|phan mem|chuong trinh)(?: nay)? (?:ngu|do hoi|te|chan|kem|vo dung"
            r"|buc minh)(?: qua| the| vay)*"
        ),
    ),
    (
        "stop",
        (
            rf"(?:khong|ko|dung) (?:can |phai )?{_ON}(?: (?:{_ME}|nua|dau))*|sao (?:cu|con"
            rf"|van) {_ON}(?: .{{0,20}})?"
        ),
    ),
    (
        "stop",
        (
            r"(?:doi|chuyen) gio nhac(?: .{0,20})?|nhac lai (?:toi |em )?(?:sau|vao .{2,15})|nhac "
            r"(?:toi|em) (?:vao|luc) .{2,20}"
        ),
    ),
    ("wrong", rf"(?:{_ME} )?(?:ghi |bao |go |bam |nhap )?(?:nham|lon|sai)(?: roi| so| viec| muc| mat| nut)*"),
    (
        "wrong",
        r"(?:huy|bo)(?: bo| di| ghi| lan ghi| cap nhat| cau| ket qua| vua roi| vua ghi| lai)*",
    ),
    ("wrong", r"hoan tac|undo|(?:nham|sai) (?:viec|muc) \d{1,2}(?: co)?|sua"),
    ("successor", rf"(?:{_ME} )?(?:da |sap |chuan bi )?{_MOVED}(?: .{{0,50}})?"),
    (
        "successor",
        rf"{_SOMEBODY} .{{2,20}}(?:da )?(?:{_MOVED}|nghi)(?: roi)? (?:em|toi|minh) (?:la|thay) .{{1,30}}",
    ),
    ("successor", r"nguoi moi (?:la|thay) .{1,40}|doi (?:dau moi|nguoi phu trach|nguoi)(?: .{0,40})?"),
    ("successor", rf"(?:ban giao|giao lai)(?: viec)? cho {_SOMEBODY}\b\D{{0,30}}"),
    ("away", rf"(?:{_ME} )?(?:xin |duoc |se )?nghi (?:phep|om|mai|thai san|may hom)(?: .{{0,30}})?"),
    ("away", rf"{_REST}(?: (?:\d{{1,2}}|mot|hai|ba|nua) (?:ngay|tuan|thang))? (?:ke )?{_FROM}.{{0,50}}"),
    ("away", rf"(?:mai|ngay mai|tuan sau|hom nay) {_ME} (?:xin )?nghi(?: .{{0,20}})?"),
    ("away", rf"{_ME} {_LEAVES}(?: {_PLACE})? {_FROM}{_TIMES_AND_WHO}"),
    (
        "away",
        rf"(?:xin |se |phai |sap )*(?:di (?:cong tac|tap huan|vang)|vang mat) {_FROM}{_TIMES_AND_WHO}",
    ),
    (
        "away",
        rf"{_ME} {_LEAVES}(?: {_PLACE})? (?:mai|ngay mai|hom nay|tuan sau|tuan toi|thu \d)(?: {_STAND_IN})?",
    ),
    ("away", rf"{_DAYS} {_ME} {_LEAVES}(?: {_PLACE})?(?: {_STAND_IN})?"),
    (
        "roll_call",
        rf"(?:da )?(?:xem |goi |(?:{_ME} )?(?:xin )?)diem danh(?: (?:roi|du|day du|(?:cac )?don vi))?",
    ),
    ("roll_call", rf"(?:da )?(?:{_ME} )?(?:xin )?co mat(?: (?:roi|du|day du))?"),
    ("roll_call", rf"{_WHICH} (?:da |chua )?diem danh(?: roi)?"),
    ("code", r"(?:cap|lay|xin|tao)(?: lai)? ma(?: moi)?(?: cho)?(?: (?P<words>.{2,60}))?"),
    ("code", rf"(?:them|moi) dau moi (?:cho|cua) (?P<words>{_BODY} .{{2,50}})"),
    ("code", r"ma moi(?: cho)? (?P<words>.{2,60})"),
    ("phone", r"(?:danh sach )?(?:can )?goi dien(?: cho ai)?|goi (?:cho )?ai"),
    ("unwish", rf"{_NOT_WISHED} {_LATER}(?: nua)?(?: (?:cho |cua )?{_LINE})?"),
    ("unwish", rf"{_LINE} {_NOT_WISHED} {_LATER}(?: nua)?"),
    ("phone", rf"khong lien lac duoc(?: ai| voi ai)?|{_WHICH} (?:chua|khong) co dau moi"),
)
_TABLE: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    *(("not_ours", re.compile(row)) for row in NOT_OURS),
    *((kind, re.compile(row)) for kind, row in _ROWS),
    *(("who", re.compile(row)) for row in WHOM),
    *(("ask", re.compile(row)) for row in QUESTIONS),
)
_ASKING = re.compile(r"^(?:xin hoi |cho (?:(?:toi|em|minh) )?(?:xin |hoi |biet )?)")
_POLITE = {"vang", "oi", "nhe", "nha", "a", "em", "bot", "the", "vay", "voi", "nhi", "ha", "gium", "roi"}
"""What may stand before or after without a meaning of its own."""


def read_aside(text: str) -> Aside | None:
    """Return what a whole line is after; None where it is none of these, and may be a word on work."""
    plain = " ".join(re.sub(r"[,!?…:;\"]|\.(?!\d)", " ", fold(text)).split())
    if not plain:
        return Aside("help") if "?" in text else None
    for words in dict.fromkeys((plain, _bare(plain))):
        for kind, row in _TABLE:
            if found := row.fullmatch(words):
                return Aside(kind, _bare(found.groupdict().get("words") or ""))
    return None


def _bare(plain: str) -> str:
    """Leave out polite words at both ends."""
    words = _ASKING.sub("", plain).split()
    while len(words) > 1 and words[0] in _POLITE:
        words = words[1:]
    while len(words) > 1 and words[-1] in _POLITE:
        words = words[:-1]
    return " ".join(words)
