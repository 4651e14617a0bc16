"""What a message means: a command, a pressed or typed button, an answer to a question, an update."""

import re
from collections.abc import Mapping

from domain.assignments.extension_replies import read_decision
from domain.common.text import fold
from domain.updates import read_update
from handlers import group_chat, small_talk_chat
from handlers.assignments import (
    approval_chat,
    edited_chat,
    evidence_chat,
    extension_decision_chat,
    question_answer_chat,
    typed_verdict_chat,
    update_chat,
)
from handlers.assignments.question_chat import KEEPS_WORDS
from handlers.common import withheld_chat
from handlers.common.button_data import button_data, read_button_data
from handlers.common.context import (
    Button,
    Command,
    Context,
    Reply,
    UnitsTable,
    Who,
    allowed,
    reply,
    turned_away,
)
from handlers.common.conversation import Outgoing
from handlers.common.typed_choices import chosen
from handlers.common.wording import short
from handlers.organisation import join_chat, units_chat
from handlers.plans import draft_chat, file_series_chat, pasted_plan_chat, recall_chat
from handlers.plans.draft_wording import TOPIC
from handlers.subjects import refusal, without_stale_question
from handlers.table import BUTTONS, COMMANDS, QUESTIONS
from handlers.typed_codes import split_code
from storage.common import audit_log, stranger_counter

_JOIN = "start"
_WITH_WORDS = {"status", "summary", "plan", "nudge", "request", "ledger", "handover"}
"""The commands that take words which may be typed without the slash."""
_LONGEST = 3
"""So many words a command's name is made of: "sổ đôn đốc"."""
_LET_IT_BE = {"thoi", "bo qua", "thoi bo qua"}
_MAY_BE_LET = ("several", "which", "stuck", "extend", "correct", "absence", *recall_chat.TOPICS)
"""The questions that "thôi" leaves without an answer: it is no wish to give up one's part there."""
_NEVER, _NEVER_MIND = {"thoi", "huy", "bo qua", "khong"}, button_data("never", "mind")
"""Where nothing has been sent yet, "thôi" is no wish to give up one's part."""
_CLOSE = re.compile(r"(?P<name>[^\W\d_]+)(?P<rest>\d.*)", re.DOTALL)
_BEFORE_A_NUMBER = re.compile(r"/\d")
_COMMANDS = {name: command for command in COMMANDS for name in (command.name, command.alias)}
_BUTTONS: Mapping[str, Button] = {button.verb: button for button in BUTTONS}
_QUESTIONS = {question.topic: question for question in QUESTIONS}


async def route(context: Context) -> Reply:
    """Answer one message; what is refused stands in the audit."""
    answer = await _answer(await without_stale_question(context))
    if answer.refused:
        await _note_refused(context, answer.refused)
    return answer


async def _note_refused(context: Context, what: str) -> None:
    """Note what a member may not do, and who tries a code; of other strangers only how many there were."""
    who = context.somebody
    if (who is None or not who.seats) and not what.startswith("code"):
        await stranger_counter.count(context.conn, context.now)
    else:
        await audit_log.note(context.conn, context.now, "refused", what, who.id if who else None)


async def _answer(context: Context) -> Reply:
    said = context.said
    if said.withheld is not None:
        return await _withheld(context)
    if not said.private:
        return await group_chat.answer(context, *_called_openly(said.text))
    if said.edited_of is not None and not said.is_marked:
        return await edited_chat.edited(context)
    if said.is_marked:
        return evidence_chat.of_marked(context, turned_away(context, "a secrecy mark", "error.secret"))
    is_pasted = said.attachment is None and not file_series_chat.is_choice(said)
    if context.reading is not None and is_pasted:
        return await pasted_plan_chat.received(context)
    context = file_series_chat.ended(pasted_plan_chat.ended(context))
    if said.press is not None:
        return await _press(context, said.press)
    if said.attachment is not None:
        return await _file(context)
    text = said.text.strip()
    if (
        context.dialog.topic
        and fold(text).strip(" .!") in _NEVER
        and _NEVER_MIND in context.dialog.choices.values()
    ):
        return await _press(context, _NEVER_MIND)
    if context.dialog.topic in _MAY_BE_LET and fold(text).strip(" .!") in _LET_IT_BE:
        return reply(Outgoing(context.texts("error.let_be")))
    seated = context.somebody is not None and bool(context.somebody.seats)
    if code := split_code(text, seated=seated):
        return await join_chat.start(context, code[1])
    is_free = context.dialog.topic in ("", "which", TOPIC, *KEEPS_WORDS) and not text.startswith("/")
    if is_free and (decided := await typed_verdict_chat.approval(context, text)):
        return decided
    if is_free and context.somebody and (asked := await recall_chat.typed(context, text)):
        return asked
    if _BEFORE_A_NUMBER.match(text) or not (text.startswith("/") or _is_command_word(context, text)):
        text = text.removeprefix("/")
        return await _typed(context, text) if text else reply()
    return await _command(context, text.removeprefix("/"))


async def _withheld(context: Context) -> Reply:
    """Say what to do in place of what the messenger did not hand on; a stranger learns how to join."""
    if not _may(context, "member"):
        return _refused(context, "member", "withheld")
    return await withheld_chat.answer(context)


