"""The demo's port: is it free? Needs nothing but Python, so it can be asked before all else.

`python untfsse/port.py 8000` says nothing when the port is free, and why not when it is not.
"""

import errno
import socket
import sys

HOST = "127.0.0.1"


class PortError(Exception):
    """Why the port cannot be had, as a sentence."""


def read_port(text: str) -> int:
    """Return the port that a person wrote; raise if it is none."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise PortError(f"PORT is {text!r}: write a number from 1 to 65535.")
    return int(text)


def check_port(port: int) -> None:
    """Raise unless a server could listen on the port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = (
                    f"Port {port} is in use, perhaps by the demo itself. "
                    f"Stop what uses it, or take another: make demo PORT={min(port + 1, 65535)}"
                )
            elif error.errno == errno.EACCES:
                reason = f"Port {port} is kept for the system: take one above 1023."
            else:
                reason = f"Port {port} cannot be used: {error.strerror}."
            raise PortError(reason) from None


if __name__ == "__main__":
    try:
        check_port(read_port(sys.argv[1]))
    except PortError as error:
        sys.exit(str(error))
