"""A document that is sent again, changed, before it was confirmed: the corrections of the draft before it."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.plans.carried_corrections import Made, belongs_to
from domain.plans.correction_replies import Correction
from handlers.common.context import Context
from handlers.common.wording import short
from handlers.plans.draft_corrections import Corrector, NotTakenError
from handlers.plans.draft_wording import open_draft
from storage.plans import correction_store

_NAMED = 3


async def carry(context: Context, made: Sequence[Made], plan_id: int) -> Markup | None:
    """Correct a new draft as the one before it was; say in a sentence what was carried over and what not.

    None where nothing was corrected. What belongs to nothing in this draft is kept beside it, for the next.
    """
    lost = [one for one in made if not await _again(context, one, plan_id)]
    for one in lost:
        await correction_store.keep(context.conn, plan_id, one)
    if not made:
        return None
    key = "carried" if not lost else "carried_partly" if len(lost) < len(made) else "carried_none"
    told = [f"“{short(one.subject.text, 60)}”" for one in lost[:_NAMED]]
    more = ["…"] if len(lost) > _NAMED else []
    return context.texts(
        f"draft.{key}", count=len(made) - len(lost), lost=len(lost), what=", ".join([*told, *more])
    )


async def _again(context: Context, made: Made, plan_id: int) -> bool:
    """Make a correction once more, on what it belongs to now; False where that cannot be."""
    draft, register = await open_draft(context, plan_id)
    key = belongs_to(draft, made)
    if key is None:
        return False
    try:
        await Corrector(context.conn, context.texts, draft, register).correct(
            key, Correction(0, made.verb, made.words)
        )
    except NotTakenError:
        return False
    return True
