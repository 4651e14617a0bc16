"""A province in trouble: an installation, its servers, its people, and who starts the program anew."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from storage.common.copy_rows import copy_rows
from storage.database.opening import open_database
from storage.organisation import people_store, unit_store
from tests.botapi import BotApi, User
from tests.e2e.inside import query
from tests.e2e.kit import Office, Running, Warm, installed, serving
from tests.faults.script import Script
from tests.faults.small_disk import small_disk
from tests.mailserver import MailServer
from tests.mailserver.server import OWN, PASSWORD
from tests.postgres_server import PostgresServer, postgres_server, programs

ON_TELEGRAM, BY_MAIL = 12, 3
_SERVER_MEGABYTES, _FILE_MEGABYTES = 220, 24
MARKED_WITHIN = 1.0
"""Seconds in which what was sent is marked where nothing hinders it: as much may a killed program owe."""
SPEED = 60.0
"""How fast the program's clock runs, so that it looks every third of a second what waits."""


@dataclass
class Province:
    """One installation; `chance` decides what its script leaves open."""

    office: Office
    mail: MailServer
    chance: random.Random
    server: PostgresServer | None
    disk: Path | None
    """The small disk of its database; None where none can be mounted."""
    people: list[User] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    day: str = ""
    off: timedelta = timedelta(0)
    """How wrong the machine's clock is."""
    program: Running | None = None
    typed: dict[int, list[int]] = field(default_factory=dict)
    """By chat: the percentages that were told, in order."""
    updates: list[int] = field(default_factory=list)
    """What was said, by its id."""
    mail_answers_lost: int = 0
    hindered: dict[float, float] = field(default_factory=dict)
    """From when to when the database may have kept the program from noting what it did."""
    died: list[tuple[float, float]] = field(default_factory=list)
    """From when to when a program that was killed may have noted nothing (time.monotonic)."""
    largest: int = 0
    """Bytes of memory that the program has had at most, as often as it was looked at."""

    @property
    def api(self) -> BotApi:
        return self.office.api

    @property
    def running(self) -> Running | None:
        """The program, where it lives."""
        return self.program if self.program is not None and self.program.status is None else None

    def supervise(self) -> None:
        """Start the program where it does not run, as a service manager does."""
        if self.running is None:
            self._note_end()
            moment = datetime.fromisoformat(f"{self.day}T08:00+07:00") + self.off
            self.program = self.office.begins("run", as_of=moment.isoformat(), speed=SPEED)

    def kill(self) -> None:
        """End the program at once."""
        if self.running is not None:
            self.running.kill()
        self._note_end()

    def _note_end(self) -> None:
        """Note from when on nothing can be known of what a program did that has ended, killed or helpless."""
        if self.program is None:
            return
        now = time.monotonic()
        since = now - MARKED_WITHIN
        began = [start for start, end in self.hindered.items() if end >= since]
        if self.program.status == -signal.SIGKILL or began:
            self.died.append((min([since, *began]), now))
        self.program = None

    def look(self) -> None:
        """Look how much memory the program has."""
        if self.running is not None:
            with suppress(FileNotFoundError, ProcessLookupError):
                pages = int(Path(f"/proc/{self.running.process}/statm").read_text().split()[1])
                self.largest = max(self.largest, pages * os.sysconf("SC_PAGE_SIZE"))

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        if self.running is not None:
            os.kill(self.running.process, number)

    def says(self, user: User) -> None:
        """Let a person tell of progress."""
        told = self.typed.setdefault(user.id, [])
        told.append(len(told) + 1)
        self.updates.append(user.types(f"1 được {told[-1]}%"))


@contextmanager
def province(warm: Warm, folder: Path, script: Script, imported: Path, *, mounts: bool) -> Iterator[Province]:
    """Make a province as a script wants it, in an empty folder; `imported` is a database with the plan."""
    with ExitStack() as stack:
        api = stack.enter_context(serving())
        mail = stack.enter_context(MailServer())
        size = _FILE_MEGABYTES if script.engine == "sqlite" else _SERVER_MEGABYTES
        disk = stack.enter_context(small_disk(folder / "disk", size)) if mounts else None
        office = stack.enter_context(installed(warm, folder, api))
        server = None
        if script.engine == "postgresql":
            binaries = programs()
            assert binaries is not None, "no PostgreSQL server is installed (Debian: postgresql)"
            lean = ("max_wal_size=64MB", "min_wal_size=32MB", "shared_buffers=16MB")
            server = stack.enter_context(postgres_server(binaries, disk, lean))
            office.stands_on(asyncio.run(server.furnished("office", partial(_fill, imported))))
        else:
            office.database = (disk or folder) / "nhacviec.db"
            office.settings["NHACVIEC_DATABASE_URL"] = f"sqlite+aiosqlite:///{office.database}"
            office.database.write_bytes(imported.read_bytes())
        chance = random.Random(script.seed)  # noqa: S311 - it keeps no secret
        made = Province(office, mail, chance, server, disk)
        _gather(made)
        try:
            yield made
        finally:
            api.faults.clear()
            if server is not None:
                server.comes_up()
            made.kill()


async def _fill(source: Path, place: object) -> None:
    before, after = await open_database(source), await open_database(place)  # type: ignore[arg-type]
    await copy_rows(before, after, lambda table, rows: None)
    await before.close()
    await after.close()


def _gather(made: Province) -> None:
    """Seat focal points, on Telegram and by mail, in units that owe the report of 15 June."""
    rows = query(
        made.office,
        "SELECT DISTINCT unit.name, unit.id FROM assignment JOIN unit ON unit.id = unit_id"
        " WHERE due_on = '2026-06-15' AND rule_id IS NOT NULL ORDER BY unit.id",
    )
    names = [str(name) for name, _ in rows]
    made.people = made.office.seats({2001 + n: (names[n], "focal") for n in range(ON_TELEGRAM)})
    made.addresses = [f"dau-moi-{n}@tinh.example" for n in range(BY_MAIL)]
    for address in made.addresses:
        made.mail.opens(address)
    asyncio.run(_seat_by_mail(made, names[ON_TELEGRAM:]))
    box = f"{OWN.replace('@', '%40')}:{PASSWORD}@127.0.0.1:{made.mail.imap_port}/INBOX"
    made.office.settings |= {
        "NHACVIEC_MAIL_ADDRESS": OWN,
        "NHACVIEC_MAIL_SMTP": f"smtp://127.0.0.1:{made.mail.smtp_port}",
        "NHACVIEC_MAIL_IMAP": f"imap://{box}",
    }


async def _seat_by_mail(made: Province, names: list[str]) -> None:
    database = await open_database(made.office.place)
    now = datetime.fromisoformat("2026-05-04T08:00+07:00")
    async with database.writing() as conn:
        ids = await unit_store.ids(conn)
        for address, unit in zip(made.addresses, names, strict=False):
            person = await people_store.add(conn, "mail", address, f"Đầu mối {unit}", "vi", "2026-11", now)
            await people_store.seat(conn, person, ids[unit], "focal", now)
    await database.close()
