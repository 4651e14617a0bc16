"""What the sandbox's page is told: the state of its phones as JSON-safe values. Texts only, never HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo
from html.parser import HTMLParser
from pathlib import PurePath

from markupsafe import Markup

from bot.channels.sandbox import Message, WebChannel
from handlers.common.conversation import Attachment

PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
"""Files that a chat shows as they are, with their media types; any other is a link to download."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A notable day of the calendar. `due` is True where something must be in on that day."""

    on: date
    label: str
    due: bool = False


class _Runs(HTMLParser):
    """Cuts markup into runs of plain text. A tag other than b and i is kept as the text that it is."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[tuple[str, str]] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("b", "i"):
            self._open.append(tag)
        else:
            self.handle_data(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)
        else:
            self.handle_data(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.runs.append(("".join(sorted(set(self._open))), data))


def runs(text: Markup) -> list[tuple[str, str]]:
    """Cut escaped markup into (style, plain text) pairs; a style is "", "b", "i" or "bi"."""
    parser = _Runs()
    parser.feed(str(text))
    parser.close()
    return parser.runs


def day_label(day: date, texts: Mapping[str, str]) -> str:
    """Return a day in words: "Thứ Năm, 5/3/2026"."""
    weekday = texts[f"weekday_{day.isoweekday()}"]
    return texts["day"].format(weekday=weekday, d=day.day, m=day.month, y=day.year)


def state(
    channel: WebChannel, now: datetime, marks: Sequence[Mark], texts: Mapping[str, str], *, after: int
) -> dict[str, object]:
    """Return all that the page needs to be up to date, with the messages numbered higher than `after`.

    `now` is local; its time zone is the one in which all times are shown.
    """
    return {
        "epoch": channel.epoch,
        "now": _moment(now, texts),
        "marks": [{"on": m.on.isoformat(), "label": m.label, "due": m.due} for m in sorted_marks(marks)],
        "phones": {
            key: {
                "joined": key in channel.joined,
                "manner": channel.manners[key],
                "has_menu": channel.can(key).menu,
                "menu": [asdict(entry) for entry in channel.menus.get(key, ())],
            }
            for key in channel.phones
        },
        "messages": [_bubble(message, now.tzinfo, texts) for message in channel.since(after)],
    }


def sorted_marks(marks: Sequence[Mark]) -> list[Mark]:
    """Return the marks by day; on one day what is due comes first."""
    return sorted(marks, key=lambda mark: (mark.on, not mark.due))


def _moment(at: datetime, texts: Mapping[str, str]) -> dict[str, str]:
    return {
        "day": at.date().isoformat(),
        "label": day_label(at.date(), texts),
        "clock": f"{at.hour}:{at.minute:02}",
    }


def _bubble(message: Message, zone: tzinfo | None, texts: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": message.number,
        "phone": message.phone,
        "mine": message.from_owner,
        "at": _moment(message.at.astimezone(zone), texts),
        "runs": runs(message.text),
        "choices": [[asdict(choice) for choice in row] for row in message.choices],
        "links": [[asdict(link) for link in row] for row in message.links],
        "files": [_file(file) for file in message.files],
    }


def _file(file: Attachment) -> dict[str, object]:
    kilobytes = max(1, round(file.size / 1024))
    return {
        "name": file.name,
        "size": f"{kilobytes} KB" if kilobytes < 1024 else f"{round(kilobytes / 1024)} MB",
        "href": f"/files/{file.key}",
        "picture": PurePath(file.name).suffix.lower() in PICTURES,
    }
