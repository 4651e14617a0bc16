"""What the round of a view and the period of a cycle are called."""

from domain.plans.periods import Period
from handlers.common.wording import Wording
from services.reporting.report_scope import View


def view_period(wording: Wording, view: View) -> str:
    """Return what a view covers: "6 tháng đầu năm 2026", or up to which day."""
    period = wording.period(view.round.period) if view.round else ""
    return str(period or wording.texts("report.up_to", day=wording.full(wording.today)))


def period_name(wording: Wording, period: Period) -> str:
    """Return what a period of a cycle is called; what reports none is named by its year."""
    return str(wording.period(period) or wording.texts("table.dated", year=period.year))
