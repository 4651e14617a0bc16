"""What a domain tells other mail servers about letters in its name, as far as DNS shows it."""

import secrets
import socket
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

Lookup = Callable[[str], tuple[str, ...]]
"""Returns the TXT records of a name. Raises OSError where nobody can be asked."""
_TXT, _IN, _WANTS_RECURSION = 16, 1, 0x0100
_NO_SUCH_NAME: Final = 3
_SECONDS: Final = 3.0


def missing_records(domain: str, lookup: Lookup) -> tuple[str, ...]:
    """Return which of "SPF" and "DMARC" a domain lacks. Raises OSError where that cannot be looked up.

    Whether letters are signed (DKIM) shows in a letter alone: its key stands under a name that only the
    server that signs knows.
    """
    wanted = {"SPF": (domain, "v=spf1"), "DMARC": (f"_dmarc.{domain}", "v=dmarc1")}
    return tuple(
        name
        for name, (place, mark) in wanted.items()
        if not any(record.lower().startswith(mark) for record in lookup(place))
    )


def txt_records(name: str) -> tuple[str, ...]:
    """Ask this machine's name server for the TXT records of a name. Raises OSError."""
    number = secrets.randbelow(2**16)
    with socket.socket(_family(server := _name_server()), socket.SOCK_DGRAM) as asking:
        asking.settimeout(_SECONDS)
        asking.connect((server, 53))
        asking.send(query(name, number))
        answer = asking.recv(65_535)
    try:
        return tuple(read_answer(answer, number))
    except (struct.error, IndexError, UnicodeError, ValueError) as wrong:
        raise OSError(f"not understood: {wrong}") from None


def _name_server() -> str:
    lines = Path("/etc/resolv.conf").read_text(encoding="utf-8", errors="replace").splitlines()
    servers = [line.split()[1] for line in lines if line.startswith("nameserver ") and len(line.split()) > 1]
    if not servers:
        raise OSError("no name server")
    return servers[0].partition("%")[0]


def _family(server: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in server else socket.AF_INET


def query(name: str, number: int) -> bytes:
    """Return a question for the TXT records of a name (RFC 1035, 4.1)."""
    labels = (label.encode("idna") for label in name.strip(".").split("."))
    question = b"".join(bytes([len(label)]) + label for label in labels) + b"\0"
    return struct.pack("!6H", number, _WANTS_RECURSION, 1, 0, 0, 0) + question + struct.pack("!2H", _TXT, _IN)


def read_answer(data: bytes, number: int) -> Iterator[str]:
    """Yield the TXT records of an answer; none where there is no such name.

    Raises OSError where it is cut short or refused; what is no answer raises ValueError, IndexError or
    struct.error.
    """
    answered, flags, questions, answers, _, _ = struct.unpack_from("!6H", data)
    if answered != number or not flags & 0x8000:
        raise ValueError("no answer to this question")
    if (flags & 0x0200) or (flags & 0x000F) not in (0, _NO_SUCH_NAME):
        raise OSError("refused or cut short")
    place = 12
    for _ in range(questions):
        place = _past_name(data, place) + 4
    for _ in range(answers):
        place = _past_name(data, place)
        kind, _, _, length = struct.unpack_from("!2HIH", data, place)
        place += 10
        if kind == _TXT:
            yield "".join(_strings(data[place : place + length]))
        place += length


def _past_name(data: bytes, place: int) -> int:
    while (length := data[place]) != 0:
        if length >= 0xC0:
            return place + 2
        place += 1 + length
    return place + 1


def _strings(data: bytes) -> Iterator[str]:
    place = 0
    while place < len(data):
        length = data[place]
        yield data[place + 1 : place + 1 + length].decode("utf-8", "replace")
        place += 1 + length
