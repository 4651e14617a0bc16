"""What the API takes and gives, field by field; the document of the API is made from these."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from domain.assignments.lifecycle import Kind, State, Timeliness
from domain.organisation.body_kinds import Standing
from domain.organisation.people import Role

LONGEST_PAGE = 200


class ApiModel(BaseModel):
    """No more fields than are named, and none is changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ApiProblem(ApiModel):
    """What went wrong, after RFC 9457; `code` is for programs, the words are for people."""

    type: Literal["about:blank"] = "about:blank"
    status: int
    code: Literal[
        "unauthorized",
        "forbidden",
        "not_found",
        "bad_method",
        "bad_query",
        "bad_body",
        "no_key",
        "key_reused",
        "marked",
        "no_line",
        "contradicts",
        "closed",
        "waits_already",
        "too_many_requests",
        "failed",
    ]
    title: str
    detail: str


class PlanEntry(ApiModel):
    """A plan that is live, or was."""

    id: int
    number: str | None
    title: str
    issuer: str | None
    issued_on: date | None
    period_from: date | None
    period_to: date | None
    state: Literal["live", "recalled"]
    live_on: date | None
    recalled_on: date | None
    coordinator_id: Annotated[int | None, Field(description="The unit that compiles it.")]
    coordinator: str | None


class UnitItem(ApiModel):
    """A unit that owes something, or did."""

    id: int
    name: str
    abbreviation: str | None
    standing: Standing


class AssignmentItem(ApiModel):
    """What one unit owes by one date: a report, a dated duty of a plan, or the answer to a request."""

    id: int
    kind: Kind
    plan_id: Annotated[int | None, Field(description="Null: a request's.")]
    request_id: int | None
    unit_id: int
    unit: str
    section: Annotated[str | None, Field(description="Where it stands in the plan.")]
    text: Annotated[str | None, Field(description="Null: a report on all duties of the unit.")]
    period: Annotated[str, Field(description='The period that a report covers, such as "2026-q2".')]
    planned_on: Annotated[date, Field(description="The plan's own date.")]
    due_on: Annotated[date, Field(description="The date that holds after an extension.")]
    last_on: Annotated[date, Field(description="The last day that is in time.")]
    wanted_on: Annotated[date | None, Field(description="A later date that waits for the coordinator.")]
    state: State
    timeliness: Annotated[Timeliness, Field(description="How it stands today.")]
    blocked: Annotated[bool, Field(description="The unit has said that something hinders it.")]
    returned: Annotated[int, Field(description="How often the coordinator sent it back.")]
    finished_on: Annotated[date | None, Field(description="The day on which it was handed in.")]


class ProgressItem(ApiModel):
    """What a unit reported, or what its coordinator decided on it. Who typed it is not told."""

    id: int
    assignment_id: int
    plan_id: int | None
    unit_id: int
    duty_id: Annotated[int | None, Field(description="The line of a report; null: the whole assignment.")]
    kind: Literal["said", "confirmed", "returned"]
    said_at: AwareDatetime
    text: Annotated[str, Field(description="As it was typed, without the number of the item.")]
    state: Annotated[State | Literal["nil"] | None, Field(description="What was read of it.")]
    percent: int | None
    done_part: Annotated[int | None, Field(description="3 where 3/5 is done.")]
    done_whole: Annotated[int | None, Field(description="5 where 3/5 is done.")]
    blocked: bool
    difficulty: str | None
    proposal: str | None
    documents: Annotated[tuple[str, ...], Field(description="Numbers of documents.")]
    amends_id: Annotated[int | None, Field(description="The earlier progress that it corrects.")]


class ProgressEntry(ApiModel):
    """What a system reports for a unit: the words for people, and what they say for programs."""

    text: Annotated[str, Field(min_length=1, max_length=2000, description="Words that stand in the report.")]
    state: Annotated[
        Literal["not_started", "in_progress", "done", "nil"],
        Field(description="Must agree with the words; nil: nothing happened that is to be reported."),
    ]
    duty_id: Annotated[int | None, Field(description="A line of a report; null: the whole.")] = None
    percent: Annotated[int | None, Field(ge=0, le=99, description="In progress only.")] = None
    blocked: Annotated[bool, Field(description="Something hinders it.")] = False
    difficulty: Annotated[str | None, Field(max_length=1000)] = None
    proposal: Annotated[str | None, Field(max_length=1000)] = None
    documents: Annotated[
        tuple[Annotated[str, Field(min_length=3, max_length=60)], ...],
        Field(max_length=20, description="Numbers of documents."),
    ] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.state != "in_progress" and self.percent is not None:
            raise ValueError("percent")
        if self.blocked and self.state in ("done", "nil"):
            raise ValueError("blocked")
        return self


