"""The sandbox's panel of a draft: the same rows, doubts and corrections as in the chat, to edit in place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.sandbox import RefusedError, WebChannel
from config.texts import Texts
from domain.organisation.register import Register
from domain.plans.correction_replies import Verb
from domain.plans.draft import Doubt, Draft, Row
from domain.plans.draft_change import CorrectionNotUnderstood, offered_verbs, read_change
from domain.plans.draft_doubts import find_doubts
from handlers.common.button_data import choice_of
from handlers.common.conversation import Choice, plain
from handlers.common.wording import label, short
from handlers.plans.correction_wording import word_corrected, word_not_understood
from handlers.plans.draft_wording import dates, word_doubt
from services.common.rules import Rules
from services.plans.correct_draft import Corrected, correct_draft
from services.plans.open_draft import open_draft
from storage.database.engine import Database
from storage.organisation import people_store
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow


class NotTakenError(Exception):
    """A correction that changes nothing; `told` is the sentence that says why."""

    def __init__(self, told: Markup) -> None:
        super().__init__(str(told))
        self.told = told


class DraftPanel:
    """What the page shows of the drafts that a phone's owner may confirm, and what is saved there."""

    def __init__(self, database: Database, rules: Rules, texts: Texts, now: Callable[[], datetime]) -> None:
        self._database, self._rules, self._texts, self._now = database, rules, texts, now

    async def waiting(self, phones: Sequence[str]) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Return id and name of each coordinator's drafts by the phone, the newest first."""
        async with self._database.reading() as conn:
            found = {phone: await self._mine(conn, phone) for phone in phones}
        return {phone: [_named(row) for row in rows] for phone, rows in found.items() if rows}

    async def show(self, phone: str, plan_id: int) -> dict[str, object]:
        """Return a draft of a phone's owner as JSON-safe values. Raises RefusedError."""
        async with self._database.reading() as conn:
            row = await self._own(conn, phone, plan_id)
            draft, register = await open_draft(conn, plan_id, self._rules, self._today())
        items = [self._item(n, key, one, doubt) for n, key, one, doubt in _ordered(draft, register)]
        return {**_named(row), "title": row.title, "items": items}

    async def confirm(self, phone: str, plan_id: int) -> Choice:
        """Return the button by which a draft of a phone's owner goes live. Raises RefusedError."""
        async with self._database.reading() as conn:
            row = await self._own(conn, phone, plan_id)
        return choice_of(f"{label(self._texts, 'confirm')} {row.name}", "confirm", plan_id)

    async def save(self, phone: str, plan_id: int, key: str, changes: Mapping[Verb, str]) -> str:
        """Correct one item; return the line that says what is so now.

        Raises RefusedError where the draft is not there or not theirs, NotTakenError for a wrong correction,
        of which nothing is kept.
        """
        async with self._database.writing() as conn:
            person = await people_store.find(conn, WebChannel.name, phone, self._today())
            await self._own(conn, phone, plan_id)
            answers = []
            for verb, words in changes.items():
                draft, register = await open_draft(conn, plan_id, self._rules, self._today())
                numbers = {at: n for n, at, _, _ in _ordered(draft, register)}
                if key not in numbers:
                    raise RefusedError("error_draft", 409)
                change = read_change(draft, register, key, verb, words)
                if isinstance(change, CorrectionNotUnderstood):
                    raise NotTakenError(word_not_understood(self._texts, change, numbers[key]))
                result = await correct_draft(
                    conn, draft, register, change, by=person, now=self._now(), rules=self._rules
                )
                if not isinstance(result, Corrected):
                    raise RefusedError("error_draft", 409)
                answers.append(word_corrected(self._texts, result, numbers[key]))
        return plain(Markup(" · ").join(answers))

    def _today(self) -> date:
        return self._now().astimezone(self._rules.zone).date()

    async def _mine(self, conn: AsyncConnection, phone: str) -> list[PlanRow]:
        person = await people_store.find(conn, WebChannel.name, phone, self._today())
        own = person.units("coordinator") if person else ()
        rows = await plan_store.listing(conn, own) if own else ()
        return [row for row in rows if row.state == "draft"]

    async def _own(self, conn: AsyncConnection, phone: str, plan_id: int) -> PlanRow:
        """Return a draft of the phone's owner. Raises RefusedError where it is none, or another's."""
        for row in await self._mine(conn, phone):
            if row.id == plan_id:
                return row
        raise RefusedError("error_draft", 409)

    def _item(self, number: int, key: str, row: Row | None, doubt: Doubt | None) -> dict[str, object]:
        verbs = offered_verbs(key, doubt)
        own = row if "when" in verbs else None
        return {
            "key": key,
            "number": number,
            "section": row.section if row else "",
            "text": short(row.who or row.text, 160) if row else "",
            "doubt": plain(word_doubt(self._texts, doubt, number)) if doubt else "",
            "right": "right" in verbs,
            "drop": "drop" in verbs,
            "units": ", ".join(own.units) if own else "" if "who" in verbs else None,
            "dates": plain(dates(self._texts, own.due)) if own else None,
        }


def _named(row: PlanRow) -> dict[str, object]:
    return {"plan": row.id, "name": row.name}


def _ordered(draft: Draft, register: Register) -> Iterator[tuple[int, str, Row | None, Doubt | None]]:
    """Yield number, key, row and doubt of all that can be edited: what is doubtful first."""
    doubts = {doubt.key: doubt for doubt in find_doubts(draft, register)}
    keys = [*doubts, *(row.key for row in draft.rows if row.key not in doubts)]
    for number, key in enumerate(keys, 1):
        doubt = doubts.get(key)
        yield number, key, doubt.row if doubt else draft.row(key), doubt
