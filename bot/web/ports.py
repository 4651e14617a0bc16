"""Ports that the program listens at."""

import socket


class PortTaken(Exception):
    """The port of a web server cannot be opened."""


class HealthPortTaken(PortTaken):
    """The port of /healthz cannot be opened."""


def listen(host: str, port: int) -> socket.socket:
    """Take a port; those who come before it is served queue. Raises PortTaken."""
    try:
        return socket.create_server((host, port))
    except OSError as wrong:
        raise PortTaken(f"{host}:{port}") from wrong
