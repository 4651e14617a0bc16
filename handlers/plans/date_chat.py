"""Dates of a draft by which nobody would be asked: asked for from now on, or kept as they are, by one tap."""

from collections.abc import Sequence
from typing import get_args

from domain.plans.correction_replies import Correction, Verb
from domain.plans.date_doubts import unsettled_date_doubts
from domain.plans.draft import Doubt
from handlers.common.button_data import ButtonData
from handlers.common.context import Button, Context, Reply, button, reply
from handlers.common.conversation import Outgoing
from handlers.plans import draft_chat, plan_upload_chat
from handlers.plans.correction_wording import word_corrected
from handlers.plans.date_wording import ALL
from services.plans.correct_draft import Corrected
from services.plans.open_draft import open_draft


@button("dates", "coordinator")
async def dates(context: Context, pressed: ButtonData) -> Reply:
    """Do with one doubtful date, or with all of them, what the button says."""
    row = await plan_upload_chat.mine(context, pressed.id())
    if isinstance(row, Reply):
        return row
    verb = next((verb for verb in get_args(Verb) if verb == pressed.text(1)), None)
    draft, _ = await open_draft(context.conn, row.id, context.rules, context.today)
    doubts = _chosen(unsettled_date_doubts(draft), pressed)
    if row.state != "draft" or verb not in ("ask", "right") or not doubts:
        return reply(Outgoing(context.texts("error.old_button")))
    shown = draft_chat.numbers_on_screen(context, row.id).with_keys(doubt.key for doubt in doubts)
    sentences = []
    for doubt in doubts:
        correction = Correction(shown.number(doubt.key), verb, "")
        answer = await draft_chat.correct_item(context, shown, correction)
        if isinstance(answer, Corrected):
            sentences.append(word_corrected(context.texts, answer, correction.number))
    return await draft_chat.ask_next(context, shown, sentences)


def _chosen(doubts: Sequence[Doubt], pressed: ButtonData) -> list[Doubt]:
    """Those that the button is about; from now on only what has passed can be asked for."""
    key = f"{pressed.text(2)} {pressed.text(3)}"
    may = [doubt for doubt in doubts if pressed.text(1) != "ask" or doubt.kind == "passed"]
    return may if pressed.text(2) == ALL else [doubt for doubt in may if doubt.key == key]


BUTTONS: tuple[Button, ...] = (dates,)
