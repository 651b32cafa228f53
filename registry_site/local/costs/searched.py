"""Every address of the site with what it can be asked, and chance combinations of that."""

import random
from collections.abc import Iterator
from itertools import islice, product
from urllib.parse import urlencode

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils.timezone import localdate

from organisations.read_snapshot import read_snapshot
from organisations.revision import current_revision
from processing.exports.formats import FORMATS
from processing.finding.filters import FILTERS, facet_index_at
from processing.finding.list_query import LONGEST_TEXT, SORTS
from processing.finding.suggestions import as_asked
from processing.linked_data.formats import LINKED_DATA
from processing.models import CODE_LISTS, DataCategory, DataSubjectCategory, Theme
from registry_site.explainer.contents import TOPICS
from registry_site.local.costs.server import Request, cookie_header
from registry_site.middleware import LONGEST_QUERY

LANGUAGES = ("nl", "de")
# So many addresses of one kind, by chance; and so many questions to a list.
MOST_OF_A_KIND, COMBINATIONS = 40, 200
COMMON = {
    "nl": "gegevens van de persoon en het dossier voor controle politie belasting",
    "de": "Daten der Person und die Akte zur Kontrolle Polizei Steuer Einkommen",
}
LISTS = "admin/processing/"


def texts() -> Iterator[str]:
    """What somebody may look for: common words, many, misspelt, cut short, in every form."""
    for words in COMMON.values():
        yield from (words, words.split()[0], words.replace(" ", " OR "), f'"{words}"')
        yield " ".join(f"-{word}" for word in words.split())
        yield " ".join(
            f"{word[0]}{word[2]}{word[1]}{word[3:]}" for word in words.split() if word[3:]
        )
        yield " ".join(word[:3] for word in words.split())
    yield from ("a " * (LONGEST_TEXT // 2), "abcdefghi " * (LONGEST_TEXT // 10), "e" * LONGEST_TEXT)
    yield from ("w10000 w10001 w10002 " * 10, "' OR 1=1 --", "<b>&</b> " * 20, "%" * LONGEST_TEXT)


def queries(kind: str, chance: random.Random) -> Iterator[str]:
    """What can stand behind the question mark of an address of this kind."""
    yield ""
    if kind == "{lang}/processing/":
        with read_snapshot():
            found = facet_index_at(current_revision()).options
        options = {name: list(found[name]) for name in FILTERS}
        every = [(name, option) for name in options for option in options[name]]
        yield from (urlencode({"q": text, "sort": sort}) for text in texts() for sort in SORTS)
        yield from (urlencode({name: options[name], "more": name}, doseq=True) for name in options)
        yield from (urlencode({"more": name, "page": 3}) for name in options)
        for _round in range(COMBINATIONS):
            chosen = chance.sample(every, chance.randint(1, min(150, len(every))))
            chosen += [("sort", chance.choice(SORTS)), ("more", chance.choice(list(options)))]
            if chance.random() < 0.7:
                chosen.append(("q", chance.choice(list(texts()))))
            yield urlencode(chosen)[:LONGEST_QUERY]
    elif kind == "api/v1/processingActivities":
        yield from ("embed=items&pageSize=100", "pageSize=100&select=(items(name(nl)))")
        yield from (
            f"pageSize=100&sort={sort}" for sort in ("name", "organisation", "-publishedAt")
        )
        yield from (urlencode({"q": text, "embed": "items", "pageSize": 100}) for text in texts())
    elif kind in ("api/v1/changes", "api/v1/exchanges", "api/v1/organisations"):
        yield from ("pageSize=100", "page=2&pageSize=100", "page=900", "since=2020-01-01", "q=a")
    elif kind.endswith("processing/files/<slug:file_format>/"):
        yield from ("body=fps-finance", "data=M1&transfer=yes", "since=2020-01-01")
        yield from (urlencode({"q": text}) for text in islice(texts(), 4))
    elif kind == "{lang}/suggestions/":
        yield from (urlencode({"q": as_asked(text)}) for text in texts())
        yield urlencode({"q": " ".join(("de", "be", "in", "ge", "ve", "co", "on", "re"))})
    elif kind in ("{lang}/exchanges/", "sitemap-<slug:section>.xml"):
        yield from ("page=2", "page=5", "p=1", "from=fps-finance", "to=fps-finance&page=2")
    elif kind == "{lang}/contact/":
        yield from (urlencode({"kind": "erasure", "q": text[:100].strip()}) for text in texts())
    elif kind == "{lang}/changes/feed/":
        yield from ("body=fps-finance", "people=01", "data=M1&transfer=yes", "since=2020-01-01")
        yield from (urlencode({"q": text}) for text in islice(texts(), 4))
    elif kind.startswith("{lang}/changes/"):
        yield from ("page=2", "body=fps-finance", "body=fps-finance&page=2")
    elif kind.startswith("{lang}/organisations/<slug:slug>/"):
        yield from ("page=1&received=2", "activity=1&kind=erasure", "kind=question")
    elif "/import/" in kind:
        yield from ("page=2", "page=500", "show=new&page=2", "entries=all")
    elif kind.startswith("admin/"):
        yield from (urlencode({"q": text, "o": "1.-2.3.-4.5"}) for text in islice(texts(), 8))
        yield "q=" + "+".join("a" for _ in range(LONGEST_QUERY // 2 - 2))
        yield "q=" + "+".join(f"{n:x}" for n in range(800))
        yield from ("all=", "p=2", "state=published&gap=required&review=overdue", "o=3.-1")


def kinds(resolver: object = None, prefix: str = "") -> Iterator[tuple[str, object]]:
    """(kind, pattern) of every address; `{lang}` stands for the language."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            is_language = isinstance(entry.pattern, LocalePrefixPattern)
            yield from kinds(entry, prefix + ("{lang}/" if is_language else str(entry.pattern)))
        elif "(?P<" not in str(entry.pattern):
            yield prefix + str(entry.pattern), entry


def pages(values: dict[str, list], *, of_the_admin: bool, cookies: dict[str, str]) -> list[Request]:
    """What can be fetched: every kind of address, with every value or so of its parts."""
    chance = random.Random("costs")
    found = []
    for kind, pattern in kinds():
        if kind.startswith("admin/") != of_the_admin or "logout" in kind:
            continue
        names = list(pattern.pattern.converters)
        rows = list(product(*(values_of(kind, name, values) for name in names)))
        for row in chance.sample(rows, min(MOST_OF_A_KIND, len(rows))):
            path = kind
            for name, value in zip(names, row, strict=True):
                start = path.rindex("<", 0, path.index(f"{name}>"))
                path = path[:start] + str(value) + path[path.index(">", start) + 1 :]
            for query in queries(kind, chance):
                for language in LANGUAGES if "{lang}" in path and len(rows) < 5 else ["nl"]:
                    address = "/" + path.replace("{lang}", language) + f"?{query}".rstrip("?")
                    found.append(Request(address, headers=cookie_header(cookies)))
    return found


def values_of(kind: str, name: str, values: dict[str, list]) -> list:
    """The values of a part of an address. Raises KeyError for one that nobody has thought of."""
    if name == "object_id":
        return next((keys for start, keys in values.items() if kind.startswith(start)), ["1"])
    if kind.startswith("api/") and name in ("code_list", "code"):
        return {"code_list": ["personalData", "countries"], "code": ["A", "M1", "BE"]}[name]
    if name == "code":
        people = kind.startswith("{lang}/people")
        return _codes(DataSubjectCategory if people else DataCategory)
    known = {
        **values,
        "people": _codes(DataSubjectCategory),
        "theme": _codes(Theme),
        "topic": list(TOPICS),
        "code_list": ["purposes", "data", "security-measures"],
        "file_format": list(FORMATS),
        "syntax": list(LINKED_DATA),
        "language": ["nl", "de"],
        "uidb64": ["MQ"],
        "token": ["set-password"],
        "reference": ["2222-2222"],
        "month": [f"{localdate():%Y-%m}", "2026-01"],
    }
    if name == "key" and "/import/" in kind:
        return known["import"]
    return known["step" if "/steps/" in kind else name]


def choices_of_the_admin(cookies: dict[str, str]) -> list[Request]:
    """What the fields look for while somebody types."""
    fields = [
        ("processingactivity", name)
        for name in ("organisation", "replaced_by", "themes", "data_subjects", "security_measures")
    ]
    fields += [("purpose", "category"), ("dataitem", "category"), ("dataitem", "about")]
    fields += [("recipient", "organisation"), ("recipient", "category"), ("transfer", "mechanism")]
    return [
        Request(
            "/admin/autocomplete/?"
            + urlencode(
                {"app_label": "processing", "model_name": model, "field_name": name, "term": term}
            ),
            headers=cookie_header(cookies),
        )
        for model, name in fields
        for term in ("", "a", "a " * 1500, " ".join(f"{n:x}" for n in range(700)))
    ]


def _codes(model: type) -> list[str]:
    return list(model.objects.values_list("code", flat=True))


# The lists of the admin that hold what the code lists hold.
CODE_LIST_ADMINS = [f"{LISTS}{model._meta.model_name}/" for model in CODE_LISTS.values()]