def _is_command_word(context: Context, text: str) -> bool:
    """Whether a command was typed without its slash: "tinh hinh", "start ABCD-EFGH".

    With more words behind it only from those who report no progress: "tong hop bao chi xong" is that.
    """
    if _plain(text) in _COMMANDS or fold(text).startswith(f"{_JOIN} "):
        return True
    found, rest = _called(text)
    # The rows of a plan stay open, and are told by number.
    asked = context.dialog.topic not in ("", TOPIC, *KEEPS_WORDS)
    if found is None or asked or "\n" in text:
        return False
    if found is approval_chat.approval and approval_chat.turns(rest):
        return _may(context, found.who)
    if _may(context, "officer"):
        return False
    return found.name in _WITH_WORDS and _may(context, found.who)


def _plain(text: str) -> str:
    return fold(text).replace(" ", "").strip(".,:;!?")


async def _file(context: Context) -> Reply:
    """A plan from a coordinator, from officers what shows their work."""
    if not _may(context, "member"):
        return _refused(context, "member", "file")
    if isinstance(context.reading, UnitsTable):
        return await units_chat.received(context, context.reading)
    if context.kept is None and context.person.units("coordinator"):
        return await file_series_chat.received(context)
    return await evidence_chat.received(context)


def _called(text: str) -> tuple[Command | None, str]:
    """Return the command that a text without its slash begins with, and what follows.

    The name may be typed as the words that it is made of, "tổng hợp quý 2"; a number close to it, "viec2".
    """
    for count in range(_LONGEST, 0, -1):
        words = text.split(maxsplit=count)
        name = _COMMANDS.get(_plain(" ".join(words[:count])))
        if name is not None:
            return name, words[count] if len(words) > count else ""
    close = _CLOSE.fullmatch(text)
    return (_COMMANDS.get(fold(close["name"])), close["rest"]) if close else (None, "")


def _called_openly(text: str) -> tuple[Command | None, str]:
    """Return the command that was called in a group: "việc 1 xong", said there, is no call for the list."""
    found, argument = _called(text.removeprefix("/"))
    if text.startswith("/") or not argument or found is update_chat.update:
        return found, argument
    return None, ""


async def _command(context: Context, text: str) -> Reply:
    found, argument = _called(text)
    if found is None:
        if not _may(context, "member"):
            return _refused(context, "member", "command")
        typed = text.split(maxsplit=1)[0][:32] if text.strip() else ""
        return reply(Outgoing(context.texts("error.unknown_command", command=f"/{typed}")))
    if not _may(context, found.who):
        return _refused(context, found.who, f"command {found.name}")
    return evidence_chat.keep_waiting(context, await found(context, argument))


async def _press(context: Context, data: str) -> Reply:
    pressed = read_button_data(data)
    found = _BUTTONS.get(pressed.verb)
    if found is None:
        return reply(Outgoing(context.texts("error.old_button")))
    if not _may(context, found.who):
        return _refused(context, found.who, f"button {found.verb}")
    answer = await refusal(context, pressed) or await found.run(context, pressed)
    return answer if pressed.verb == "file" else evidence_chat.keep_waiting(context, answer)


async def _typed(context: Context, text: str) -> Reply:
    if data := chosen(context.dialog.choices, text):
        return await _press(context, data)
    asked = _QUESTIONS.get(context.dialog.topic)
    if asked is not None and _may(context, asked.who) and (taken := await asked.run(context, text)):
        return taken
    if not _may(context, "member"):
        return _refused(context, "member", "text")
    if context.person.units("coordinator") and (answered := await question_answer_chat.typed(context, text)):
        return answered
    if context.person.units("coordinator") and (
        decided := await extension_decision_chat.typed(context, text)
    ):
        return decided
    if judged := await typed_verdict_chat.judgement(context, text):
        return judged
    if context.person.units("coordinator") and draft_chat.lost(text):
        return reply(Outgoing(context.texts("draft.no_list")))
    if aside := await small_talk_chat.answer(context, text):
        return aside
    if not context.person.units("focal", "leader"):
        return _unclear(context, text)
    return await update_chat.take_update(context, text)


def _unclear(context: Context, text: str) -> Reply:
    """Answer a coordinator's words that are nothing known; a decision, where nothing waits for one."""
    if read_decision(text, today=context.today, due=None):
        return reply(Outgoing(context.texts("error.nothing_waits")))
    if read_update(text, today=context.today, due=None).acknowledged:
        return reply(Outgoing(context.texts("aside.thanks")))
    return reply(Outgoing(context.texts("error.unclear", words=short(text, 60))))


def _may(context: Context, who: Who) -> bool:
    return allowed(who, context.somebody)


def _refused(context: Context, who: Who, what: str) -> Reply:
    """Tell a stranger how to join, and nothing else."""
    if context.somebody is None:
        return turned_away(context, what, "start.stranger")
    if not context.somebody.seats:
        return turned_away(context, what, "start.no_seat")
    return turned_away(context, what, "error.not_officer" if who == "officer" else "error.not_allowed")
