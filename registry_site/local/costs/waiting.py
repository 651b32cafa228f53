"""How long the public waits while people of the admin ask for what is dearest."""

import random
import threading
import time
from collections import Counter
from statistics import median, quantiles

from registry_site.local.costs.register import ACTIVITIES, BODY, Register
from registry_site.local.costs.server import Request, Server, cookie_header

SECONDS = 20
EDITORS, VISITORS = 10, 2


def measure_waiting(register: Register, port: int) -> None:
    """Print what visitors wait with nobody in the admin, and with ten dear requests at a time."""
    dear = [
        Request.posted(
            f"{ACTIVITIES}{register.full.pk}/change/",
            register.form | {"known": "1", "purposes-0-legal_basis": "x"},
            register.cookies,
            "an old form with an error",
        ),
        Request(f"{ACTIVITIES}{register.full.pk}/change/", headers=cookie_header(register.cookies)),
    ]
    print("\n| ten editors | visitors' median ms | p95 ms | most ms | pages | to editors |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for name, asked in (("nobody", None), *((str(request), request) for request in dear)):
        with Server(port, workers=2) as server:
            _warm(server, register)
            times, answers = _under(server, asked, register)
        told = ", ".join(
            f"{number} × {status}" for status, number in sorted(answers.items(), key=str)
        )
        figures = (median(times), quantiles(times, n=20)[-1], max(times), len(times))
        row = " | ".join(f"{figure:.0f}" for figure in figures)
        print(f"| `{name}` | {row} | {told} |", flush=True)


def _public(register: Register, chance: random.Random) -> Request:
    return Request(
        chance.choice(
            [
                "/nl/",
                f"/fr/processing/?page={chance.randint(1, 8)}",
                f"/de/processing/?q={chance.choice(['Daten', 'Polizei', 'Steuer'])}",
                f"/nl/organisations/{BODY}/",
                f"/nl/processing/{BODY}/{chance.randint(1, 5)}/",
                "/en/exchanges/",
            ]
        )
    )


def _warm(server: Server, register: Register) -> None:
    chance = random.Random(0)
    for _round in range(60):
        server.ask(_public(register, chance))


def _under(
    server: Server, asked: Request | None, register: Register
) -> tuple[list[float], Counter]:
    """The milliseconds of each visit, and how often editors got which answer."""
    until = time.monotonic() + SECONDS
    times: list[float] = []
    answers: Counter = Counter()

    def edit() -> None:
        while time.monotonic() < until:
            try:
                answers[server.ask(asked)[0]] += 1
            except OSError:
                answers["none"] += 1

    def visit(seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            started = time.monotonic()
            try:
                status = server.ask(_public(register, chance))[0]
            except OSError:
                status = 0
            times.append((time.monotonic() - started) * 1000)
            if status not in (200, 404):
                answers[f"visitor {status}"] += 1
            time.sleep(0.02)

    people = [threading.Thread(target=visit, args=(seed,)) for seed in range(VISITORS)]
    people += [threading.Thread(target=edit) for _ in range(EDITORS if asked else 0)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return times, answers
