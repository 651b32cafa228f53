"""The dearest of many requests."""

from statistics import median

from registry_site.local.costs.__main__ import MOST_GROWTH, MOST_SECONDS
from registry_site.local.costs.server import Cost, Request, Server

# So many are measured again, and so often; and so many are told.
AGAIN, TIMES, TOLD = 12, 3, 12
# The same from the first request to the last.
ONE_WORKER = ("--max-requests", "0")


def dearest(requests: list[Request], port: int, *, postgres: int) -> list[Cost]:
    """What each costs a server that has answered before, the dearest first.

    What is posted is measured once, in the order given: it may change what others find.
    """
    with Server(port, *ONE_WORKER, workers=1, postgres=postgres) as server:
        for request in requests[:20]:
            server.ask(request)
        costs = []
        for number, request in enumerate(requests):
            costs.append(server.cost(request))
            print(f"\r{number + 1} of {len(requests)}", end="", flush=True)
        print()
    with Server(port, *ONE_WORKER, workers=1, postgres=postgres) as server:
        for request in requests[:20]:
            server.ask(request)
        first = sorted(costs, key=_weight, reverse=True)
        again = [cost for cost in first if cost.request.body is None][:AGAIN]
        measured = {cost.request: cost for cost in costs}
        for cost in again:
            several = [cost, *(server.cost(cost.request) for _ in range(TIMES - 1))]
            typical = sorted(several, key=lambda found: found.cpu)[len(several) // 2]
            measured[cost.request] = typical
    return sorted(measured.values(), key=_weight, reverse=True)


def _weight(cost: Cost) -> float:
    return max(cost.cpu / MOST_SECONDS, cost.growth / MOST_GROWTH)


def print_table(who: str, costs: list[Cost]) -> None:
    """In Markdown, for docs/costs.md: of each address, what costs most there."""
    print(f"\nThe dearest of {len(costs)} requests of {who}\n")
    print("| request | answer | CPU s, web | CPU s, database | growth MB | answer MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    of_each: dict[tuple[str, str], Cost] = {}
    for cost in costs:
        of_each.setdefault((cost.request.path.partition("?")[0], cost.request.name), cost)
    too_dear = [cost for cost in of_each.values() if _weight(cost) > 1]
    for cost in list(of_each.values())[: max(TOLD, len(too_dear))]:
        print(
            f"| `{cost.request}` | {cost.status} | {cost.web:.2f} | {cost.database:.2f}"
            f" | {cost.growth:.0f} | {cost.size:.2f} |"
        )
    middle = median(cost.cpu for cost in costs)
    print(f"\n{len(too_dear)} cost too much; the median takes {middle:.3f} s.\n", flush=True)
