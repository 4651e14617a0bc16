"""Every address of the API in one table; routes and document are made from it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.web import api_answers, api_reports
from bot.web.api_calls import ApiCall
from bot.web.api_models import (
    ApiModel,
    AssignmentItem,
    AssignmentPage,
    AssignmentQuery,
    LedgerQuery,
    NoQuery,
    NudgePage,
    PageQuery,
    PlanEntry,
    PlanPage,
    ProgressEntry,
    ProgressPage,
    ProgressQuery,
    ProgressTaken,
    StandingItem,
    UnitPage,
)
from domain.organisation.api_access import ApiScope


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address: what answers, what it takes and gives, which scope it needs; `body`: it is written to."""

    path: str
    answer: Callable[[ApiCall, Any], Awaitable[ApiModel]]
    query: type[ApiModel]
    model: type[ApiModel]
    scope: ApiScope = "read"
    body: type[ApiModel] | None = None

    @property
    def method(self) -> str:
        """By which it is called."""
        return "POST" if self.body else "GET"

    @property
    def name(self) -> str:
        """Its operation id."""
        return self.answer.__name__

    @property
    def route(self) -> str:
        """The path as Starlette takes it."""
        return self.path.replace("{id}", "{id:int}")


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint("/plans", api_answers.list_plans, PageQuery, PlanPage),
    Endpoint("/plans/{id}", api_answers.get_plan, NoQuery, PlanEntry),
    Endpoint("/plans/{id}/standing", api_answers.get_standing, NoQuery, StandingItem),
    Endpoint("/units", api_answers.list_units, PageQuery, UnitPage),
    Endpoint("/assignments", api_answers.list_assignments, AssignmentQuery, AssignmentPage),
    Endpoint("/assignments/{id}", api_answers.get_assignment, NoQuery, AssignmentItem),
    Endpoint(
        "/assignments/{id}/progress",
        api_reports.report_progress,
        NoQuery,
        ProgressTaken,
        "write",
        ProgressEntry,
    ),
    Endpoint("/progress", api_answers.list_progress, ProgressQuery, ProgressPage),
    Endpoint("/nudges", api_answers.list_nudges, LedgerQuery, NudgePage),
)
