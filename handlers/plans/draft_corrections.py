"""What a correction does to a draft. The chat, the sandbox's panel and the pages come through here alike."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from config.texts import Texts
from domain.common.recurrence import Recurrence
from domain.deadlines import read_deadline
from domain.organisation.name_lookup import read_names
from domain.organisation.register import Register, Unit
from domain.plans.carried_corrections import Made, subject_of
from domain.plans.correction_replies import Correction, Verb
from domain.plans.draft import Doubt, Draft, Row
from handlers.common.wording import short
from handlers.plans.draft_wording import dates, names
from storage.organisation import unit_store
from storage.plans import correction_store, draft_store
from storage.plans.draft_store import Target

_NAMES = ("line", "rule", "group", "unit")
_DATES = ("line", "rule")
_QUIET = ("line", "rule", "unit")
"""What kinds of keys have units, have dates, and may be kept without anybody being asked."""


def offered(key: str, doubt: Doubt | None) -> frozenset[Verb]:
    """Return what can be said of an item of a draft; `doubt` is what is doubtful in it, if anything is."""
    kind = key.split()[0]
    verbs: dict[Verb, bool] = {
        "who": kind in _NAMES,
        "drop": kind in _NAMES,
        "when": kind in _DATES,
        "quiet": kind in _QUIET,
        "right": doubt is not None and doubt.kind != "which",
    }
    return frozenset(verb for verb, may in verbs.items() if may)


class NotTakenError(Exception):
    """A correction that changes nothing: `told` is the sentence that says why; `lost` where it may be no
    correction at all."""

    def __init__(self, told: Markup, *, lost: bool = False) -> None:
        super().__init__(str(told))
        self.told, self.lost = told, lost


@dataclass(frozen=True, slots=True)
class Corrector:
    """One draft and what is needed to correct it. `register` is the one that names are looked up in."""

    conn: AsyncConnection
    texts: Texts
    draft: Draft
    register: Register

    async def correct(self, key: str, said: Correction) -> Markup:
        """Change the draft; return one line that says what is so now. Raises NotTakenError."""
        told = await self._carry_out(key, said)
        subject = subject_of(self.draft, key)
        if subject is not None:
            made = Made(subject, said.verb, said.words)
            await correction_store.keep(self.conn, self.draft.plan_id, made)
        return told

    async def _carry_out(self, key: str, said: Correction) -> Markup:
        kind, _, id_ = key.partition(" ")
        if said.verb in ("right", "quiet") or kind == "order":
            return await self._leave(key, kind, id_, said)
        return await _DEEDS[said.verb](self, key, Target(kind, int(id_)), said)

    async def _leave(self, key: str, kind: str, id_: str, said: Correction) -> Markup:
        """Settle a doubt; where nobody shall be asked, see to that."""
        if kind == "order" and said.verb in ("who", "when", "either"):
            raise NotTakenError(self.texts("draft.order_how", number=said.number))
        if said.verb == "right" and kind == "unit":
            name = self._what(key)
            fits = [unit for unit in self.register.candidates(name) if unit.name != name]
            if len(fits) > 1:
                raise self._fits(said, fits)
        if said.verb == "quiet" and kind in ("line", "rule"):
            await draft_store.set_dates(self.conn, Target(kind, int(id_)), ())
        elif said.verb == "quiet" and kind == "unit":
            await draft_store.only_name(self.conn, self.draft.plan_id, int(id_))
        await draft_store.settle(self.conn, self.draft.plan_id, key)
        sentence = "draft.now_quiet" if said.verb == "quiet" else "draft.now_right"
        return self.texts(sentence, number=said.number, what=self._what(key))

    async def _drop(self, key: str, target: Target, said: Correction) -> Markup:
        told = self.texts("draft.now_out", number=said.number, what=self._what(key))
        if target.kind == "unit":
            await draft_store.only_name(self.conn, self.draft.plan_id, target.id)
            await draft_store.settle(self.conn, self.draft.plan_id, key)
        else:
            await draft_store.leave_out(self.conn, self.draft.plan_id, target)
        return told

    async def _either(self, key: str, target: Target, said: Correction) -> Markup:
        """A date where one can be read, names where these are known."""
        if read_deadline(said.words, *self.draft.period).dates and not self._reads_names(said.words):
            return await self._when(key, target, said)
        if self._reads_names(said.words):
            return await self._who(key, target, said)
        raise NotTakenError(
            self.texts("draft.unclear", words=short(said.words, 60), number=said.number), lost=True
        )

    def _reads_names(self, words: str) -> bool:
        meant = read_names(words, self.register, self._working(), self.draft.period[0])
        return meant.whole or bool(meant.choices)

    async def _who(self, key: str, target: Target, said: Correction) -> Markup:
        who = self._units(said)
        ids = await unit_store.ids(self.conn)
        chosen = [ids[unit.name] for unit in who]
        plan_id = self.draft.plan_id
        if target.kind == "group":
            await draft_store.mean(self.conn, plan_id, self._what(key), chosen)
        elif target.kind == "unit":
            await draft_store.replace_unit(self.conn, plan_id, target.id, chosen)
        else:
            await draft_store.set_units(self.conn, plan_id, target, chosen)
        told = names(self.texts, [unit.name for unit in who])
        return self.texts("draft.now_who", number=said.number, what=self._what(key), units=told)

    def _fits(self, said: Correction, fits: Sequence[Unit]) -> NotTakenError:
        either = self.texts("draft.or").join(unit.name for unit in fits)
        return NotTakenError(self.texts("draft.fits_two", number=said.number, choices=either))

    def _units(self, said: Correction) -> list[Unit]:
        meant = read_names(said.words, self.register, self._working(), self.draft.period[0])
        if meant.choices:
            raise self._fits(said, meant.choices)
        if not meant.whole:
            words = short(meant.unclear or said.words, 60)
            raise NotTakenError(self.texts("draft.no_unit", number=said.number, words=words))
        central = next((unit for unit in meant.units if unit.standing == "central"), None)
        if central is not None:
            raise NotTakenError(self.texts("draft.central", number=said.number, unit=central.name))
        return list(meant.units)

    def _working(self) -> list[Unit]:
        known = {unit.name: unit for unit in self.register.units}
        return [known[name] for name in self.draft.working if name in known]

    async def _when(self, key: str, target: Target, said: Correction) -> Markup:
        row = self.draft.row(key)
        if row is None:
            raise NotTakenError(self.texts("draft.no_date_here", number=said.number))
        read = read_deadline(said.words, *self.draft.period)
        if not read.dates:
            raise NotTakenError(self.texts("draft.no_date", number=said.number, words=short(said.words, 60)))
        recurrence = _recurrence(row, read.recurrence) if row.kind == "report" else None
        await draft_store.set_dates(
            self.conn, target, read.dates, recurrence, inclusive=read.inclusive, rrule=read.rule
        )
        if row.kind == "report" and not row.units:
            await self._everyone_reports(row, target)
        told = dates(self.texts, read.dates)
        return self.texts("draft.now_due", number=said.number, what=self._what(key), dates=told)

    async def _everyone_reports(self, row: Row, target: Target) -> None:
        """A report by a date that names nobody is one of all who have work, but those it goes through."""
        ids = await unit_store.ids(self.conn)
        through = self.register.find(row.via) if row.via else None
        not_asked = {self.draft.coordinator, through.name if through else None}
        chosen = [ids[name] for name in self.draft.working if name not in not_asked]
        await draft_store.set_units(self.conn, self.draft.plan_id, target, chosen)

    def _what(self, key: str) -> str:
        """What a key stands for, in short: an expression or a name whole."""
        if row := self.draft.row(key):
            return short(row.who or row.text, 70)
        named = {group.key: group.expression for group in self.draft.open_groups}
        named |= {one: unit.name for one, unit in self.draft.strangers}
        return named.get(key, self.texts("draft.both_reports").unescape())


def _recurrence(row: Row, read: Recurrence) -> Recurrence:
    """One date alone tells nothing of how often; what the plan says stays then."""
    if read not in ("once", "unspecified"):
        return read
    return "once" if row.recurrence == "unspecified" else row.recurrence


_DEEDS: dict[Verb, Callable[[Corrector, str, Target, Correction], Awaitable[Markup]]] = {
    "drop": Corrector._drop,
    "who": Corrector._who,
    "when": Corrector._when,
    "either": Corrector._either,
}
