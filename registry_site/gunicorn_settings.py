"""How the site is served: `gunicorn --config registry_site/gunicorn_settings.py`."""

import faulthandler
import gc
import os
import shutil
import tempfile

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
# Threads wait for slow clients where no proxy in front does; a page itself takes milliseconds.
worker_class = "registry_site.worker.Worker"
threads = int(os.environ.get("WEB_THREADS", "8"))
# Seconds after which a worker ends whose oldest request has no answer yet.
timeout = 30
# Then, and a few hundred later or earlier than others, a worker makes place for a new one: memory
# that a large answer took comes back.
max_requests = 2000
max_requests_jitter = 400
# Shorter than the ten seconds that container engines wait before they kill.
graceful_timeout = 8
# Nobody talks to a running server through a socket.
control_socket_disable = True
# The site stands at the root of its host: no header moves it.
forwarder_headers = ""
# Django alone decides, by X-Forwarded-Proto, whether a request came over TLS. gunicorn would answer
# by itself, without the headers of our pages, where other headers say something else.
secure_scheme_headers = {}
keepalive = 5
# Memory that a container with a read-only root file system has.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
wsgi_app = "registry_site.wsgi:application"
# No access log: it would hold the addresses of visitors.
accesslog = None
errorlog = "-"
# Its warnings tell the addresses of visitors, and what they asked.
loglevel = os.environ.get("LOG_LEVEL", "error")
if os.environ.get("LOG_JSON") == "1":
    logconfig_dict = {
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "registry_site.log.JsonLines"}},
        "handlers": {"json": {"class": "logging.StreamHandler", "formatter": "json"}},
        "loggers": {
            "gunicorn.error": {"level": loglevel.upper(), "handlers": ["json"], "propagate": False}
        },
        "root": {"level": "INFO", "handlers": ["json"]},
    }
# Where Prometheus may ask, such as 0.0.0.0:9000; and where workers count meanwhile.
metrics_bind = os.environ.get("METRICS_BIND")
if metrics_bind and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(
        prefix="register-metrics-", dir=worker_tmp_dir
    )


# Workers share the memory of what is read before they start.
preload_app = True


def pre_fork(server: object, worker: object) -> None:
    """Give it a place among the workers that no other has."""
    taken = {other.place for other in server.WORKERS.values()}
    worker.place = next(place for place in range(len(taken) + 1) if place not in taken)


def post_fork(server: object, worker: object) -> None:
    """Whatever a worker writes is for its owner alone."""
    os.umask(0o077)
    if metrics_bind:
        from registry_site.watching.requests import take_place

        if not take_place(str(worker.place)):
            worker.log.error("There is no room to count requests in PROMETHEUS_MULTIPROC_DIR.")


def worker_abort(worker: object) -> None:
    """Say where in the code a request was that took too long: lines, and no values."""
    faulthandler.dump_traceback()


def when_ready(server: object) -> None:
    """Read the register before the first visitor would have to wait for it."""
    _read_register(server.log)
    gc.freeze()


def post_worker_init(worker: object) -> None:
    """Read what was published since the server started: this worker may take another's place."""
    from registry_site.watching.servers import watch_servers

    _read_register(worker.log)
    watch_servers()
    if metrics_bind:
        from registry_site.watching.endpoint import serve_metrics

        serve_metrics(metrics_bind)


def on_exit(server: object) -> None:
    """Leave nothing behind."""
    if metrics_bind:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def _read_register(log: object) -> None:
    from django.db import connections

    from processing.finding.register import read_public_register

    try:
        read_public_register()
    except Exception as error:  # whatever it is, an operator must see it
        # The workers start, and say at /readyz that they are not ready until they have read it.
        log.error("The register could not be read: %s: %s", type(error).__name__, error)
    # No worker may share a connection with another.
    connections.close_all()
