"""The sandbox: the whole program on a web page, with a sample plan and a clock that can be moved."""

import asyncio
import socket
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import Mount, Route

from bot.app.clock import MovableClock, wall
from bot.app.program import Program
from bot.app.wiring import build, prepare
from bot.channels.page import PageChannel
from bot.channels.sandbox import Phone, WebChannel
from bot.channels.shown_as import Manner
from bot.delivery.links_for_files import FileLinks
from bot.web.embedded_server import serving
from bot.web.handout_pages import HandoutPages
from bot.web.letter_button_pages import LetterButtonPages
from bot.web.own_page import own_pages
from bot.web.ports import listen
from bot.web.routes import dashboard_app
from bot.web.sandbox_draft_panel import DraftPanel
from bot.web.sandbox_server import LOCAL_HOSTS, sandbox_app
from bot.web.sandbox_view import Mark
from config.files import SAMPLES
from config.settings import Settings
from config.texts import Texts, load_texts
from documents.reading.limited_process import kept_ready
from documents.reading.safely import read_safely
from documents.reading.units_file import read_units
from domain.assignments.assignment import Assignment
from domain.organisation.people import Role
from domain.organisation.register import Register
from domain.plans.plan import Plan
from domain.plans.rhythms import make_rhythm
from handlers.common.conversation import Attachment, Paper
from handlers.plans.rhythm_wording import rule_wording
from services.common.rules import Rules
from services.organisation.import_units import import_units
from services.organisation.invite_codes import make_code
from services.plans.choose_rhythm import choose_rhythm
from services.plans.confirm_draft import AsksRhythm, confirm_draft
from services.plans.import_plan import Imported, import_plan
from services.plans.open_draft import open_draft
from storage.assignments import assignment_store
from storage.database.engine import Database
from storage.organisation import unit_store, web_session_store
from storage.organisation.handout_store import LetterButton
from storage.organisation.web_session_store import Address
from storage.plans import plan_store
from storage.plans.plan_store import PlanRow

_PROVINCE = SAMPLES / "ha-khe"
_SAMPLE = _PROVINCE / "ke-hoach-doi-ngoai-2026.txt"
_MORNING = time(9)
_PAGES = "/tong-hop"
_CODES_LAST = timedelta(days=3 * 366)
"""The calendar may be moved before anybody joins."""


@dataclass(frozen=True, slots=True)
class Source:
    """A plan's file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who stands behind a phone."""

    key: str
    person: str
    unit: str
    role: Role


@dataclass(frozen=True, slots=True)
class Stage:
    """A plan that has been entered, and the phones beside it."""

    database: Database
    rules: Rules
    clock: MovableClock
    plan: PlanRow
    phones: tuple[Phone, ...]
    marks: tuple[Mark, ...]


class DemoCalendar:
    """The sandbox's clock: moving it lets every day between pass, with its nudges."""

    def __init__(self, program: Program, clock: MovableClock, database: Database) -> None:
        self._program, self._clock, self._database = program, clock, database

    def now(self) -> datetime:
        """Return the local time."""
        return self._clock.now().astimezone(self._program.rules.zone)

    async def advance(self, to: datetime) -> None:
        """Let time pass until `to`: each morning's nudges go out on their own day.

        Who is on the pages stays there: it is the clock that has moved, not they who were away.
        """
        rules = self._program.rules
        while (now := self.now()) < to:
            morning = datetime.combine(now.date(), rules.ladders.hours.opens, rules.zone)
            if morning <= now:
                morning += timedelta(days=1)
            self._clock.move(min(to, morning))
            async with self._database.writing() as conn:
                await web_session_store.move(conn, min(to, morning) - now)
            await self._program.tick()


async def serve(
    settings: Settings,
    port: int,
    source: Source | None,
    start: datetime | None,
    sentences: Mapping[str, str],
    stopped: Callable[[], asyncio.Event],
    manner: Manner = "telegram",
) -> None:
    """Serve the sandbox on this machine until stopped; its database is thrown away at the end.

    `manner` is the channel as whose the phones are shown at first.
    Raises Unreadable where `source` is no plan, PortTaken.
    """
    with tempfile.TemporaryDirectory(prefix="nhacviec-") as folder, listen("127.0.0.1", port) as listening:
        url = f"sqlite+aiosqlite:///{folder}/demo.db"
        database, rules = await prepare(settings.model_copy(update={"database_url": SecretStr(url)}))
        try:
            stage = await set_stage(database, rules, load_texts(settings.language), source, start)
            async with kept_ready():
                await _run(stage, settings, listening, sentences, stopped(), manner)
        finally:
            await database.close()


