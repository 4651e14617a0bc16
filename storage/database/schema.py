"""The tables. Dates are local to the office; instants are UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC: SQLite would lose the offset and give a naive one back."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; store the others in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive moment cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return an aware moment in UTC."""
        return value.replace(tzinfo=UTC) if value else None


def _table(name: str, *items: Any) -> Table:
    lasting = name != "audit"  # see storage.database.lasting_ids
    return Table(
        name, metadata, Column("id", Integer, primary_key=True), *items, sqlite_autoincrement=lasting
    )


def _to(table: str, name: str, *, null: bool = False, index: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=null, index=index)


def _same_as(name: str) -> Any:
    """Return a default for new rows: what another column has."""
    return lambda context: context.get_current_parameters()[name]


_WAITING = text("answered_at IS NULL")
_OPEN = text("next_nudge_on IS NOT NULL")
_ENDED = text("until IS NOT NULL")
_SHOWN, _PASSED = text("message IS NOT NULL"), text("passed_message IS NOT NULL")
_Theirs = String(64).with_variant(Text(), "postgresql")
"""What the servers of others name: a chat, a message, an update. PostgreSQL minds a length, a file none."""


def _words(name: str, *, null: bool = False, default: str | None = None) -> Column[str]:
    return Column(name, Text, nullable=null, server_default=default)


unit = _table(
    "unit",
    Column("name", Text, nullable=False, unique=True),
    _words("abbreviation", null=True),
    _words("tags", default=""),  # separated by spaces
    Column("standing", String(8), nullable=False, server_default="local"),
    Column("since", Date),
    Column("until", Date),
    _words("successor", null=True),
    Column("common", Boolean, nullable=False, server_default=true()),
    Column("shipped", Boolean, nullable=False, server_default=false()),  # as config/units.toml has it
    Column("approves", Boolean, nullable=False, server_default=false()),  # its leader confirms reports
    _words("phone", null=True),  # of its office, for the list to phone
    Index("ix_unit_until", "until", sqlite_where=_ENDED, postgresql_where=_ENDED),
)

unit_spelling = _table(
    "unit_spelling",
    _to("unit", "unit_id", index=True),
    _words("spelling"),
    UniqueConstraint("unit_id", "spelling"),
)

learnt_name = _table(  # an expression of documents, and a unit that it means here, as somebody has said
    "learnt_name",
    _words("name"),
    _to("unit", "unit_id"),
    UniqueConstraint("name", "unit_id"),
)

person = _table(
    "person",
    _words("name"),
    Column("language", String(2), nullable=False, server_default="vi"),
    Column("consented_at", Instant),
    _words("consent_version", null=True),
    Column("joined_at", Instant, nullable=False),
    Column("erased_at", Instant),  # the row stays for the record of work, without the name
    _words("phone", null=True),  # as they gave it, for the list to phone
)

account = _table(
    "account",
    _to("person", "person_id", index=True),
    Column("channel", String(16), nullable=False),
    Column("chat", _Theirs, nullable=False),
    Column("reachable", Boolean, nullable=False, server_default=true()),
    _words("unreachable_why", null=True),
    Column("menu", String(16)),  # a mark of the commands that the chat's menu shows; null: not known
    Column("first", Boolean, nullable=False, server_default=false()),  # what its person wants tried first
    Column("seen_at", Instant),  # when its person last wrote in it, or looked at it
    UniqueConstraint("channel", "chat"),
)

membership = _table(
    "membership",
    _to("person", "person_id", index=True),
    _to("unit", "unit_id", index=True),
    Column("role", String(12), nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("ends_at", Instant),  # taken over by the heir: ends then, unless somebody of the unit objects
    _to("person", "heir_id", null=True),
)

absence = _table(  # days on which a colleague hears a person's nudges; both ends are away
    "absence",
    _to("person", "person_id", index=True),
    _to("person", "substitute_id"),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date, nullable=False),
    Column("said_at", Instant, nullable=False),
)

room = _table(  # a unit's group chat
    "room",
    Column("channel", String(16), nullable=False),
    Column("chat", _Theirs, nullable=False),
    _to("unit", "unit_id"),
    _to("person", "bound_by"),
    Column("since", Instant, nullable=False),
    Column("menu", String(16)),
    UniqueConstraint("channel", "chat"),
)

