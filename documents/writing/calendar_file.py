"""Deadlines as an iCalendar file (RFC 5545), for the calendar on a phone or a desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ALARM_HOUR = 8
"""Local time of the alarms: on the last safe working day before, and on the last day itself."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One deadline: an event of the whole local day `day`.

    `uid` is the same as long as it is the same deadline. `safe` is the last working day that is in time.
    """

    uid: str
    day: date
    safe: date
    title: str
    details: str = ""


def write_calendar(name: str, entries: Iterable[CalendarEntry], *, stamp: datetime) -> bytes:
    """Return the file; `stamp` (UTC) says of when it is."""
    from icalendar import Alarm, Calendar, Event  # for those who ask for one

    calendar = Calendar()
    calendar.add("prodid", "-//Nhắc Việc//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("dtstamp", stamp)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", entry.title)
        if entry.details:
            event.add("description", entry.details)
        for day in dict.fromkeys((entry.safe, entry.day)):
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.title)
            alarm.add("trigger", timedelta(days=(day - entry.day).days, hours=ALARM_HOUR))
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
