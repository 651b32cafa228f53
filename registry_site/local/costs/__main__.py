"""What the dearest requests cost, and whether they keep others waiting: `make costs`.

On the demonstration register with an entry at all its limits, over the loopback interface, in some
minutes. The figures of the last run that somebody kept stand in docs/costs.md.
"""

import argparse
import os
import time
from pathlib import Path

from registry_site.local.port import free_port
from registry_site.local.postgres import PrivatePostgres

DIRECTORY = Path(__file__).resolve().parent.parent.parent.parent / "var" / "costs"
# What one request may cost: seconds of a processor core, and megabytes.
MOST_SECONDS, MOST_GROWTH = 0.5, 20


def yardstick() -> float:
    """What to compare the figures of two machines by."""
    started = time.process_time()
    sum(number + 1 for number in range(10_000_000))
    return time.process_time() - started


def main() -> None:
    parser = argparse.ArgumentParser(prog="registry_site.local.costs", description=__doc__)
    parser.add_argument("--load-only", action="store_true", help="leave the search out")
    arguments = parser.parse_args()
    DIRECTORY.mkdir(parents=True, exist_ok=True)
    database = PrivatePostgres(DIRECTORY / "postgres", throw_away=True)
    os.environ.update(
        DATABASE_URL=database.start(),
        DJANGO_SETTINGS_MODULE="registry_site.settings",
        SECRET_KEY="only-for-measuring",
        ALLOWED_HOSTS="testserver,127.0.0.1",
        HTTPS="0",
        TWO_FACTOR="0",
        DEMONSTRATION="1",
        STATEMENT_TIMEOUT="0",
        STATIC_ROOT=str(DIRECTORY / "static"),
        MAIL_DIRECTORY=str(DIRECTORY / "mail"),
    )
    os.environ.setdefault("PORT", "8390")
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("compilemessages")
        call_command("collectstatic", verbosity=0, interactive=False)
        from registry_site.local.costs.register import Register
        from registry_site.local.costs.search import dearest, print_table
        from registry_site.local.costs.waiting import measure_waiting

        print(f"Ten million additions take {yardstick():.2f} s of a processor core here.")
        register = Register.made()
        port = free_port()
        measure_waiting(register, port)
        process = database.process_id
        if not arguments.load_only:
            for who, requests in register.requests().items():
                costs = dearest(requests, port, postgres=process)
                print_table(who, costs)
    finally:
        database.stop()


if __name__ == "__main__":
    main()
