"""Ports that the program listens at."""

import socket


class PortTaken(Exception):
    """The port of a web server cannot be opened."""


class HealthPortTaken(PortTaken):
    """The port of /healthz cannot be opened."""


def listen(host: str, port: int) -> socket.socket:
    """Take a port; those who come before it is served queue. Raises PortTaken.

    What is accepted sends at once: Nagle's delay would hold an answer's body up to 40 ms behind its head.
    """
    try:
        taken = socket.create_server((host, port))
    except OSError as wrong:
        raise PortTaken(f"{host}:{port}") from wrong
    taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return taken
