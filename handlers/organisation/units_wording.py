"""What an import of units adds and changes, in words, for the chat and the pages."""

from collections.abc import Iterator

from markupsafe import Markup

from config.texts import Texts
from domain.organisation.register import Unit
from domain.organisation.register_changes import UnitChange
from domain.organisation.telephone import shown_phone
from services.organisation.import_units import UnitsImported


def word_counts(texts: Texts, shown: UnitsImported) -> Markup:
    """How many units are added, changed, and as they were."""
    counts = {"added": len(shown.added), "changed": len(shown.changed), "unchanged": len(shown.unchanged)}
    return texts("units.counts", **counts)


def word_unit_changes(texts: Texts, shown: UnitsImported) -> Iterator[Markup]:
    """Yield a line for each unit that is added or changed."""
    for change in shown.added:
        others = ", ".join(change.alike)
        key = "units.alike" if others else "units.added"
        yield texts(key, unit=change.becomes.name, others=others)
    for change in shown.changed:
        yield texts("units.changed", unit=change.becomes.name, what="; ".join(_differences(texts, change)))


def _differences(texts: Texts, change: UnitChange) -> Iterator[str]:
    """What is other than before, column by column."""
    was, becomes = change.was or Unit(""), change.becomes
    if was.abbreviation != becomes.abbreviation:
        was_short, now_short = was.abbreviation or "–", becomes.abbreviation or "–"
        yield texts("units.abbreviation", was=was_short, now=now_short).unescape()
    if was.standing != becomes.standing:
        old, new = (texts(f"units.{standing}") for standing in (was.standing, becomes.standing))
        yield texts("units.standing", was=old, now=new).unescape()
    if change.phone != change.was_phone:
        yield texts("units.phone", phone=shown_phone(change.phone)).unescape()
    spellings = [spelling for spelling in becomes.spellings if spelling not in was.spellings]
    for key, more in (("spellings", spellings), ("tags", sorted(becomes.tags - was.tags))):
        if more:
            yield texts(f"units.{key}", more=", ".join(more)).unescape()
