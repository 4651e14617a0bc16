"""`make audit`: asks pip-audit's service whether a pinned library has a known vulnerability.

Where the service cannot be reached, or does not know the libraries, nothing was audited: that is said loudly
and is no failure, for the machine may have no network.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
_SECONDS: Final = 120
_COMMAND: Final = (
    "-m", "pip_audit", "--disable-pip", "--require-hashes", "--requirement", "requirements.txt",
    "--format", "json", "--progress-spinner", "off", "--timeout", "5",
)  # fmt: skip
_LOUD: Final = "!" * 72


@dataclass(frozen=True, slots=True)
class Audit:
    """How many pins were looked up, which were not, and one line for each known vulnerability."""

    audited: int
    skipped: tuple[str, ...]
    flaws: tuple[str, ...]


def read_audit(printed: str) -> Audit | None:
    """Read what pip-audit printed; None where the service gave no answer."""
    try:
        rows = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    looked_up = [row for row in rows if "vulns" in row]
    flaws = tuple(
        f"{row['name']} {row['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or '-'}"
        for row in looked_up
        for flaw in row["vulns"]
    )
    return Audit(len(looked_up), tuple(str(row["name"]) for row in rows if "vulns" not in row), flaws)


def word_audit(audit: Audit | None) -> tuple[str, int]:
    """Return what is printed, and the exit status: 1 where a vulnerability is known."""
    if audit is None or not audit.audited:
        return f"{_LOUD}\nNOTHING WAS AUDITED: pip-audit's service cannot be reached from here.\n{_LOUD}", 0
    lines = [f"pip-audit: {audit.audited} pins looked up, {len(audit.flaws)} known vulnerabilities"]
    if audit.skipped:
        lines.append(f"NOT AUDITED: {', '.join(audit.skipped)}")
    return "\n".join([*lines, *audit.flaws]), int(bool(audit.flaws))


def main() -> int:
    """Audit the pins and print what was found."""
    try:
        ended = subprocess.run(
            [sys.executable, *_COMMAND],
            cwd=ROOT,
            timeout=_SECONDS,
            capture_output=True,
            text=True,
            check=False,
        )
        audit = read_audit(ended.stdout)
    except subprocess.TimeoutExpired:
        audit = None
    printed, status = word_audit(audit)
    sys.stdout.write(f"{printed}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