async def set_stage(
    database: Database, rules: Rules, texts: Texts, source: Source | None, start: datetime | None
) -> Stage:
    """Enter a plan (the sample where there is none), and make a code for each phone but the stranger's."""
    if source is None:
        rules = await _own_units(database, rules)
    shown = source or Source(_SAMPLE.name, _SAMPLE.read_bytes())
    read = await read_safely(shown.data, shown.name, rules.register)
    clock = MovableClock(start or _first_morning(read, rules))
    async with database.writing() as conn:
        result = await import_plan(conn, read, by=None, now=clock.now(), rules=rules)
        plan_id = result.plan.id if isinstance(result, Imported) else 0
        await _go_live(conn, texts, plan_id, clock.now(), rules)
        row = await plan_store.get(conn, plan_id)
        assignments = await assignment_store.of_plan(conn, row.id)
        cast = _cast(row, assignments, sample=source is None)
        phones = [await _phone(conn, texts, actor, clock.now()) for actor in cast]
    stranger = Phone(
        "stranger",
        texts("demo.stranger").unescape(),
        texts("demo.stranger_role").unescape(),
        None,
        ("/viec",),
    )
    return Stage(database, rules, clock, row, (*phones, stranger), _marks(texts, rules, assignments))


async def _go_live(conn: AsyncConnection, texts: Texts, plan_id: int, now: datetime, rules: Rules) -> None:
    """Let the plan go live; where it gives some units no dates, they report by the State's own rhythm."""
    today = now.astimezone(rules.zone).date()
    result = await confirm_draft(
        conn, plan_id, by=None, now=now, rules=rules, unread_too=True, passed_too=True
    )
    if isinstance(result, AsksRhythm):
        draft, _ = await open_draft(conn, plan_id, rules, today)
        rhythm = make_rhythm("plan", draft) or make_rhythm("decree", draft)
        if rhythm is not None:
            wording = rule_wording(texts, rhythm)
            await choose_rhythm(conn, plan_id, rhythm, wording, by=None, now=now, rules=rules)
        await confirm_draft(
            conn, plan_id, by=None, now=now, rules=rules, unasked_too=True, unread_too=True, passed_too=True
        )


async def _own_units(database: Database, rules: Rules) -> Rules:
    """Add the units that only the sample province has."""
    own = read_units((_PROVINCE / "don-vi.csv").read_bytes())
    async with database.writing() as conn:
        await import_units(conn, own, now=wall())
        register = Register(await unit_store.load(conn), rules.register.groups)
    return replace(rules, register=register)


def _first_morning(plan: Plan, rules: Rules) -> datetime:
    """The first working morning after the plan was issued."""
    issued = plan.head.issued_on or datetime.now(rules.zone).date()
    return datetime.combine(rules.days.on_or_after(issued + timedelta(days=1)), _MORNING, rules.zone)


def _cast(plan: PlanRow, assignments: Sequence[Assignment], *, sample: bool) -> list[_Cast]:
    """The invented people of the sample, in the units of the plan that is shown."""
    people = tomllib.loads((_PROVINCE / "nguoi-dung.toml").read_text(encoding="utf-8"))["person"]
    names = {person["role"]: person["name"] for person in reversed(people)}
    unit = next((person["unit"] for person in people if person["role"] == "focal"), "")
    if not sample:
        unit = next(
            (
                assignment.unit
                for assignment in assignments
                if assignment.unit_id != plan.coordinator_id and not assignment.past
            ),
            "",
        )
    actors = [
        _Cast("focal", names["focal"], unit, "focal"),
        _Cast("leader", names["leader"], unit, "leader"),
        _Cast("coordinator", names["coordinator"], plan.coordinator or "", "coordinator"),
    ]
    return [actor for actor in actors if actor.unit]


