"""Sealing a backup with a public key (age): one file, which only the holder of the secret key can open."""

import errno
import hashlib
import os
import shutil
import tarfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

ENDING = ".tar.age"
"""What the file's name ends in: an age file (age-encryption.org) with a tar in it."""
_AT_ONCE = 1 << 20


class NotOpened(Exception):
    """A sealed file is damaged, or was sealed for another key."""


class BadKey(Exception):
    """What was given holds no secret key."""


class _Tee(BufferedIOBase):
    """Passes bytes on, from a file or into one, and keeps their hash; `failed`: why the file took none."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self._file, self._seen = file, hashlib.sha256()
        self.failed: OSError | None = None

    def read(self, size: int | None = -1, /) -> bytes:
        """Read from the file."""
        data = self._file.read(-1 if size is None else size) if self._file is not None else b""
        self._seen.update(data)
        return data

    def write(self, data: Any, /) -> int:
        """Write to the file, if there is one."""
        try:
            if self._file is not None:
                self._file.write(data)
        except OSError as wrong:
            self.failed = wrong
            raise
        self._seen.update(data)
        return len(data)

    @property
    def digest(self) -> bytes:
        """The hash of all that went by."""
        return self._seen.digest()


def new_key() -> tuple[str, str]:
    """Return a secret key, and the public one that seals for it."""
    from pyrage.x25519 import Identity

    secret = Identity.generate()
    return str(secret), str(secret.to_public())


def seal(paths: Sequence[Path], sealed: Path, public_key: str) -> bool:
    """Write files and folders into one sealed file; return whether it opens to what was put into it.

    It is opened again with a second key, which is made for that and then forgotten: the secret one is kept
    elsewhere. What is not there is left out. Raises OSError.
    """
    from pyrage.x25519 import Identity, Recipient

    for_a_look = Identity.generate()
    with _packed(paths) as packed, sealed.open("xb") as file:
        put_in = _Tee(packed)
        _encrypt(put_in, file, [Recipient.from_str(public_key), for_a_look.to_public()])
        file.flush()
        os.fsync(file.fileno())
    taken_out = _Tee()
    try:
        _decrypt(sealed, taken_out, [for_a_look])
    except NotOpened:
        return False
    return taken_out.digest == put_in.digest


def unseal(sealed: Path, folder: Path, secret_key: str) -> None:
    """Take files and folders out of a sealed file. Raises BadKey, NotOpened, OSError."""
    keys = _secret_keys(secret_key)
    read_end, write_end = os.pipe()
    with ThreadPoolExecutor(1) as beside, os.fdopen(read_end, "rb") as reader:
        opening = beside.submit(_decrypt_and_close, sealed, write_end, keys)
        try:
            with tarfile.open(fileobj=reader, mode="r|", bufsize=_AT_ONCE) as tar:
                for member in tar:
                    _take_out(tar, member, folder.resolve())
            while reader.read(_AT_ONCE):  # to the end: only there it shows that nothing was cut off
                pass
        except (tarfile.TarError, NotOpened) as wrong:
            raise NotOpened(sealed) from (opening.exception() or wrong)
        opening.result()


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one file or folder of a tar below a folder; whoever knows the public key may have sealed it."""
    to = (folder / member.name).resolve()
    content = tar.extractfile(member) if member.isfile() else None
    if not to.is_relative_to(folder) or not (content or member.isdir()):
        raise NotOpened(member.name)
    if content is None:
        to.mkdir(exist_ok=True)
        return
    with content, to.open("xb") as file:
        shutil.copyfileobj(content, file, _AT_ONCE)


def _secret_keys(text: str) -> list["Identity"]:
    """Read a file of keys as `age-keygen` writes it: one a line, beside lines of comment."""
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    lines = [line.strip() for line in text.splitlines()]
    try:
        keys = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except IdentityError:
        raise BadKey from None
    if not keys:
        raise BadKey
    return keys


def _encrypt(source: _Tee, file: IO[bytes], keys: Sequence["Recipient"]) -> None:
    from pyrage import EncryptError, encrypt_io

    to = _Tee(file)
    try:
        encrypt_io(source, to, keys)
    except EncryptError as wrong:
        raise to.failed or OSError(errno.EIO, str(wrong)) from None


def _decrypt(sealed: Path, to: _Tee, keys: Sequence["Identity"]) -> None:
    from pyrage import DecryptError, decrypt_io

    with sealed.open("rb") as file:
        try:
            decrypt_io(_Tee(file), to, keys)
        except (DecryptError, OSError) as wrong:
            if to.failed is not None:
                raise to.failed from None
            raise NotOpened(sealed) from wrong


def _decrypt_and_close(sealed: Path, write_end: int, keys: Sequence["Identity"]) -> None:
    with os.fdopen(write_end, "wb") as writer:
        _decrypt(sealed, _Tee(writer), keys)


@contextmanager
def _packed(paths: Sequence[Path]) -> Iterator[IO[bytes]]:
    """Give what is there of some paths as one tar, to read from; raises at the end what packing raised."""
    read_end, write_end = os.pipe()
    with ThreadPoolExecutor(1) as beside, os.fdopen(read_end, "rb") as reader:
        packing = beside.submit(_pack, write_end, paths)
        yield reader
        packing.result()


def _pack(write_end: int, paths: Sequence[Path]) -> None:
    with os.fdopen(write_end, "wb") as writer, tarfile.open(fileobj=writer, mode="w|") as tar:
        for path in paths:
            if path.exists():
                tar.add(path, path.name)
