"""The map of the conversation: every command, every button, every question, in one place."""

from handlers.assignments import (
    acknowledge_chat,
    approval_chat,
    confirmation_chat,
    duties_chat,
    evidence_chat,
    evidence_list,
    extension_chat,
    extension_decision_chat,
    question_answer_chat,
    question_chat,
    unit_report_chat,
    update_chat,
)
from handlers.common import help_chat, language_chat, web_link_chat
from handlers.common.context import Button, Command, Question
from handlers.nudging import daily_message, ledger_chat, letter_chat, manual_nudge_chat
from handlers.organisation import (
    absence_chat,
    handover_chat,
    join_chat,
    leave_chat,
    privacy_chat,
    seat_notice,
)
from handlers.plans import draft_chat, plan_upload_chat, unread_chat, version_chat
from handlers.reporting import status_chat, summary_chat, upward_chat
from handlers.requests import request_chat

COMMANDS: tuple[Command, ...] = (
    join_chat.start,
    duties_chat.duties,
    update_chat.update,
    unit_report_chat.report,
    approval_chat.approval,
    status_chat.status,
    summary_chat.summary,
    web_link_chat.web,
    draft_chat.plan,
    confirmation_chat.waiting,
    manual_nudge_chat.nudge,
    request_chat.request,
    ledger_chat.ledger,
    absence_chat.absence,
    handover_chat.handover,
    language_chat.language,
    leave_chat.leave,
    privacy_chat.mydata,
    privacy_chat.withdraw,
    privacy_chat.erase,
    help_chat.help_,
)
BUTTONS: tuple[Button, ...] = (
    *join_chat.BUTTONS,
    *update_chat.BUTTONS,
    *evidence_chat.BUTTONS,
    *evidence_list.BUTTONS,
    *unit_report_chat.BUTTONS,
    *approval_chat.BUTTONS,
    *extension_chat.BUTTONS,
    *extension_decision_chat.BUTTONS,
    *question_chat.BUTTONS,
    *question_answer_chat.BUTTONS,
    *letter_chat.BUTTONS,
    *plan_upload_chat.BUTTONS,
    *version_chat.BUTTONS,
    *draft_chat.BUTTONS,
    *unread_chat.BUTTONS,
    *confirmation_chat.BUTTONS,
    *manual_nudge_chat.BUTTONS,
    *status_chat.BUTTONS,
    *summary_chat.BUTTONS,
    *upward_chat.BUTTONS,
    *request_chat.BUTTONS,
    *handover_chat.BUTTONS,
    *seat_notice.BUTTONS,
    *language_chat.BUTTONS,
    *leave_chat.BUTTONS,
    *privacy_chat.BUTTONS,
    *absence_chat.BUTTONS,
    *daily_message.BUTTONS,
    *acknowledge_chat.BUTTONS,
)
QUESTIONS: tuple[Question, ...] = (
    join_chat.consent_typed,
    *update_chat.QUESTIONS,
    *evidence_chat.QUESTIONS,
    *unit_report_chat.QUESTIONS,
    *approval_chat.QUESTIONS,
    *draft_chat.QUESTIONS,
    *request_chat.QUESTIONS,
    *confirmation_chat.QUESTIONS,
    *absence_chat.QUESTIONS,
    *question_chat.QUESTIONS,
    *question_answer_chat.QUESTIONS,
)
