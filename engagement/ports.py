"""The place where the server listens: whether it can be had, said before anything starts."""

from __future__ import annotations

import errno
import socket

from engagement.errors import EngagementError

LAST_PORT = 65535


def check_port(address: str, port: int) -> None:
    """Refuse a place where the server could not listen.

    Raises
    ------
    EngagementError
        When the port is no port, taken or not allowed, or the address is none of this computer.
    """
    if not 1 <= port <= LAST_PORT:
        raise EngagementError(f"--port is {port}, and must be between 1 and {LAST_PORT}. Choose another.")
    try:
        family, kind, protocol, _name, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as listener:
            # As the server itself does: a port that a stopped server has just left is free.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
    except OSError as error:
        raise EngagementError(_explain(error, address, port)) from error


def _explain(error: OSError, address: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken, perhaps by a Common Thread that is running already: look at "
            f"http://{address}:{port}. To start another, choose another port: --port {port % LAST_PORT + 1}."
        )
    if error.errno == errno.EACCES:
        return f"This account may not listen on port {port}. Choose one above 1023, such as --port 8501."
    return f"“{address}” is no address of this computer. Leave --address out, or give 0.0.0.0 for all."
