"""What a message means: a command, a pressed or typed button, an answer to a question, an update."""

import re

from domain.assignments.extension_replies import read_decision
from domain.common.text import fold
from domain.updates import read_update
from handlers import group_chat as rooms
from handlers import small_talk_chat as asides
from handlers.assignments import approval_chat as approval
from handlers.assignments import evidence_chat as evidence
from handlers.assignments import extension_decision_chat as deciding
from handlers.assignments import update_chat as update
from handlers.common.context import Command, Desk, Reply, Who, allowed, reply, turned_away
from handlers.common.conversation import Outgoing
from handlers.common.wording import short
from handlers.organisation import join_chat as start
from handlers.plans import draft_chat as drafts
from handlers.plans import pasted_plan_chat as pasted
from handlers.plans import plan_upload_chat as plans
from handlers.plans.draft_wording import TOPIC
from handlers.table import BUTTONS, COMMANDS, QUESTIONS
from storage.common import audit_log as audit

_JOIN = "start"
_WITH_WORDS = {"status", "summary", "plan", "nudge", "request", "ledger", "handover"}
"""The commands that take words which may be typed without the slash."""
_LONGEST = 3
"""So many words a command's name is made of: "sổ đôn đốc"."""
_NEVER, _NEVER_MIND = {"thoi", "huy", "bo qua", "khong"}, "never:mind"
"""Where nothing has been sent yet, "thôi" is no wish to give up one's part."""
_CLOSE = re.compile(r"(?P<name>[^\W\d_]+)(?P<rest>\d.*)", re.DOTALL)
_BEFORE_A_NUMBER = re.compile(r"/\d")
_PRINTED = re.compile(r"(?P<code>[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4})")
_TYPED = re.compile(
    r"/?(?:ma|code|start|bat ?dau)?[\s:/]*(?P<code>[a-hj-np-z2-9]{4}[-\s]?[a-hj-np-z2-9]{4})"  # folded
)
"""A code is often all that a newcomer types (letters of handlers.organisation.invite_codes)."""
_COMMANDS = {name: one for one in COMMANDS for name in (one.name, one.alias)}
_BUTTONS = {one.verb: one for one in BUTTONS}
_QUESTIONS = {one.topic: one for one in QUESTIONS}


async def route(desk: Desk) -> Reply:
    """Answer one message; what is refused stands in the audit."""
    answer = await _answer(desk)
    if answer.refused:
        who = desk.somebody.id if desk.somebody else None
        await audit.note(desk.work, desk.now, "refused", answer.refused, who)
    return answer


async def _answer(desk: Desk) -> Reply:
    said = desk.said
    if not said.private:
        return await rooms.answer(desk, *_called_openly(said.text))
    if said.is_marked:
        return evidence.of_marked(desk, turned_away(desk, "a secrecy mark", "error.secret"))
    if desk.reading is not None and said.attachment is None:
        return await pasted.received(desk)
    desk = pasted.ended(desk)
    if said.press is not None:
        return await _press(desk, said.press)
    if said.attachment is not None:
        return await _file(desk)
    text = said.text.strip()
    if (
        desk.dialog.topic
        and fold(text).strip(" .!") in _NEVER
        and _NEVER_MIND in desk.dialog.choices.values()
    ):
        return await _press(desk, _NEVER_MIND)
    if code := _code_in(desk, text):
        return await start.start(desk, code)
    if _BEFORE_A_NUMBER.match(text) or not (text.startswith("/") or _is_command_word(desk, text)):
        text = text.removeprefix("/")
        return await _typed(desk, text) if text else reply()
    return await _command(desk, text.removeprefix("/"))


