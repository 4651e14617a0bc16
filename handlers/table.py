"""The map of the conversation: every command, every button, every question, in one place."""

from handlers import (
    absence,
    amending,
    confirming,
    drafts,
    duties,
    extension,
    leave,
    nudge,
    plans,
    privacy,
    prompting,
    requests,
    seen,
    start,
    status,
    summary,
    update,
    web,
)
from handlers import help as help_page
from handlers.desk import Button, Command, Question

COMMANDS: tuple[Command, ...] = (
    start.start,
    duties.duties,
    update.update,
    status.status,
    summary.summary,
    web.web,
    drafts.plan,
    confirming.waiting,
    prompting.nudge,
    requests.request,
    absence.absence,
    leave.leave,
    privacy.mydata,
    privacy.withdraw,
    privacy.erase,
    help_page.help_,
)
BUTTONS: tuple[Button, ...] = (
    *start.BUTTONS,
    *update.BUTTONS,
    *extension.BUTTONS,
    *plans.BUTTONS,
    *amending.BUTTONS,
    *drafts.BUTTONS,
    *confirming.BUTTONS,
    *prompting.BUTTONS,
    *requests.BUTTONS,
    *leave.BUTTONS,
    *privacy.BUTTONS,
    *absence.BUTTONS,
    *nudge.BUTTONS,
    *seen.BUTTONS,
)
QUESTIONS: tuple[Question, ...] = (
    start.consent_typed,
    update.which,
    update.stuck_typed,
    update.extend_typed,
    *drafts.QUESTIONS,
    *requests.QUESTIONS,
    *confirming.QUESTIONS,
    *absence.QUESTIONS,
)
