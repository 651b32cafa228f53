"""Tells Prometheus what there is to know, at an address of its own: METRICS_BIND.

A thread of each worker listens there; the system chooses one, and any of them knows all. Never the
port of the site: what it tells is for those inside.
"""

import threading
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

from django.db import connections
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from registry_site.watching.figures import Figures


class _Server(ThreadingTCPServer):
    allow_reuse_address = allow_reuse_port = True
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    # Seconds that somebody may take to ask.
    timeout = 10

    def do_GET(self) -> None:
        if self.path != "/metrics":
            self.send_error(404)
            return
        try:
            content = generate_latest(_registry())
        finally:
            # This thread ends here.
            connections.close_all()
        self.send_response(200)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args) -> None:
        """Nothing: it would hold an address."""


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    registry.register(Figures())
    return registry


def serve_metrics(bind: str) -> None:
    """Answer at HOST:PORT from now on, in a thread of this process."""
    host, _sign, port = bind.rpartition(":")
    server = _Server((host, int(port)), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True, name="metrics").start()