def _is_command_word(desk: Desk, text: str) -> bool:
    """Whether a command was typed without its slash: "tinh hinh", "start ABCD-EFGH".

    With more words behind it only from those who report no progress: "tong hop bao chi xong" is that.
    """
    if _plain(text) in _COMMANDS or fold(text).startswith(f"{_JOIN} "):
        return True
    found, rest = _called(text)
    asked = desk.dialog.topic not in ("", TOPIC)  # the rows of a plan stay open, and are told by number
    if found is None or asked or "\n" in text:
        return False
    if found is approval.approval and approval.turns(rest):
        return _may(desk, found.who)
    if _may(desk, "officer"):
        return False
    return found.name in _WITH_WORDS and _may(desk, found.who)


def _plain(text: str) -> str:
    return fold(text).replace(" ", "").strip(".,:;!?")


def _code_in(desk: Desk, text: str) -> str | None:
    """Return the code that a text is; of those who have a seat only as it is printed."""
    if _plain(text.removeprefix("/")) in _COMMANDS:
        return None
    seated = desk.somebody is not None and desk.somebody.seats
    found = _PRINTED.fullmatch(text) if seated else _TYPED.fullmatch(fold(text))
    return found["code"] if found else None


async def _file(desk: Desk) -> Reply:
    """A plan from a coordinator, from officers what shows their work."""
    if not _may(desk, "member"):
        return _refused(desk, "member", "file")
    if desk.kept is None and desk.person.units("coordinator"):
        return await plans.received(desk)
    return await evidence.received(desk)


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
    if text.startswith("/") or not argument or found is update.update:
        return found, argument
    return None, ""


async def _command(desk: Desk, text: str) -> Reply:
    found, argument = _called(text)
    if found is None:
        if not _may(desk, "member"):
            return _refused(desk, "member", "command")
        typed = text.split(maxsplit=1)[0][:32] if text.strip() else ""
        return reply(Outgoing(desk.texts("error.unknown_command", command=f"/{typed}")))
    if not _may(desk, found.who):
        return _refused(desk, found.who, f"command {found.name}")
    return await found(desk, argument)


async def _press(desk: Desk, data: str) -> Reply:
    verb, _, argument = data.partition(":")
    found = _BUTTONS.get(verb)
    if found is None:
        return reply(Outgoing(desk.texts("error.old_button")))
    if not _may(desk, found.who):
        return _refused(desk, found.who, f"button {found.verb}")
    return await found.run(desk, argument)


async def _typed(desk: Desk, text: str) -> Reply:
    if data := desk.dialog.choices.get(fold(text)):
        return await _press(desk, data)
    asked = _QUESTIONS.get(desk.dialog.topic)
    if asked is not None and _may(desk, asked.who):
        return await asked.run(desk, text)
    if not _may(desk, "member"):
        return _refused(desk, "member", "text")
    if desk.person.units("coordinator") and (decided := await deciding.typed(desk, text)):
        return decided
    if desk.person.units("coordinator") and drafts.lost(text):
        return reply(Outgoing(desk.texts("draft.no_list")))
    if aside := await asides.answer(desk, text):
        return aside
    if not desk.person.units("focal", "leader"):
        return _unclear(desk, text)
    return await update.take(desk, text)


def _unclear(desk: Desk, text: str) -> Reply:
    """Answer a coordinator's words that are nothing known; a decision, where nothing waits for one."""
    if read_decision(text, today=desk.today, due=None):
        return reply(Outgoing(desk.texts("error.nothing_waits")))
    if read_update(text, today=desk.today, due=None).acknowledged:
        return reply(Outgoing(desk.texts("aside.thanks")))
    return reply(Outgoing(desk.texts("error.unclear", words=short(text, 60))))


def _may(desk: Desk, who: Who) -> bool:
    return allowed(who, desk.somebody)


def _refused(desk: Desk, who: Who, what: str) -> Reply:
    """Tell a stranger how to join, and nothing else."""
    if desk.somebody is None:
        return turned_away(desk, what, "start.stranger")
    if not desk.somebody.seats:
        return turned_away(desk, what, "start.no_seat")
    return turned_away(desk, what, "error.not_officer" if who == "officer" else "error.not_allowed")
