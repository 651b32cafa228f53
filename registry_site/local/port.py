"""The port of the site on one's own machine: `python -m registry_site.local.port` tests it.

`make run` asks before it installs anything, so this needs nothing but Python.
"""

import os
import socket


def free_port() -> int:
    """The port that PORT names, else 8000; raises SystemExit where nothing can be served there."""
    written = os.environ.get("PORT", "8000")
    if not written.isdecimal() or not 1 <= int(written) <= 65535:
        raise SystemExit(f"PORT must be a number from 1 to 65535, not '{written}'.")
    port = int(written)
    with socket.socket() as listener:
        # As servers do: connections that ended a moment ago do not count.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except PermissionError:
            problem = f"You may not serve on port {port}."
        except OSError:
            problem = f"Port {port} is taken: by another program, or the site runs already."
        else:
            return port
    raise SystemExit(f"{problem} Take another one, for instance: PORT=8080 make run")


def any_port() -> int:
    """One that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


if __name__ == "__main__":
    free_port()