class ProgressTaken(ApiModel):
    """What was reported is on record."""

    progress_id: int
    assignment_id: int
    waits_for: Annotated[
        Literal["leader", "coordinator"] | None, Field(description="Whose word is needed before it counts.")
    ]
    repeated: Annotated[bool, Field(description="The same call had been taken before.")]


class NudgeItem(ApiModel):
    """One message to one person, who is not named, and what became of it."""

    id: int
    day: date
    kind: Annotated[str, Field(description="daily, request, digest or notice.")]
    role: Annotated[Role | None, Field(description="What its receiver is for the unit.")]
    units: Annotated[tuple[str, ...], Field(description="The units whose work it asks for.")]
    assignments: tuple[int, ...]
    channel: Annotated[str | None, Field(description="The messenger; null: it never left.")]
    state: Annotated[str, Field(description="pending, claimed, sent, dropped, failed, unsure or replaced.")]
    why: Annotated[str | None, Field(description="Why it did not arrive.")]
    attempts: int
    repeated: Annotated[bool, Field(description="It may have arrived twice.")]
    sent_at: AwareDatetime | None
    answered_at: Annotated[
        AwareDatetime | None, Field(description="When one of the assignments was first spoken of after it.")
    ]


class TallyItem(ApiModel):
    """The four lines of every government tally."""

    done_in_time: int
    done_late: int
    open_in_time: int
    open_late: int


class FiguresItem(ApiModel):
    """How many were expected, and what became of each; they add up."""

    expected: int
    on_time: int
    late: int
    nil: int
    missing: int


class UnitStandingItem(ApiModel):
    """Where one unit stands."""

    unit_id: int
    unit: str
    mark: Literal["overdue", "due", "open", "done"]
    done: int
    total: int
    overdue: int
    waiting: Annotated[int, Field(description="Handed in, and not confirmed yet.")]
    blocked: bool
    late_since: date | None
    has_reported: Annotated[bool | None, Field(description="Null: the round asks no report of it.")]
    figures: FiguresItem


class StandingItem(ApiModel):
    """Where a plan stands on a day; the same figures as in the chat, on the pages and in the reports."""

    plan_id: int
    day: date
    focus: Annotated[date | None, Field(description="Up to which due date is counted.")]
    round: Annotated[date | None, Field(description="By which date the reports counted were due.")]
    asked: int
    reported: int
    past: Annotated[int, Field(description="Due before the plan was entered; not counted.")]
    tally: TallyItem
    figures: FiguresItem
    units: Annotated[tuple[UnitStandingItem, ...], Field(description="The worst first.")]


_NEXT = Field(description="The `cursor` of the next page; null: this is the last one.")


class PlanPage(ApiModel):
    """Plans, by id."""

    items: tuple[PlanEntry, ...]
    next: Annotated[str | None, _NEXT]


class UnitPage(ApiModel):
    """Units, by id."""

    items: tuple[UnitItem, ...]
    next: Annotated[str | None, _NEXT]


class AssignmentPage(ApiModel):
    """Assignments, by id."""

    items: tuple[AssignmentItem, ...]
    next: Annotated[str | None, _NEXT]


class ProgressPage(ApiModel):
    """Progress, by id: in the order in which it was recorded."""

    items: tuple[ProgressItem, ...]
    next: Annotated[str | None, _NEXT]


class NudgePage(ApiModel):
    """Nudges, by id: in the order in which they were made."""

    items: tuple[NudgeItem, ...]
    next: Annotated[str | None, _NEXT]


class NoQuery(ApiModel):
    """No parameters."""


class PageQuery(ApiModel):
    """Which page."""

    cursor: Annotated[str | None, Field(description="`next` of the page before.", max_length=64)] = None
    limit: Annotated[int, Field(description="Items on a page.", ge=1, le=LONGEST_PAGE)] = 50


class AssignmentQuery(PageQuery):
    """Which assignments."""

    plan: Annotated[int | None, Field(ge=1)] = None
    unit: Annotated[int | None, Field(ge=1)] = None
    state: State | None = None
    due_from: date | None = None
    due_to: date | None = None


class ProgressQuery(PageQuery):
    """Which progress."""

    plan: Annotated[int | None, Field(ge=1)] = None
    assignment: Annotated[int | None, Field(ge=1)] = None
    since: Annotated[AwareDatetime | None, Field(description="Said at this moment or later.")] = None


class LedgerQuery(PageQuery):
    """Which days of the ledger."""

    from_day: Annotated[date, Field(alias="from", description="The first local day.")]
    to_day: Annotated[date, Field(alias="to", description="The last local day; 31 days at most.")]
