"""How an event is written into the outbox and read from it."""

import json
from dataclasses import asdict
from datetime import date, datetime

from domain.organisation.event import Event


def event_to_json(event: Event) -> str:
    """Return an event as JSON."""
    facts = {name: value for name, value in asdict(event).items() if value or name == "person_id"}
    return json.dumps(facts, default=lambda day: day.isoformat())


def event_from_json(written: str) -> Event:
    """Read what `event_to_json` wrote."""
    facts = json.loads(written)
    for name, read in (("first", date), ("last", date), ("ends_at", datetime), ("recorded_until", datetime)):
        if name in facts:
            facts[name] = read.fromisoformat(facts[name])
    lists = {name: tuple(facts.get(name, ())) for name in ("others", "units")}
    return Event(**{**facts, **lists})
