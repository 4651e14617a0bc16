"""How dates, assignments and progress are worded; the sentences themselves stand in the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from markupsafe import Markup

from config.texts import Texts
from domain.assignments.assignment import Assignment
from domain.assignments.lifecycle import State
from domain.common.text import squeeze
from domain.common.workdays import Workdays
from domain.plans.periods import Period
from handlers.common.capabilities import messenger
from handlers.common.context import Context
from storage.assignments.progress_store import Progress

_ROMAN = ("", "I", "II", "III", "IV")
_WIDTH = 110


def lines(*texts: Markup | str | None) -> Markup:
    """Put lines under each other; None is left out, "" is an empty line."""
    return Markup("\n").join(Markup.escape(text) for text in texts if text is not None)


def short(text: str, width: int = _WIDTH) -> str:
    """Return a text on one line, cut at a word with an ellipsis where it is longer than `width`."""
    text = squeeze(text)
    if len(text) <= width:
        return text.rstrip(".;:")
    return text[: width - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def label(texts: Texts, name: str, **values: object) -> str:
    """Return the words of the button `name`, unescaped."""
    return texts(f"button.{name}", **values).unescape()


def channel_name(texts: Texts, channel: str) -> str:
    """Return the name by which people know a channel."""
    key = f"messenger.{channel.partition(':')[0]}"
    return texts(key).unescape() if texts.has(key) else messenger(channel)


def channel_names(texts: Texts, channels: Iterable[str]) -> str:
    """Return the names of channels in their order, each once."""
    return ", ".join(dict.fromkeys(channel_name(texts, channel) for channel in channels))


def full_date(texts: Texts, day: date) -> Markup:
    """15/6/2026."""
    return texts("date.full", day=day.day, month=day.month, year=day.year)


def short_date(texts: Texts, day: date) -> Markup:
    """15/6."""
    return texts("date.short", day=day.day, month=day.month)


@dataclass(frozen=True, slots=True)
class Wording:
    """The language, and the day from which dates are told."""

    texts: Texts
    today: date
    days: Workdays
    zone: tzinfo

    def what(self, assignment: Assignment) -> Markup:
        """What is owed: "Báo cáo 6 tháng đầu năm 2026", or the duty's opening words."""
        return (
            Markup.escape(short(assignment.text))
            if assignment.text is not None
            else self.report(assignment.period)
        )

    def report(self, period: Period) -> Markup:
        """The report of a period: "Báo cáo 6 tháng đầu năm 2026"."""
        name = self.period(period)
        return self.texts("item.report", period=name) if name else self.texts("item.report_plain")

    def period(self, period: Period) -> Markup:
        """A period: "6 tháng đầu năm 2026"; nothing for what reports none."""
        roman = _ROMAN[period.index] if period.kind == "quarter" else ""
        return self.texts(f"period.{period.kind}", year=period.year, index=period.index, roman=roman)

    def due(self, assignment: Assignment) -> Markup:
        """Its due date in short where it is of this year, in full else; with its hour where it has one."""
        if assignment.due_at is None or assignment.due_on != assignment.planned_on:
            return self.day(assignment.due_on)
        hour = assignment.due_at.astimezone(self.zone)
        return self.texts("request.due_at", hour=f"{hour:%H:%M}", day=self.day(assignment.due_on))

    def due_safely(self, assignment: Assignment) -> Markup:
        """Its due date; where another day is the last in time, with the last working day that is."""
        safe = self.days.on_or_before(assignment.last_on)
        if assignment.last_on == assignment.due_on or assignment.past or safe < self.today:
            return self.texts("item.due", due=self.due(assignment))
        key = "item.due_before" if assignment.last_on < assignment.due_on else "item.due_moved"
        return self.texts(key, due=self.due(assignment), safe=self.day(safe))

    def window(self, assignment: Assignment) -> Markup | None:
        """Between which days the figures of a report lie; None for what reports no period."""
        if assignment.window is None:
            return None
        first, last = (full_date(self.texts, day) for day in assignment.window)
        return self.texts("item.window", first=first, last=last)

    def day(self, day: date) -> Markup:
        """A date, with its year where that is not this one."""
        return (short_date if day.year == self.today.year else full_date)(self.texts, day)

    def stretch(self, first: date, last: date) -> Markup:
        """The days from the first to the last: "20/6–25/6", or the one day."""
        if first == last:
            return self.day(first)
        return self.texts("absence.days", first=self.day(first), last=self.day(last))

    def when(self, assignment: Assignment) -> Markup:
        """How far the due date is, and which later one is wished for; that alone, where the coordinator has
        the next word."""
        if assignment.wanted_on is None or not assignment.is_open:
            return self._when(assignment)
        wished = self.texts("item.wished", wanted=self.day(assignment.wanted_on))
        return (
            wished if assignment.is_held(self.today) else Markup("; ").join((self._when(assignment), wished))
        )

    def _when(self, assignment: Assignment) -> Markup:
        """How far the due date is, in working days; Party bodies are never told that they are late."""
        if assignment.past:
            return self.texts("item.past")
        if assignment.last_on == self.today:
            return self.texts("item.ends_today" if assignment.due_on == self.today else "item.last_day")
        if assignment.last_on > self.today:
            return self.left(assignment.last_on)
        if assignment.standing == "party":
            return self.texts("item.reached", due=self.day(assignment.due_on))
        late = self.days.between(assignment.last_on, self.today)
        if late == 0:
            return self.texts("item.late_off", due=self.day(assignment.due_on))
        return self.texts("item.late", days=late)

    def full(self, day: date) -> Markup:
        """A date with its year: 15/6/2026."""
        return full_date(self.texts, day)

    def left(self, due: date) -> Markup:
        """How many working days are left until a date that has not passed."""
        if due == self.today:
            return self.texts("item.today")
        left = self.days.between(self.today, due)
        key = {0: "item.left_none", 1: "item.left_one"}.get(left, "item.left")
        return self.texts(key, days=left)

    def state(self, state: State, *, blocked: bool, is_word: bool = False) -> Markup:
        """A state in the words of the tracking systems; `is_word`: as reported by somebody."""
        state_words = self.told(state) if is_word else self.texts(f"state.{state}")
        return Markup("{}, {}").format(state_words, self.texts("state.blocked")) if blocked else state_words

    def told(self, state: str | None) -> Markup:
        """A state as it was said: "chưa" tells that it is not begun, which nothing said does not."""
        return self.texts("state.not_begun" if state == "not_started" else f"state.{state or 'in_progress'}")

    def standing(self, assignment: Assignment, progress: Progress | None) -> Markup:
        """The state of an assignment, with the last percentage and its day."""
        if progress is None and assignment.state == "not_started" and assignment.acknowledged_on is not None:
            seen = self.texts("state.acknowledged")
            return self.texts("state.said_on", words=seen, day=self.day(assignment.acknowledged_on))
        return self._said(
            self.state(assignment.state, blocked=assignment.blocked, is_word=progress is not None), progress
        )

    def line_standing(self, progress: Progress | None) -> Markup:
        """The state of one line of a report, told from the last words on it."""
        if progress is None:
            return self.texts("state.not_started")
        state_words = self.told(progress.state)
        if progress.blocked:
            state_words = Markup("{}, {}").format(state_words, self.texts("state.blocked"))
        return self._said(state_words, progress)

    def _said(self, state_words: Markup, progress: Progress | None) -> Markup:
        if progress is None:
            return state_words
        if progress.percent is not None and progress.state == "in_progress":
            state_words = self.texts("state.percent", percent=progress.percent)
        return self.texts(
            "state.said_on", words=state_words, day=self.day(progress.said_at.astimezone(self.zone).date())
        )


def wording_of(context: Context) -> Wording:
    """How things are worded to the one who is being answered."""
    return Wording(context.texts, context.today, context.rules.days, context.rules.zone)
