"""What the round of a view and the period of a cycle are called."""

from domain.plans.periods import Period
from handlers.common.wording import Wording
from services.reporting.report_scope import View


def view_period(words: Wording, view: View) -> str:
    """Return what a view covers: "6 tháng đầu năm 2026", or up to which day."""
    period = words.period(view.round.period) if view.round else ""
    return str(period or words.texts("report.up_to", day=words.full(words.today)))


def period_name(words: Wording, period: Period) -> str:
    """Return what a period of a cycle is called; what reports none is named by its year."""
    return str(words.period(period) or words.texts("table.dated", year=period.year))
