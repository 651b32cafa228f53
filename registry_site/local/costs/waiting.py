"""How long the public waits while people of the admin ask for what is dearest."""

import random
import threading
import time
from collections import Counter
from statistics import median, quantiles

from registry_site.local.costs.register import ACTIVITIES, BODY, Register
from registry_site.local.costs.server import Request, Server, cookie_header

SECONDS = 20
VISITORS = 2


def measure_waiting(register: Register, port: int) -> None:
    """Print what visitors wait with nobody in the admin, and with ten dear requests at a time."""
    change = f"{ACTIVITIES}{register.full.pk}/change/"
    wrong = register.form | {"known": "1", "legal_grounds-0-ground": "x"}
    asked = {
        "nobody": [],
        f"GET {change}": [
            Request(change, headers=cookie_header(cookies)) for cookies in register.colleagues
        ],
        f"POST {change} (an old form with an error)": [
            Request.posted(change, wrong, cookies, "") for cookies in register.colleagues
        ],
    }
    print("\n| ten editors | visitors' median ms | p95 ms | most ms | pages | answers |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for name, requests in asked.items():
        with Server(port, workers=2) as server:
            _warm(server, register)
            times, answers = _under(server, requests, register)
        told = ", ".join(
            f"{number} × {who} {status}" for (who, status), number in sorted(answers.items())
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


def _under(server: Server, asked: list[Request], register: Register) -> tuple[list[float], Counter]:
    """The milliseconds of each visit, and how often who got which answer; 0 for none."""
    until = time.monotonic() + SECONDS
    times: list[float] = []
    answers: Counter = Counter()

    def answer(who: str, request: Request) -> None:
        try:
            status, _content = server.ask(request)
        except OSError:
            status = 0
        answers[who, status] += 1

    def edit(request: Request) -> None:
        while time.monotonic() < until:
            answer("editor", request)

    def visit(seed: int) -> None:
        chance = random.Random(seed)
        while time.monotonic() < until:
            started = time.monotonic()
            answer("visitor", _public(register, chance))
            times.append((time.monotonic() - started) * 1000)
            time.sleep(0.02)

    people = [threading.Thread(target=visit, args=(seed,)) for seed in range(VISITORS)]
    people += [threading.Thread(target=edit, args=(request,)) for request in asked]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return times, answers