invite = _table(
    "invite",
    Column("code_hash", String(64), nullable=False, unique=True),
    _to("unit", "unit_id"),
    Column("role", String(12), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    _to("person", "used_by", null=True),
    Column("takes_over", Boolean, nullable=False, server_default=false()),
    _to("person", "holder_id", null=True),  # whose seat it takes over; null: that of all who hold the same
    Column("only_vacant", Boolean, nullable=False, server_default=false()),  # while the unit has nobody
)

calendar_key = _table(  # the secret address of somebody's calendar of deadlines
    "calendar_key",
    Column("hash", String(64), nullable=False, unique=True),
    _to("person", "person_id", index=True),
    Column("made_at", Instant, nullable=False),
)

page_key = _table(  # a link to somebody's own page, or a session that it opened
    "page_key",
    Column("hash", String(64), nullable=False, unique=True),
    Column("kind", String(7), nullable=False),  # link, session
    Column("chat", _Theirs, nullable=False, index=True),
    _words("name", default=""),  # typed by somebody who comes with an invite code
    Column("expires_at", Instant, nullable=False),
)

page_message = _table(  # what somebody's own page shows of the talk
    "page_message",
    Column("chat", _Theirs, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("theirs", Boolean, nullable=False),  # said by the person, not to them
    _words("text"),  # escaped markup
    _words("choices", default="[]"),  # JSON: rows of [label, data]
    _words("files", default="[]"),  # JSON: [key, name]
)

page_file = _table(
    "page_file",
    Column("key", String(32), nullable=False, unique=True),
    Column("chat", _Theirs, nullable=False, index=True),
    Column("at", Instant, nullable=False),
    _words("name"),
    Column("data", LargeBinary, nullable=False),
)

wrong_code = _table(
    "wrong_code",
    Column("channel", String(16), nullable=False),
    Column("chat", _Theirs, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_wrong_code_chat", "channel", "chat", "at"),
)

plan = _table(
    "plan",
    _words("number", null=True),
    _words("issuer", null=True),
    _words("title"),
    Column("issued_on", Date),
    Column("period_from", Date),
    Column("period_to", Date),
    _to("unit", "coordinator_id", null=True),
    Column("state", String(8), nullable=False),  # draft, live, recalled
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("imported_at", Instant, nullable=False),
    Column("live_on", Date),
    Column("amends_id", Integer, ForeignKey("plan.id"), index=True),  # a later version, not applied yet
    Column("resembles_id", Integer),  # of which it may be a new version; null: of none, or that is settled
    Column("confirms", Boolean, nullable=False, server_default=false()),  # "done" waits for the coordinator
    Column("recalled_on", Date),
    _words("recall_reason", null=True),
)

group_member = _table(
    "group_member",
    _to("plan", "plan_id", index=True),
    _words("expression"),
    _to("unit", "unit_id", null=True),  # null: an open expression, nobody is asked on its account
)

duty = _table(
    "duty",
    _to("plan", "plan_id", index=True),
    Column("kind", String(8), nullable=False),  # duty, activity
    _words("section"),
    _words("heading", default=""),  # what it stands under: a document may number two headings alike
    Column("place", Integer, nullable=False),
    _words("text"),
    _words("time", null=True),
    _words("due", default=""),  # ISO dates, separated by spaces
    Column("inclusive", Boolean, nullable=False, server_default=true()),  # else that day is too late
    Column("withdrawn_on", Date),  # a later version of the plan has it no longer
    Column("passage", Integer),  # the place of the passage that words it; null: of none that is kept
    Column(
        "asks_past", Boolean, nullable=False, server_default=false()
    ),  # its last date, though it has passed
)

passage = _table(  # a paragraph or a table row of a plan's document, and what became of it
    "passage",
    Column("plan_id", Integer, ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False),  # in the document, from 0
    _words("section"),
    _words("text"),
    Column("fate", String(10), nullable=False),
    Column("why", String(12)),  # of unread ones
    UniqueConstraint("plan_id", "place"),
)

scan_page = _table(  # a page of the scan that a plan was recognised from
    "scan_page",
    Column("plan_id", Integer, ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),  # from 1
    Column("passage", Integer, nullable=False),  # the place of the first that stands on it
    Column("unsure", Text, nullable=False),  # JSON: the words that were hard to read
    Column("picture", LargeBinary, nullable=False),  # JPEG; empty where the page had text of its own
    UniqueConstraint("plan_id", "number"),
)

duty_unit = _table(
    "duty_unit",
    _to("duty", "duty_id", index=True),
    _to("unit", "unit_id", index=True),
    Column("part", String(8), nullable=False),  # lead, support; partner: named in another's duty, not asked
    UniqueConstraint("duty_id", "unit_id"),
)

duty_name = _table(  # a name in a duty that is no single unit: its groups, its central bodies
    "duty_name",
    Column("duty_id", Integer, ForeignKey("duty.id", ondelete="CASCADE"), nullable=False, index=True),
    _words("name"),
    Column("part", String(8), nullable=False),
)

settled = _table(  # a doubt about a draft that its coordinator has looked at and left as it is
    "settled",
    Column("plan_id", Integer, ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("doubt", String(32), nullable=False),
    UniqueConstraint("plan_id", "doubt"),
)

reporting_rule = _table(
    "reporting_rule",
    _to("plan", "plan_id", index=True),
    _words("section"),
    _words("who"),
    _words("to", null=True),
    _words("via", null=True),
    Column("recurrence", String(12), nullable=False),
    _words("quote"),
    _words("due", default=""),  # ISO dates, separated by spaces
    _words("rrule", null=True),  # of RFC 5545, where one gives the dates
    Column("data_window", String(8), nullable=False, server_default="decree"),  # or calendar
    Column("inclusive", Boolean, nullable=False, server_default=true()),
    Column("withdrawn_on", Date),
    Column("rhythm", String(12)),  # chosen by the coordinator; null: the document's own
    Column("passage", Integer),
    Column("asks_past", Boolean, nullable=False, server_default=false()),
)

rule_unit = _table(  # a unit that reports by a rule
    "rule_unit",
    Column("rule_id", Integer, ForeignKey("reporting_rule.id", ondelete="CASCADE"), nullable=False),
    _to("unit", "unit_id", index=True),
    UniqueConstraint("rule_id", "unit_id"),
)

correction = _table(  # made to a draft; made again where the document comes again, changed
    "correction",
    Column("plan_id", Integer, ForeignKey("plan.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),  # duty, activity, report, group, unit, order, passage
    _words("heading"),
    _words("text"),
    Column("nth", Integer, nullable=False),  # from 0 among those of the same words under the same heading
    _words("units"),  # that it had, a line each
    _words("due"),  # ISO dates that it had, separated by spaces
    Column("verb", String(10), nullable=False),
    _words("words"),  # as typed
)

draft_step = _table(  # a draft as it stood before a correction, to be taken back
    "draft_step",
    Column("plan_id", Integer, ForeignKey("plan.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("rows", LargeBinary, nullable=False),  # of its tables, as compressed JSON
)

request = _table(  # an ad hoc ask by a coordinator
    "request",
    _words("text"),
    _to("unit", "coordinator_id"),
    _to("person", "asked_by"),
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

assignment = _table(
    "assignment",
    _to("plan", "plan_id", null=True, index=True),  # null: a request's
    _to("request", "request_id", null=True, index=True),
    _to("reporting_rule", "rule_id", null=True),
    _to("duty", "duty_id", null=True),
    _to("unit", "unit_id", index=True),
    Column("period", String(16), nullable=False),
    Column("planned_on", Date, nullable=False),  # the date in the plan; due_on may have been put off since
    Column("due_on", Date, nullable=False),
    Column("last_on", Date, default=_same_as("due_on")),  # the last day that is in time
    Column("state", String(12), nullable=False, server_default="not_started"),
    Column("blocked", Boolean, nullable=False, server_default=false()),
    Column("past", Boolean, nullable=False, server_default=false()),
    Column("acknowledged_on", Date),  # somebody said "seen"; quiets the early rungs
    Column("returned", Integer, nullable=False, server_default=text("0")),  # how often it was sent back
    Column("finished_on", Date),
    Column("next_nudge_on", Date, index=True),
    Column("asked_on", Date),
    Index("ix_assignment_last_on", "last_on"),
    Index("ix_assignment_late", "unit_id", "last_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
)

item_number = _table(  # under which somebody is shown an assignment; a person's, or those of a unit's group
    "item_number",
    _to("person", "person_id", null=True),
    _to("unit", "unit_id", null=True),
    _to("assignment", "assignment_id", index=True),
    Column("number", Integer, nullable=False),
    Column("ended_on", Date),  # when the assignment was over; the number rests for some days then
    UniqueConstraint("person_id", "number"),
    UniqueConstraint("person_id", "assignment_id"),
    UniqueConstraint("unit_id", "number"),
    UniqueConstraint("unit_id", "assignment_id"),
)

progress = _table(
    "progress",
    _to("assignment", "assignment_id", index=True),
    _to("duty", "duty_id", null=True),  # the line of a report; null: the assignment as a whole
    _to("person", "person_id", null=True),
    Column("kind", String(9), nullable=False, server_default="said"),  # confirmed, returned, approved
    _to("progress", "amends_id", null=True),  # an earlier one that this one corrects; both are kept
    Column("said_at", Instant, nullable=False),
    _words("text"),
    Column("state", String(12)),
    Column("percent", Integer),
    Column("done_part", Integer),
    Column("done_whole", Integer),
    Column("blocked", Boolean, nullable=False, server_default=false()),
    _words("difficulty", null=True),
    _words("proposal", null=True),
    _words("documents", default=""),  # numbers, a line each
    Column("before_state", String(12), nullable=False),
    Column("before_blocked", Boolean, nullable=False),
    Column("undone", Boolean, nullable=False, server_default=false()),
)

evidence = _table(  # a file that shows what was done; its bytes lie outside, under their hash
    "evidence",
    _to("assignment", "assignment_id", index=True),
    _to("duty", "duty_id", null=True),
    _to("progress", "progress_id", null=True),
    _to("person", "person_id", null=True),
    Column("sha256", String(64), nullable=False, index=True),
    _words("name"),
    Column("media_type", String(80), nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("received_at", Instant, nullable=False),
    Column("album", _Theirs),  # the channel's key of a set of pictures sent together
    Column("acts", Boolean, nullable=False, server_default=false()),  # runs or loads something when opened
)

extension = _table(
    "extension",
    _to("assignment", "assignment_id", index=True),
    _to("duty", "duty_id", null=True),  # the line of a report that it is for; null: the whole assignment
    _to("person", "asked_by"),
    Column("asked_at", Instant, nullable=False),
    Column("original_due", Date, nullable=False),
    Column("wanted_on", Date, nullable=False),
    _words("reason", null=True),
    Column("granted", Boolean),
    _to("person", "decided_by", null=True),
    Column("decided_at", Instant),
)

question = _table(  # put to the coordinating unit, or that something is no work of the unit's
    "question",
    _to("assignment", "assignment_id", null=True, index=True),
    _to("duty", "duty_id", null=True),  # the line of a report
    _to("unit", "unit_id"),
    _to("unit", "coordinator_id", index=True),
    Column("kind", String(8), nullable=False),  # question, disclaim
    _to("person", "asked_by"),
    Column("asked_at", Instant, nullable=False),
    _words("text"),
    _to("person", "answered_by", null=True),
    Column("answered_at", Instant),
    _words("answer", null=True),
    _to("unit", "moved_to_id", null=True),  # whose work it is now
)

outgoing = _table(
    "outgoing",
    _to("person", "person_id"),
    Column("day", Date, nullable=False),
    Column("kind", String(8), nullable=False),  # notice: has its words or an event; others are worded later
    Column("topic", String(64), nullable=False, server_default=""),  # what it is said once about, a day
    _to("request", "request_id", null=True),
    Column("hours_before", Integer),  # of a request's reminder
    _to("extension", "extension_id", null=True),  # asked for: its decision may answer the message
    _to("person", "lost_person_id", null=True),  # who cannot be written to
    _to("question", "question_id", null=True),  # told of: its answer may answer the message
    _words("words", null=True),
    _words("event", null=True),  # JSON of ids and days: what happened, worded when it is sent
    Column("state", String(8), nullable=False, server_default="pending"),
    Column("not_before", Instant),
    Column("lease_until", Instant),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("repeated", Boolean, nullable=False, server_default=false()),
    Column("doubts", Integer, nullable=False, server_default=text("0")),  # sendings with a lost answer
    Column("sent_at", Instant),
    Column("channel", String(16)),
    Column("chat", _Theirs),
    Column("message", _Theirs),
    _words("numbered", null=True),  # JSON: the assignments that it shows, in order
    _words("numbers", null=True),  # JSON: their numbers; null: 1, 2, 3 ... of before there were others
    _words("why", null=True),
    _words("avoids", null=True),  # channels by which it failed or was not seen, separated by spaces
    Column("passed_at", Instant),  # when it went out once more, by another channel
    Column("passed_channel", String(16)),
    Column("passed_chat", _Theirs),
    Column("passed_message", _Theirs),
    Column("cause", String(16)),  # the request that left it, as logs name it: in-ROW, web-...
    UniqueConstraint("person_id", "day", "kind", "topic"),
    Index("ix_outgoing_state", "state", "not_before"),
    Index("ix_outgoing_day", "day"),
    Index("ix_outgoing_message", "chat", "message", sqlite_where=_SHOWN, postgresql_where=_SHOWN),
    Index(
        "ix_outgoing_passed",
        "passed_chat",
        "passed_message",
        sqlite_where=_PASSED,
        postgresql_where=_PASSED,
    ),
)

incoming = _table(
    "incoming",
    Column("channel", String(16), nullable=False),
    Column("update_id", _Theirs, nullable=False),
    Column("chat", _Theirs, nullable=False),
    _words("payload", null=True),
    Column("received_at", Instant, nullable=False),
    Column("handled_at", Instant),
    _words("answer", null=True),
    Column("answered_at", Instant, index=True),
    Column("answers_sent", Integer, nullable=False, server_default=text("0")),  # of the answers, in order
    Column("doubts", Integer, nullable=False, server_default=text("0")),  # sendings of the next, unanswered
    Column("lease_until", Instant),  # until when one of several programs handles it
    UniqueConstraint("channel", "update_id"),
    Index("ix_incoming_waiting", "channel", "chat", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
)

dialog = _table(
    "dialog",
    Column("channel", String(16), nullable=False),
    Column("chat", _Theirs, nullable=False),
    Column("topic", String(16)),
    _words("about", null=True),
    _words("numbered", null=True),  # JSON: the assignments that it was shown last
    _words("choices", null=True),
    Column("expires_at", Instant),
    UniqueConstraint("channel", "chat"),
)

fact = _table(
    "fact",
    Column("name", String(32), nullable=False, unique=True),
    _words("value"),
)

audit = _table(
    "audit",
    Column("at", Instant, nullable=False),
    _to("person", "person_id", null=True),  # people stand here by number: an erased one leaves it whole
    Column("what", String(32), nullable=False),
    _words("about"),
    _words("was", null=True),
    _words("became", null=True),
    Column("hash", String(64), nullable=False, server_default=""),  # of this row and of the one before
)

message_count = _table(  # messages that went out through a channel with a quota, by its months
    "message_count",
    Column("channel", String(16), nullable=False),
    Column("month", Date, nullable=False),  # its first day
    Column("sent", Integer, nullable=False),
    UniqueConstraint("channel", "month"),
)

handout = _table(  # a link in the place of a file or a button, for channels that carry none
    "handout",
    Column("hash", String(64), nullable=False, unique=True),
    Column("kind", String(4), nullable=False),  # out, form, in, act
    Column("press", String(64)),  # a button's data; its name is what stands on it
    Column("channel", String(16), nullable=False),
    Column("chat", _Theirs, nullable=False),
    _words("name"),
    Column("sha256", String(64), nullable=False),  # "" for a form
    Column("expires_at", Instant, nullable=False),
)

api_token = _table(  # by which a system of the province reads the API
    "api_token",
    Column("hash", String(64), nullable=False, unique=True),
    _words("name"),
    _words("scopes"),  # separated by spaces
    _words("unit_ids", null=True),  # separated by spaces; null: all units
    _words("plan_ids", null=True),  # likewise
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Column("used_at", Instant),  # to the hour
    _to("person", "person_id", null=True),  # in whose name it reports; null: it only reads
)

api_call = _table(  # a call by which a system reported: one that comes twice is done once
    "api_call",
    _to("api_token", "token_id"),
    _words("key"),
    Column("hash", String(64), nullable=False),  # of what it asked
    Column("progress", Integer, nullable=False),  # the id of what it recorded
    Column("taken_at", Instant, nullable=False),
    UniqueConstraint("token_id", "key"),
)

webhook = _table(  # an address of a system that is told of changes; its secret is in no table
    "webhook",
    _words("url"),
    _words("unit_ids", null=True),  # as in api_token
    _words("plan_ids", null=True),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("position", Integer, nullable=False),  # the line of the audit up to which it has been told
    Column("attempts", Integer, nullable=False, server_default=text("0")),  # of the next event, in vain
    Column("failing_since", Instant),
    Column("not_before", Instant),
    Column("lease_until", Instant),
)

web_key = _table(  # a one-time link, or the session that it opened
    "web_key",
    Column("hash", String(64), nullable=False, unique=True),
    Column("kind", String(7), nullable=False),  # link, session
    _to("person", "person_id"),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)
