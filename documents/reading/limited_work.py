"""A process of its own that does one piece of work on a stranger's file within limits, and ends.

`limited_process` starts it, with its limits as arguments: seconds, bytes of memory, whether it reads scans.
The first line of its input names the work, the rest is what the work is given. Until somebody writes, it
loads what it may need.
"""

import json
import os
import resource
import select
import sys
from importlib import import_module
from typing import Any, Final

from documents.reading.errors import Unreadable

_LOADED_AHEAD: Final = (
    "documents.reading.safely",
    "documents.reading.docx_file",
    "documents.reading.office_pieces",
    "documents.reading.pdf_file",
    "documents.reading.pdf_signatures",
    "documents.reading.proof",
    "documents.reading.sheet_file",
    "documents.reading.units_safely",
)


def main() -> None:
    """Do the work that is asked for, and print the answer; nothing where no work comes."""
    seconds, memory, scan = sys.argv[1:4]
    _limit(float(seconds), int(memory))
    _load_ahead()
    work = sys.stdin.buffer.readline().decode().strip()
    if not work:
        return
    sys.stdout.write(json.dumps(_answer(work, sys.stdin.buffer.read(), scan=scan == "True")))
    sys.stdout.flush()
    os._exit(0)  # to take apart all that was loaded would hold up who waits for the answer


def _limit(seconds: float, memory: int) -> None:
    for kind, most in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CPU, int(seconds))):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, hard))


def _load_ahead() -> None:
    """Load module after module for as long as nobody waits."""
    for name in _LOADED_AHEAD:
        if select.select([sys.stdin], [], [], 0)[0]:
            return
        import_module(name)


def _answer(work: str, given: bytes, *, scan: bool) -> dict[str, Any]:
    """Return what the work answers, or the reason why it cannot be done."""
    try:
        return _done(work, given, scan=scan)
    except Unreadable as refusal:
        return {"reason": refusal.reason, "facts": refusal.facts}
    except MemoryError:
        return {"reason": "too_big", "facts": {}}


def _done(work: str, given: bytes, *, scan: bool) -> dict[str, Any]:
    if work == "evidence":
        from documents.reading.proof import kind_in

        return kind_in(given)
    if work == "units":
        from documents.reading.units_safely import units_in

        return units_in(given)
    from documents.reading.safely import plan_in

    return plan_in(given, scan=scan)


if __name__ == "__main__":
    main()
