"""Old office files (.doc, .xls, .rtf, .odt, .ods) turned into today's by LibreOffice, where it is installed.

LibreOffice runs with a profile of its own that is thrown away, runs no macro and fetches nothing, and within
limits of time and memory.
"""

import asyncio
import os
import resource
import shutil
import signal
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from documents.reading.errors import Unreadable

BECOMES: Final = {".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".xls": ".xlsx", ".ods": ".xlsx"}
"""What each kind of file is turned into."""
PACKAGES: Final = "libreoffice-writer libreoffice-calc"
"""What Debian calls the programs that are needed."""
_MOST_SECONDS: Final = 60.0
_MOST_PROCESSOR_SECONDS: Final = 60
_MOST_MEMORY: Final = 1536 * 2**20
_MOST_WRITTEN: Final = 200 * 2**20
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop>
<prop oor:name="DisableActiveContent"><value>true</value></prop></item>
</oor:items>
"""
_UNREACHABLE: Final = "http://127.0.0.1:9"


def program() -> str | None:
    """Return the path of LibreOffice on this machine, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


async def modernised(data: bytes, suffix: str) -> tuple[bytes, str]:
    """Return a file and its suffix, turned into today's kind where it is an old one.

    Raises Unreadable: "needs_office" where LibreOffice is missing, "too_big" where a limit is passed,
    "broken" where LibreOffice makes nothing of it.
    """
    if suffix not in BECOMES:
        return data, suffix
    office = program()
    if office is None:
        raise Unreadable("needs_office")
    with tempfile.TemporaryDirectory(prefix="nhacviec-office-", ignore_cleanup_errors=True) as folder:
        return await _converted(office, Path(folder), data, suffix), BECOMES[suffix]


async def _converted(office: str, folder: Path, data: bytes, suffix: str) -> bytes:
    source, made = folder / f"in{suffix}", folder / f"out/in{BECOMES[suffix]}"
    await asyncio.to_thread(_prepare, folder, source, data)
    child = await asyncio.create_subprocess_exec(
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
        *("--convert-to", BECOMES[suffix].lstrip("."), "--outdir", str(made.parent), str(source)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={"HOME": str(folder), "PATH": os.environ.get("PATH", os.defpath), "TMPDIR": str(folder)}
        | dict.fromkeys(("http_proxy", "https_proxy"), _UNREACHABLE),
        preexec_fn=_limit,
        start_new_session=True,
    )
    try:
        await asyncio.wait_for(child.wait(), _MOST_SECONDS)
    except TimeoutError as error:
        raise Unreadable("too_big") from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()
    try:
        return await asyncio.to_thread(made.read_bytes)
    except FileNotFoundError as error:
        raise Unreadable("broken") from error


def _prepare(folder: Path, source: Path, data: bytes) -> None:
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_PROFILE, encoding="utf-8")
    source.write_bytes(data)


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_DATA, _MOST_MEMORY),
        (resource.RLIMIT_CPU, _MOST_PROCESSOR_SECONDS),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))
