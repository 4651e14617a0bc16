"""The closing formulas of a plan, which give nobody a duty."""

import re

_FORMULA = re.compile(
    r"(?i)(?:trên đây là|căn cứ (?:nội dung )?(?:vào )?(?:của )?kế hoạch"
    r"|yêu cầu (?:các|thủ trưởng|giám đốc|chủ tịch)|(?:trong )?quá trình (?:triển khai|thực hiện|tổ chức)"
    r"|nhận được|(?:ubnd|[uủ][ỷy] ban nhân dân) (?:tỉnh|thành phố|xã|phường)[^,.]{0,40} (?:yêu cầu|giao"
    r"|đề nghị)"
    r"|(?:kế hoạch|chương trình(?: hành động)?|nghị quyết|chỉ thị) này (?:thay|có|được|phổ biến)"
    r"|chủ tịch (?:ubnd|[uủ][ỷy] ban)|nếu có (?:khó khăn|vướng mắc|vấn đề))"
)
_CALL = re.compile(
    r"(?i)(?:đề nghị |giao )?(?:thủ trưởng |giám đốc |người đứng đầu )?các [^.;:]{3,250}?"
    r"(?:triển khai|thực hiện|tổ chức)[^.;:]{0,80}? kế hoạch(?: này)?\b"
)


_IN_FORCE = re.compile(
    r"(?i)chịu trách nhiệm thi hành (?:quyết định|chỉ thị|nghị quyết|kế hoạch)"
    r"|(?:quyết định|kế hoạch) này có hiệu lực"
)
"""The last articles of a decision, which address everybody and hand out nothing."""
_ASIDE = re.compile(
    r"(?i)(?:trên đây là|(?:trong )?quá trình (?:tổ chức |triển khai )*(?:triển khai"
    r"|thực hiện)|nếu có )"
)


def is_aside(text: str) -> bool:
    """Tell whether a numbered item is nobody's: what to do about difficulties, or that this was the plan."""
    return bool(_ASIDE.match(text))


def is_closing(text: str, *, calls: bool = False) -> bool:
    """Tell whether a paragraph is a closing formula: "Trên đây là Kế hoạch ...".

    With `calls` also one that calls on all to carry the plan out; the first paragraph of a part may be that
    and a duty.
    """
    return bool(_FORMULA.match(text) or _IN_FORCE.search(text)) or (calls and bool(_CALL.match(text)))
