"""The body that a plan's units report through, or that compiles what they send."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from documents.reading.issuer import is_issuer, level_of
from domain.common.text import fold
from domain.plans.plan import Duty, ReportingRule

_STATE = ("bo ", "chinh phu", "thu tuong", "van phong chinh phu", "trung uong", "tong cuc")
_MILITARY = ("bo chi huy", "bo chqs", "bo doi")
"""Bodies of a province that open like a ministry."""
_PROVINCE = ("so ", "ubnd tinh", "tinh uy", "ban thuong vu tinh uy", "van phong tinh uy")
_INSIDE = ("phong ", "chi cuc ", "van phong so", "trung tam ")
_BRANCHES = (" co so", " cap xa", " cap huyen")
_OFFICES = ("so ", "ban ", "thanh tra ", "cong an ", "phong ", "van phong ")
_COMMUNES = ("xa", "phuong", "dac khu")
_COMPILES = (("tong hop", "bao cao"), ("tong hop",), ("theo doi", "don doc"))
"""What a duty says of whose it is to compile, the surest first."""


def coordinator_of(
    issuer: str | None, duties: Sequence[Duty], reports: Sequence[ReportingRule], groups: frozenset[str],
    notified: Sequence[str],
) -> str | None:  # fmt: skip
    """Return the coordinator, None where nothing shows one.

    `notified` are those whom the closing formulas tell of difficulties.
    """
    level = _IssuerLevel(issuer, fold(level_of(issuer)))
    through = [rule for rule in reports if rule.via and level.has(rule.via)]
    through = [rule for rule in through if not _is_of_state(fold(rule.to or ""))] or through
    dated = [rule for rule in through if rule.due]
    if through:
        return _compiler((dated or through)[0], level)
    received = [rule for rule in reports if rule.due and level.has_office(rule.to) and rule.to != rule.who]
    of_many = _from_many(received, groups)
    return (
        of_many
        or _with_duty(_COMPILES[:1] if received else _COMPILES, duties, groups)
        or next((rule.to for rule in received), None)
        or next((name for name in notified if level.has_office(name)), None)
    )


def _is_of_state(plain: str) -> bool:
    return plain.startswith(_STATE) and not plain.startswith(_MILITARY)


def _from_many(received: Sequence[ReportingRule], groups: frozenset[str]) -> str | None:
    """The first office to which a group reports, or several bodies."""
    senders: dict[str | None, set[str]] = defaultdict(set)
    for rule in received:
        senders[rule.to] |= {rule.who, *rule.also}
    return next((to for to, who in senders.items() if len(who) > 1 or who & groups), None)


def _with_duty(
    kinds: Sequence[tuple[str, ...]], duties: Sequence[Duty], groups: frozenset[str]
) -> str | None:
    """The single body whose duty it is to compile and report."""
    for words in kinds:
        for duty in duties:
            if all(word in fold(duty.text) for word in words) and not duty.also and duty.unit not in groups:
                return duty.unit
    return None


def _compiler(rule: ReportingRule, level: "_IssuerLevel") -> str | None:
    """Who compiles what goes through a body: that body, or the office of which it is a part or a branch."""
    above, way = rule.to or "", fold(rule.via or "")
    inside = way.startswith(_INSIDE) and level.has_office(above)
    branch = way.endswith(_BRANCHES) and level.has_body(above)
    return above if inside or branch else rule.via


@dataclass(frozen=True, slots=True)
class _IssuerLevel:
    """The issuer and its level, of which a coordinator is."""

    issuer: str | None
    name: str

    def has_office(self, name: str | None) -> bool:
        """Tell whether a name is that of one office of the level, beside the issuer."""
        return name is not None and fold(name).startswith(_OFFICES) and self.has_body(name)

    def has_body(self, name: str) -> bool:
        """Tell whether a name is that of one body of the level, beside the issuer."""
        return bool(name) and ";" not in name and not is_issuer(name, self.issuer) and self.has(name)

    def has(self, name: str) -> bool:
        """Tell whether a body may compile for the issuer: none of the State or of a level above."""
        plain = fold(name)
        if _is_of_state(plain) or (self.name in _COMMUNES and plain.startswith(_PROVINCE)):
            return False
        return not (self.name in _COMMUNES and plain.endswith((" tinh", " thanh pho")))
