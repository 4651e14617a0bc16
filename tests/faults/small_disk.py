"""A disk of some megabytes, which can be filled to its last byte and emptied again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def can_mount(folder: Path) -> bool:
    """Tell whether this machine lets us mount a disk of our own."""
    try:
        with small_disk(folder / "tried", 1):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk of so many megabytes (a tmpfs) at a folder, for the length of a block."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    subprocess.run(mount, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True, capture_output=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Leave no byte free, for the length of a block."""
    ballast = disk / "ballast"
    try:
        with suppress(OSError), ballast.open("wb", buffering=0) as file:
            for size in (2**20, 2**12, 1):
                with suppress(OSError):
                    while file.write(b"\0" * size):
                        pass
        yield
    finally:
        ballast.unlink(missing_ok=True)
