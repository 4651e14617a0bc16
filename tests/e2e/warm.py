"""The program with its imports paid for: forks one process for each command line that it is told.

A script of its own, started by kit.Warm with the copied program first on its path. Each line of its input is
one order, each line of its output the answer:

    {"arguments": [...], "environment": {...}, "folder": "...", "output": "..."}  the new process's id
    {"ended": id}  its exit status as subprocess tells it (-9: killed), or null while it runs

LOOKS_INTO_MAILBOX_EVERY in the environment, in seconds, lets the tests wait less for letters.
"""

import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any


def serve() -> None:
    """Take orders until the input ends; in a forked process, carry out its command line."""
    from bot.cli.main import main

    import_the_rest()
    gc.freeze()  # or each process copies all of it, only to see that nothing can be freed
    for line in sys.stdin:
        order = json.loads(line)
        if "ended" in order:
            answer(ended(order["ended"]))
            continue
        process = os.fork()
        if process == 0:
            become(order)
            leave(main)
        answer(process)


def import_the_rest() -> None:
    """Import what the program imports only when it runs."""
    import alembic.command
    import apscheduler.schedulers.asyncio
    import holidays
    import openpyxl

    import bot.app.checks
    import bot.app.wiring
    import bot.channels.telegram
    import documents.writing.invite_sheet
    from domain.updates.loose import compile_all

    holidays.country_holidays("VN")
    compile_all()
    used = (alembic.command, apscheduler.schedulers.asyncio, openpyxl, bot.channels.telegram, bot.app.checks)
    assert all((*used, bot.app.wiring, documents.writing.invite_sheet))


def ended(process: int) -> int | None:
    which, status = os.waitpid(process, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if which else None


def become(order: dict[str, Any]) -> None:
    """Turn this process into the one that was ordered."""
    os.setsid()
    os.environ.clear()
    os.environ.update(order["environment"])
    if every := os.environ.pop("LOOKS_INTO_MAILBOX_EVERY", ""):
        from bot.channels.mail import MailChannel

        defaults = MailChannel.__init__.__kwdefaults__
        assert defaults is not None
        defaults["every"] = float(every)
    os.chdir(order["folder"])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for stream, ending in ((1, ""), (2, ".err")):
        os.dup2(os.open(order["output"] + ending, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), stream)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.argv = ["nhacviec", *order["arguments"]]


def leave(main: Callable[[], None]) -> None:
    """Run and end without taking apart what was imported: the time goes to the next process."""
    status: object = 0
    try:
        main()
    except SystemExit as end:
        status = end.code or 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status if isinstance(status, int) else 1)


def answer(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve()