async def _phone(conn: AsyncConnection, texts: Texts, actor: _Cast, now: datetime) -> Phone:
    unit_id = (await unit_store.ids(conn))[actor.unit]
    code = await make_code(conn, unit_id, actor.unit, actor.role, now, lasts=_CODES_LAST)
    shown = texts("demo.role", role=texts(f"role.{actor.role}"), unit=actor.unit).unescape()
    typed = texts(f"demo.typed_{actor.role}").unescape().split(" | ")
    return Phone(actor.key, actor.person, shown, code.code, tuple(typed))


def _marks(texts: Texts, rules: Rules, assignments: Sequence[Assignment]) -> tuple[Mark, ...]:
    """The due dates, and the first nudge before each."""
    marks = []
    open_ = [assignment for assignment in assignments if not assignment.past]
    for due, last, kind in sorted(
        {(assignment.due_on, assignment.last_on, assignment.kind) for assignment in open_}
    ):
        first = rules.ladders.of(kind).first
        label = texts("demo.mark_first", count=first).unescape()
        marks.append(Mark(rules.days.before(last, first), label))
        marks.append(Mark(due, texts("demo.mark_due").unescape(), due=True))
    return tuple(marks)


async def _run(
    stage: Stage,
    settings: Settings,
    listening: socket.socket,
    sentences: Mapping[str, str],
    stop: asyncio.Event,
    manner: Manner,
) -> None:
    channel = WebChannel(stage.phones, stage.clock.now, manner)
    own_page = PageChannel(stage.database, stage.clock.now)
    program = build(settings, stage.database, stage.rules, stage.clock, [channel, own_page])
    calendar = DemoCalendar(program, stage.clock, stage.database)
    texts = load_texts(settings.language)
    panel = DraftPanel(stage.database, stage.rules, texts, stage.clock.now)
    sandbox = sandbox_app(channel, calendar, stage.plan.name, _healthy, stage.marks, sentences, drafts=panel)
    url = f"http://localhost:{listening.getsockname()[1]}"
    app = beside(
        await _pages(stage, settings, url, own_page, link_routes(stage, settings, url, channel)), sandbox
    )
    running = asyncio.create_task(program.run(stop))
    ready = asyncio.create_task(channel.receiving.wait())
    await asyncio.wait([running, ready], return_when=asyncio.FIRST_COMPLETED)  # those who come early queue
    async with serving(app, listening) as server:
        print(f"Nhắc Việc: {url}", flush=True)  # noqa: T201 - the one line that the clerk needs
        await asyncio.wait([server, running], return_when=asyncio.FIRST_COMPLETED)
        stop.set()
    await running


def beside(pages: Starlette, sandbox: Starlette) -> Starlette:
    """Serve the pages under /tong-hop, with or without a slash behind it, and else the sandbox."""
    return Starlette(
        routes=[
            Route(_PAGES, RedirectResponse(f"{_PAGES}/")),
            Mount(_PAGES, app=pages),
            Mount("/", app=sandbox),
        ]
    )


def link_routes(stage: Stage, settings: Settings, url: str, channel: WebChannel) -> list[Route]:
    """Return the pages behind links, by which files go and buttons are pressed where phones carry none."""
    links = FileLinks(stage.database)

    async def deliver(_: str, chat: str, words: str, file: Attachment) -> bool:
        data = await links.held(file.key, stage.clock.now())
        if data is None:
            return False
        await channel.say(chat, text=words, file=Paper(file.name, data), by_form=True)
        return True

    async def press(button: LetterButton) -> bool:
        await channel.say(button.chat, press=button.data, label=button.label)
        return True

    database, now, language = stage.database, stage.clock.now, settings.language
    files = HandoutPages(database, now, language, url, deliver)
    return [*files.routes(), *LetterButtonPages(database, now, language, press).routes()]


async def _pages(
    stage: Stage, settings: Settings, url: str, own_page: PageChannel, links: Sequence[Route]
) -> Starlette:
    """The coordinator's pages beside the sandbox, and where they are, for the one who asks in the chat."""
    async with stage.database.writing() as conn:
        await web_session_store.announce(conn, Address(f"{url}{_PAGES}", public=True))
    now, language = stage.clock.now, settings.language
    own = own_pages(language, stage.database, stage.rules, now, own_page, secure=False)
    return dashboard_app(
        stage.database,
        stage.rules,
        now,
        language,
        secure=False,
        hosts=LOCAL_HOSTS,
        own=own,
        more=links,
    )


async def _healthy() -> dict[str, object]:
    return {"ok": True}
