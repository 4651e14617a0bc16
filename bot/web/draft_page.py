"""A draft: its doubts, its confirmation; and a later version of a live plan, to be applied or not."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.web.visit import Flash, Visit
from config.texts import Texts
from domain.plans.correction_replies import Verb
from domain.plans.draft import Doubt, Draft, find_doubts
from handlers.common.context import Button, Reply
from handlers.plans import plan_upload_chat, version_chat
from handlers.plans.draft_corrections import offered
from handlers.plans.draft_wording import Shown, open_draft, word_doubt
from handlers.plans.version_chat import word_changes, word_head
from storage.plans import plan_store, version_store
from storage.plans.plan_store import PlanRow


@dataclass(frozen=True, slots=True)
class Question:
    """A doubt as the page asks about it: `verbs` are the answers that it takes here.

    What is doubtful in a row of the plan is corrected in that row, whose anchors are `rows`.
    """

    doubt: Doubt
    told: Markup
    verbs: frozenset[Verb]
    rows: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Its key in an address."""
        return self.doubt.key.replace(" ", "-")


@dataclass(frozen=True, slots=True)
class Later:
    """A later version of a live plan that waits to be applied, and what it would change."""

    id: int
    head: Markup
    changes: tuple[Markup, ...]


def numbers_of(draft: Draft, doubts: Iterable[Doubt]) -> Shown:
    """Return the numbers of a draft's page: its rows in order, then whatever else is doubtful."""
    rows = Shown(draft.plan_id, tuple(row.key for row in draft.rows))
    return rows.with_keys(doubt.key for doubt in doubts)


async def doubts_of(visit: Visit, plan: PlanRow) -> list[Question]:
    """Return what is doubtful in a draft, the gravest kind first."""
    draft, register = await open_draft(visit.context(), plan.id)
    doubts = find_doubts(draft, register)
    shown = numbers_of(draft, doubts)
    return [_question(visit.words.texts, draft, doubt, shown) for doubt in doubts]


def _question(texts: Texts, draft: Draft, doubt: Doubt, shown: Shown) -> Question:
    told = word_doubt(texts, doubt, shown.number(doubt.key))
    verbs = offered(doubt.key, doubt)
    rows = tuple(row.key.replace(" ", "-") for row in (doubt.row, doubt.second) if row)
    in_row = draft.row(doubt.key) is not None
    return Question(doubt, told, verbs - {"who", "when"} if in_row else verbs, rows)


async def later_of(visit: Visit, plan: PlanRow) -> Later | None:
    """Return the later version of a live plan that waits, None where none does."""
    later_id = await plan_store.later_version(visit.conn, plan.id)
    if later_id is None:
        return None
    texts, found = visit.words.texts, await version_store.changes(visit.conn, later_id)
    back = await version_store.returning(visit.conn, later_id)
    head = word_head(texts, await plan_store.get(visit.conn, later_id), found)
    return Later(later_id, head, tuple(word_changes(texts, found, back)))


async def confirm(visit: Visit) -> Response:
    """Let a draft go live, as its button in the chat does."""
    plan = visit.plan(visit.request.path_params["plan"])
    return await _pressed(
        visit, plan_upload_chat.confirm, plan.id, f"/ke-hoach/{plan.id}", wrong=plan.state != "draft"
    )


async def discard(visit: Visit) -> Response:
    """Throw a draft away, as its button in the chat does; one that is gone already is told to be."""
    plan_id: int = visit.request.path_params["plan"]
    plan = next((one for one in visit.plans if one.id == plan_id), None)
    if plan is None:
        visit.tell(Flash(visit.words.texts("plan.gone"), wrong=True))
        return visit.go("/ke-hoach")
    return await _pressed(visit, plan_upload_chat.discard, plan.id, "/ke-hoach", wrong=plan.state != "draft")


async def amend(visit: Visit) -> Response:
    """Apply the later version of a live plan that the form names, or throw it away."""
    plan = visit.plan(visit.request.path_params["plan"])
    later_id, back = await plan_store.later_version(visit.conn, plan.id), f"/ke-hoach/{plan.id}"
    deed = {"apply": version_chat.amend, "discard": plan_upload_chat.discard}.get(visit.sent("answer"))
    if deed is None:
        raise HTTPException(404)
    if later_id is None or visit.sent("version") != str(later_id):
        visit.tell(Flash(visit.words.texts("plan.gone"), wrong=True))
        return visit.go(back)
    return await _pressed(visit, deed, later_id, back, wrong=False)


async def _pressed(visit: Visit, deed: Button, about: int, back: str, *, wrong: bool) -> Response:
    answer: Reply = await deed.run(visit.context(), str(about))
    visit.tell(Flash(answer.messages[0].text, wrong=wrong))
    return visit.go(back)
