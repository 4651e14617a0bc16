"""The map of the conversation: every command, every button, every question, in one place."""

from handlers.assignments import acknowledge_chat as seen
from handlers.assignments import approval_chat as approval
from handlers.assignments import confirmation_chat as confirming
from handlers.assignments import duties_chat as duties
from handlers.assignments import evidence_chat as evidence
from handlers.assignments import evidence_list as proofs
from handlers.assignments import extension_chat as extension
from handlers.assignments import extension_decision_chat as deciding
from handlers.assignments import unit_report_chat as unit_report
from handlers.assignments import update_chat as update
from handlers.common import help_chat as help_page
from handlers.common import language_chat as language
from handlers.common import web_link_chat as web
from handlers.common.context import Button, Command, Question
from handlers.nudging import daily_message as nudge
from handlers.nudging import ledger_chat as ledger
from handlers.nudging import letter_chat as letter
from handlers.nudging import manual_nudge_chat as prompting
from handlers.organisation import absence_chat as absence
from handlers.organisation import handover_chat as handover
from handlers.organisation import join_chat as start
from handlers.organisation import leave_chat as leave
from handlers.organisation import privacy_chat as privacy
from handlers.plans import draft_chat as drafts
from handlers.plans import plan_upload_chat as plans
from handlers.plans import version_chat as amending
from handlers.reporting import status_chat as status
from handlers.reporting import summary_chat as summary
from handlers.reporting import upward_chat as upward
from handlers.requests import request_chat as requests

COMMANDS: tuple[Command, ...] = (
    start.start,
    duties.duties,
    update.update,
    unit_report.report,
    approval.approval,
    status.status,
    summary.summary,
    web.web,
    drafts.plan,
    confirming.waiting,
    prompting.nudge,
    requests.request,
    ledger.ledger,
    absence.absence,
    handover.handover,
    language.language,
    leave.leave,
    privacy.mydata,
    privacy.withdraw,
    privacy.erase,
    help_page.help_,
)
BUTTONS: tuple[Button, ...] = (
    *start.BUTTONS,
    *update.BUTTONS,
    *evidence.BUTTONS,
    *proofs.BUTTONS,
    *unit_report.BUTTONS,
    *approval.BUTTONS,
    *extension.BUTTONS,
    *deciding.BUTTONS,
    *letter.BUTTONS,
    *plans.BUTTONS,
    *amending.BUTTONS,
    *drafts.BUTTONS,
    *confirming.BUTTONS,
    *prompting.BUTTONS,
    *status.BUTTONS,
    *summary.BUTTONS,
    *upward.BUTTONS,
    *requests.BUTTONS,
    *handover.BUTTONS,
    *language.BUTTONS,
    *leave.BUTTONS,
    *privacy.BUTTONS,
    *absence.BUTTONS,
    *nudge.BUTTONS,
    *seen.BUTTONS,
)
QUESTIONS: tuple[Question, ...] = (
    start.consent_typed,
    *update.QUESTIONS,
    *evidence.QUESTIONS,
    *unit_report.QUESTIONS,
    *approval.QUESTIONS,
    *drafts.QUESTIONS,
    *requests.QUESTIONS,
    *confirming.QUESTIONS,
    *absence.QUESTIONS,
)
