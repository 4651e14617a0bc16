"""How a draft is worded: what is doubtful in it, and its rows as an outline."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from config.texts import Texts
from domain.plans.draft import Doubt, Row
from handlers.common.button_data import Verb, choice_of
from handlers.common.conversation import Choice
from handlers.common.wording import full_date, label, short
from handlers.plans.date_wording import date_buttons, word_why

DOUBTS_SHOWN, ROWS_SHOWN = 8, 12
TOPIC = "draft"
"""The open question while the numbers of a draft stand on the screen."""
_NAMES = 4
_DATES = ("passed", "outside", "unsure", "open")
_TAPPED = ("empty", *_DATES)
"""Kinds of doubts that can be settled by a button, beside those with units to choose from."""
_LABEL = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """What the numbers on the screen stand for: the keys of a draft's rows and doubts, number 1 first."""

    plan_id: int
    keys: tuple[str, ...]

    def write(self) -> str:
        """Return what `read` understands."""
        return json.dumps([self.plan_id, *self.keys])

    @classmethod
    def read(cls, about: str) -> "Shown":
        """Read what `write` wrote."""
        plan_id, *keys = json.loads(about)
        return cls(int(plan_id), tuple(keys))

    def with_keys(self, keys: Iterable[str]) -> "Shown":
        """Give numbers to those that have none yet; the others keep theirs."""
        return Shown(self.plan_id, tuple(dict.fromkeys((*self.keys, *keys))))

    def number(self, key: str) -> int:
        """Return the number under which a key was shown."""
        return self.keys.index(key) + 1


def word_doubts(texts: Texts, doubts: Sequence[Doubt], shown: Shown, start: int = 0) -> Iterator[Markup]:
    """Yield a page of doubts, numbered, and how they are answered; nothing where there is none."""
    page = doubts[start : start + DOUBTS_SHOWN]
    if not page:
        return
    yield texts("draft.head", count=len(doubts))
    for doubt in page:
        yield word_doubt(texts, doubt, shown.number(doubt.key))
    if start + DOUBTS_SHOWN < len(doubts):
        yield texts("draft.more", count=len(doubts) - start - DOUBTS_SHOWN)
    yield texts("draft.how", number=shown.number(page[0].key))


def word_doubt(texts: Texts, doubt: Doubt, number: int) -> Markup:
    """Return a doubt in one line: its number, the question, the clause that it comes from."""
    row, second = doubt.row, doubt.second
    return texts(
        f"draft.{doubt.kind}",
        number=number,
        about=short(doubt.about, 80),
        choices=texts("draft.or").join(unit.name for unit in doubt.choices),
        units=names(texts, doubt.units),
        count=len(doubt.units),
        total=doubt.total,
        inner=dates(texts, row.due) if row else "",
        outer=dates(texts, second.due) if second else "",
        why=word_why(texts, doubt),
        quote=_quote(texts, row) if row else "",
        other=_quote(texts, second) if second else "",
    )


def _quote(texts: Texts, row: Row) -> Markup:
    return texts("draft.quote", section=row.section, text=short(row.text, 70))


def doubt_buttons(texts: Texts, doubt: Doubt, shown: Shown) -> tuple[tuple[Choice, ...], ...]:
    """Return a button for each unit that an abbreviation may mean."""
    number = shown.number(doubt.key)
    if doubt.kind in _DATES:
        return (date_buttons(texts, shown.plan_id, doubt, number),)
    if doubt.kind == "empty" and doubt.units:
        name = label(texts, "successors", number=number, count=len(doubt.units))
        return ((choice_of(name, "successors", shown.plan_id, doubt.key.split()[1]),),)
    return tuple(
        (
            choice_of(
                label(texts, "means", number=number, unit=short(unit.name, _LABEL)),
                "means",
                shown.plan_id,
                doubt.key.split()[1],
                place,
            ),
        )
        for place, unit in enumerate(doubt.choices)
    )


def buttons_of(
    texts: Texts, doubts: Sequence[Doubt], shown: Shown, start: int = 0
) -> tuple[tuple[Choice, ...], ...]:
    """Return what can be tapped under a page of doubts: the first doubt's choices, the next page."""
    page = doubts[start : start + DOUBTS_SHOWN]
    tapped = (doubt for doubt in page if doubt.choices or doubt.kind in _TAPPED)
    choices = next((doubt_buttons(texts, doubt, shown) for doubt in tapped), ())
    if start + DOUBTS_SHOWN >= len(doubts):
        return choices
    return (*choices, (next_button(texts, "doubts", shown.plan_id, start + DOUBTS_SHOWN),))


def next_button(texts: Texts, verb: Verb, plan_id: int, start: int) -> Choice:
    """Return the button to the page that begins at `start`, counted from 0."""
    return choice_of(label(texts, "next_page"), verb, plan_id, start)


def word_rows(texts: Texts, rows: Sequence[Row], start: int, doubtful: frozenset[str]) -> Iterator[Markup]:
    """Yield a page of an outline: rows by their numbers, under the headings that they stand under."""
    above = None
    for number, row in enumerate(rows[start : start + ROWS_SHOWN], start + 1):
        heading = row.heading or (texts("draft.reports") if row.kind == "report" else "")
        if (row.section, heading) != above:
            above = (row.section, heading)
            yield texts("draft.part", section=row.section, heading=short(str(heading), 60))
        yield word_row(texts, row, number, doubtful=row.key in doubtful)


def word_row(texts: Texts, row: Row, number: int, *, doubtful: bool) -> Markup:
    """Return one row: number, what, who, by when."""
    return texts(
        "draft.row",
        number=number,
        text=short(row.who or row.text, 90),
        units=names(texts, row.units) if row.units else texts("draft.no_units"),
        due=texts("draft.due", dates=dates(texts, row.due)) if row.due else texts("draft.no_due"),
        mark=texts("draft.doubtful") if doubtful else "",
    )


def names(texts: Texts, who: Sequence[str]) -> Markup:
    """Return the units' names, the first few where they are many."""
    shown_names = Markup(", ").join(who[:_NAMES])
    return (
        texts("draft.names_more", names=shown_names, count=len(who) - _NAMES)
        if len(who) > _NAMES
        else shown_names
    )


def dates(texts: Texts, due: Sequence[date]) -> Markup:
    """Return dates in full."""
    return Markup(", ").join(full_date(texts, day) for day in due)
