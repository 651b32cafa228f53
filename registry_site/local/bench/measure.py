"""What each kind of page costs: queries, time in the database, time in all."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from gzip import compress
from statistics import median, quantiles

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from organisations.models import Organisation
from processing.models import Publication

ROUNDS = 40
DEEPEST = 48


@dataclass
class Cost:
    page: str
    queries: int
    database_median: float
    database_p95: float
    page_median: float
    page_p95: float
    kilobytes: float

    @classmethod
    def heading(cls) -> str:
        return (
            f"{'page':34} {'queries':>7} {'database ms':>12} {'p95':>7} {'page ms':>9} {'p95':>7}"
            f" {'KB gzip':>8}"
        )

    def __str__(self) -> str:
        return (
            f"{self.page:34} {self.queries:7} {self.database_median:12.2f} {self.database_p95:7.2f}"
            f" {self.page_median:9.2f} {self.page_p95:7.2f} {self.kilobytes:8.1f}"
        )


def measure(entries: int, *, only: str = "") -> list[dict]:
    """Print a table of every kind of page, or of those that are called so, and return it."""
    print(Cost.heading())
    kinds = {name: address for name, address in pages(entries).items() if only in name}
    measured = costs(kinds, Client())
    for cost in measured:
        print(cost, flush=True)
    return [asdict(cost) for cost in measured]


def pages(entries: int) -> dict[str, Callable[[random.Random], str]]:
    """Kind of page -> an address of it by chance, the same ones in every run."""
    current = Publication.objects.current()
    some = list(
        current.order_by("pk").values_list("organisation__slug", "number")[:: entries // 200]
    )
    bodies = list(Organisation.objects.public().order_by("slug").values_list("slug", flat=True))
    last = -(-entries // 25)
    listed = "/{lang}/processing/"
    filters = {
        "theme": "HEAL",
        "people": "16",
        "data": "M",
        "body": bodies[0],
        "kind": "fps",
        "purpose": "A",
        "basis": "e",
        "to": "fps-finance",
        "recipient": "H",
        "sensitive": "special",
        "transfer": "yes",
        "automated": "yes",
        "language": "de",
        "since": "2025-01-01",
    }
    searches = {
        "rare word": {"nl": "luchtvaart", "fr": "aviation", "de": "Luftfahrt", "en": "aviation"},
        "common word": {"nl": "gegevens", "fr": "données", "de": "Daten", "en": "data"},
        "place in titles": {"nl": "Brussel", "fr": "Brussel", "de": "Brussel", "en": "Brussel"},
        "three words": {
            "nl": "aangifte belasting inkomsten",
            "fr": "déclaration impôt revenus",
            "de": "Steuer Erklärung Einkommen",
            "en": "tax return income",
        },
        "words with OR and filters": {
            "nl": "gegevens OR controle OR dossier",
            "fr": "données OR contrôle OR dossier",
            "de": "Daten OR Kontrolle OR Akte",
            "en": "data OR control OR file",
        },
        "phrase": {
            "nl": '"federale politie"',
            "fr": '"police fédérale"',
            "de": '"Föderale Polizei"',
            "en": '"federal police"',
        },
        "beginning of a word": {"nl": "belas", "fr": "finan", "de": "Steu", "en": "finan"},
        "by meaning": {
            "nl": "waarom is mijn uitkering gestopt",
            "fr": "pourquoi on a saisi mon salaire",
            "de": "warum bekomme ich kein Geld mehr",
            "en": "why was I turned away at the border",
        },
        "typing error": {"nl": "belastng", "fr": "imopt", "de": "Steurer", "en": "polce"},
    }

    beginnings = {
        "two letters": {"nl": "be", "fr": "co", "de": "be", "en": "re"},
        "a word": {"nl": "belas", "fr": "finan", "de": "steu", "en": "police"},
        "two words": {
            "nl": "gegevens bru",
            "fr": "gestion des",
            "de": "verwaltung be",
            "en": "management of",
        },
    }

    def in_some_language(path: str) -> Callable[[random.Random], str]:
        return lambda chance: path.format(lang=chance.choice(["nl", "fr", "de", "en"]))

    def search(
        words: dict[str, str], more: str = "", *, page: str = "processing"
    ) -> Callable[[random.Random], str]:
        def address(chance: random.Random) -> str:
            language = chance.choice(list(words))
            return f"/{language}/{page}/?q={words[language]}{more}"

        return address

    def entry(path: str = "") -> Callable[[random.Random], str]:
        def address(chance: random.Random) -> str:
            slug, number = chance.choice(some)
            return f"/{chance.choice(['nl', 'fr'])}/processing/{slug}/{number}/{path}"

        return address

    five = "?theme=HEAL&data=M&basis=e&transfer=no&language=nl"
    return {
        "home": in_some_language("/{lang}/"),
        "bodies": in_some_language("/{lang}/organisations/"),
        "body": lambda chance: f"/nl/organisations/{chance.choice(bodies)}/",
        "entry": entry(),
        "history of an entry": entry("history/"),
        "kinds of data": in_some_language("/{lang}/data/"),
        "health data": in_some_language("/{lang}/data/M/"),
        "exchanges": in_some_language("/{lang}/exchanges/"),
        "list": in_some_language(listed),
        "list, last page": in_some_language(f"{listed}?page={last}"),
        "list, middle page": in_some_language(f"{listed}?page={last // 2}"),
        "list by body": in_some_language(f"{listed}?sort=body"),
        "list, newest": in_some_language(f"{listed}?sort=newest"),
        **{
            f"filter: {name}": in_some_language(f"{listed}?{name}={option}")
            for name, option in filters.items()
        },
        "five filters": in_some_language(listed + five),
        **{f"search: {name}": search(words) for name, words in searches.items()},
        **{
            f"suggestions: {name}": search(letters, page="suggestions")
            for name, letters in beginnings.items()
        },
        "search: OR with three filters": search(
            searches["words with OR and filters"], "&theme=HEAL&basis=e&language=nl"
        ),
        "search: common word, page 40": search(searches["common word"], "&page=40"),
        **{f"API: {name}": _fixed(f"/api/v1/{path}") for name, path in programs(entries).items()},
        "API: entry": lambda chance: "/api/v1/processingActivities/{}/{}".format(
            *chance.choice(some)
        ),
    }


def programs(entries: int) -> dict[str, str]:
    """What programs ask for: a hundred at once, and all that is told of each."""
    listed = "processingActivities?pageSize=100"
    return {
        "100 entries": listed,
        "100 entries, last page": f"{listed}&page={-(-entries // 100)}",
        "100 entries, newest": f"{listed}&sort=-publishedAt",
        "100 entries, three filters": f"{listed}&theme=HEAL&basis=e&language=nl",
        "100 entries in one language": f"{listed}&lang=fr",
        "100 whole entries": f"{listed}&embed=items",
        "100 entries found by a word": f"{listed}&lang=nl&q=luchtvaart",
        "100 changes": "changes?pageSize=100",
        "100 changes since a day": "changes?pageSize=100&since=2025-01-15",
        "100 exchanges": "exchanges?pageSize=100",
        "100 bodies": "organisations?pageSize=100",
        "a code list": "refData/personalData?pageSize=100",
    }


def _fixed(address: str) -> Callable[[random.Random], str]:
    return lambda chance: address


def costs(kinds: dict[str, Callable[[random.Random], str]], client: Client) -> list[Cost]:
    """What kinds of pages cost, over some addresses of each.

    They come in any order, as visitors ask, and at some depth of calls each. Python keeps its
    frames in pieces of 16 KB: where a loop that runs often calls across the end of a piece, a page
    takes up to twice its time, which says something about the depth and nothing about the page.
    """
    chance = random.Random(len(kinds))
    asked = [(name, address(chance)) for name, address in kinds.items() for _round in range(ROUNDS)]
    for path in dict.fromkeys(path for _name, path in asked):
        client.get(path, follow=True)  # what a process keeps is kept by now
    chance.shuffle(asked)
    found: dict[str, list[tuple]] = {name: [] for name in kinds}
    for serial, (name, path) in enumerate(asked):
        # No process keeps a page of this release yet: it is made anew.
        settings.RELEASE = str(serial)
        with _watched() as times:
            started = time.perf_counter()
            response = _at_depth(chance.randrange(DEEPEST), lambda path=path: client.get(path))
            whole = (time.perf_counter() - started) * 1000
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}")
        size = len(compress(response.content))
        found[name].append((len(times), sum(times) * 1000, whole, size))
    return [_cost(name, *zip(*measured, strict=True)) for name, measured in found.items()]


def _at_depth(frames: int, ask: Callable[[], HttpResponse]) -> HttpResponse:
    return ask() if not frames else _at_depth(frames - 1, ask)


def _cost(name: str, queries: tuple, database: tuple, whole: tuple, sizes: tuple) -> Cost:
    return Cost(
        page=name,
        queries=max(queries),
        database_median=median(database),
        database_p95=_p95(database),
        page_median=median(whole),
        page_p95=_p95(whole),
        kilobytes=max(sizes) / 1024,
    )


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The seconds that each query takes, its answer read."""
    times: list[float] = []

    def wrapper(execute, sql, params, many, context):
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            times.append(time.perf_counter() - started)

    with connection.execute_wrapper(wrapper):
        yield times


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]
