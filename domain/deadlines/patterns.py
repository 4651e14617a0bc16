"""The words that patterns of deadline phrases are built of, in folded text (`domain.deadlines.phrase_table`).

Every repetition has an upper bound or begins at a word's edge, so that no text, however long and odd, is read
in more than linear time.
"""

DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
MONTH = r"(?:0?[1-9]|1[0-2])(?![0-9])"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
QUARTER = r"(?:iv|i{1,3}|0?[1-4])(?![0-9a-z])"
AND = r"(?: ?[,;&+] ?(?:va )?| va | hoac )"
EACH = r"(?:hang|moi|tung|cac)"
NEXT = (
    r"(?:sau(?! khi)(?: lien ke)?|ke tiep|tiep theo|tiep sau|ke sau|lien sau"
    r"|lien ke(?! truoc)(?: sau| tiep)?)"
)
PREVIOUS = r"(?:lien ke truoc|lien truoc|truoc(?! ?(?:ngay|[0-9]))(?: lien ke)?)"
THIS = r"(?:bao cao|ke hoach|thuc hien|do|nay)"
AHEAD = rf"(?:\bnam (?P<year_ahead>{YEAR}) ?[:,]? ?)?"
BEFORE = r"(?P<before>\btruoc )?"
LEAD = r"\b(?:(?:ngay |mung |mong |nhat |vao |den |het |la |qua |hon ){1,3}|(?<=truoc ))"
DAYS = rf"(?P<days>{DAY}(?:{AND}(?:truoc )?(?:vao )?(?:ngay )?{DAY}){{0,11}})"
LISTED = r"(?= ?(?:[.,;/|&+-]|$|va |hoac |nam |hang |moi |thang |cua ))"
PART = r"(?P<part>nua dau |nua cuoi |dau |giua |cuoi |(?:thuong|trung|ha) tuan )?"
NO_NUMBER = r"(?! ?(?:[0-9]|i{1,3}\b|iv\b))"
QUARTERLY = r"quy\b(?! (?:dinh|che|hoach|mo|trinh|uoc|chuan|doi|vi|bau)\b)"
RHYTHM = (
    r"(?:(?:hang|moi|tung|dinh ky|bao cao) )?(?:tuan|thang|quy|0?[369] thang|(?:0?1 )?nam)\b"
    r"(?! ?(?:[0-9]|i{1,3}\b|iv\b|dau|cuoi|giua|nay|truoc|sau|lan))"
)
WEEKDAY = r"(?:hai|ba|tu|nam|sau|bay|[2-7])\b"
MONTHS_COUNTED = r"(?:0?[2-9]|1[01]) thang (?:dau|cuoi)(?: cua)?(?: nam\b| [0-9]{4}|$)"
NTH = r"(?:dau(?: tien)?|cuoi(?: cung)?|giua|thu (?:nhat|hai|ba|tu|nam|sau|bay|[1-9](?![0-9])))"
DOCUMENT = (
    r"(?:quyet dinh|ke hoach|nghi dinh|nghi quyet|thong tu|chi thi|cong van|luat|hiep dinh|thoa thuan"
    r"|bien ban|ban ghi nho|ket luan|de an|thong bao|to trinh|huong dan|van ban)"
)
MONTHS_OF_DAYS = (
    rf"{MONTH}(?:{AND}(?:thang {MONTH}|{MONTH}(?= ?(?:[.,;|]|$|va |hoac |nam |hang |moi )))"
    rf"(?!{AND}[0-9]+ ?thang)){{0,11}}"
)
DATE = (
    rf"(?:{DAY} ?[/.-] ?{MONTH}(?: ?[/.-] ?[12][0-9]{{3}})?|{DAY} ?thang {MONTH}(?:,? nam [12][0-9]{{3}})?)"
)
# A few words that open no deadline: what a citation or an anniversary may reach across.
GAP = r"(?:(?!truoc|cham|khong|het |han |den |xong|bao cao)[^;0-9]){0,60}?"
TO = r" ?(?:-|den|toi)(?: het| cuoi)? ?"


def tail(side: str = "") -> str:
    """Return the pattern of what may stand behind a day or a stretch: its year, or its place beside one."""
    return (
        rf"(?:(?: ?[/.-] ?|,? ?(?:cua |trong )?nam )(?P<{side}year>{YEAR})"
        rf"|,? ?(?:cua )?(?:nam|ky) (?P<{side}previous>{PREVIOUS})(?: (?:nam|ky) bao cao)?"
        rf"|,? ?(?:cua )?(?:nam|ky) (?P<{side}next>{NEXT})"
        rf"|,? ?(?:cua )?(?:nam|ky) (?P<{side}this>{THIS})\b)?"
    )


def point(side: str) -> str:
    """Return the pattern of one end of a range: a day, a month, a quarter or a year."""
    return (
        rf"(?:(?:(?:ngay )?(?P<{side}day>{DAY})(?:(?: ?/ ?|\.|-|,? ?thang )(?P<{side}in>{MONTH}))?"
        rf"|thang (?P<{side}month>{MONTH})|quy (?P<{side}quarter>{QUARTER})){tail(side)}"
        rf"|nam (?P<{side}whole>{YEAR}))"
    )


def often(unit: str) -> str:
    """Return the pattern of "hằng tháng", "/tháng", "tháng một lần", for a unit of time."""
    return (
        rf"\b(?:{EACH}|theo|dinh ky) (?:theo )?{unit}{NO_NUMBER}|/ ?{unit}\b"
        rf"|\b{unit} (?:0?1|mot) lan\b"
    )
