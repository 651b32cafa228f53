"""Who passes data to whom, in numbers: an exchange is an entry of one body that names another.

They are counted from the sets of the facet index, so they are those of the lists behind them.
"""

from collections import Counter
from dataclasses import dataclass, field

from pyroaring import BitMap

from organisations.directory import Directory, directories
from organisations.languages import LANGUAGES
from organisations.revision import RegisterRevision, kept_until_changed
from processing.finding.filters import FacetIndex, facet_index_at
from processing.finding.results import page_by_name
from processing.paging import Listing

# Before the code of a kind of bodies, where a body may stand as well: no slug has a dot.
OF_KIND = "kind."


@dataclass(frozen=True)
class Exchanges:
    """How many exchanges there are; bodies stand by their slugs, kinds of bodies by their codes."""

    passed_on: Counter[str] = field(default_factory=Counter)
    received: Counter[str] = field(default_factory=Counter)
    # From one kind of body to another.
    between_kinds: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __len__(self) -> int:
        return self.passed_on.total()

    def number_of(self, slug: str) -> int:
        """Those that the body takes part in, on either side."""
        return self.passed_on[slug] + self.received[slug]

    def bodies(self) -> list[str]:
        """The bodies that take part, those with the most exchanges first."""
        taking_part = {*self.passed_on, *self.received}
        return sorted(taking_part, key=lambda slug: (-self.number_of(slug), slug))


@kept_until_changed("publications", "organisations", "code_lists")
def exchanges_at(revision: RegisterRevision) -> Exchanges:
    """All exchanges at this revision, counted once in a process: no query."""
    facets = facet_index_at(revision)
    kinds = {body.slug: body.kind for body in directories(revision)[LANGUAGES[0]]}
    found = Exchanges()
    for receiver in facets.options["to"]:
        for giver, count in givers_of(receiver, facets).items():
            found.passed_on[giver] += count
            found.received[receiver] += count
            found.between_kinds[kinds[giver], kinds[receiver]] += count
    return found


def receivers_of(giver: str, facets: FacetIndex) -> Counter[str]:
    """The bodies that the entries of this one name, with how many of them do."""
    return _sizes(facets.options["body"][giver], facets.options["to"])


def givers_of(receiver: str, facets: FacetIndex) -> Counter[str]:
    """The bodies whose entries name this one, with how many of them do."""
    return _sizes(facets.options["to"][receiver] & facets.entries, facets.options["body"])


def chosen_exchanges(
    chosen: dict[str, str], facets: FacetIndex, directory: Directory, language: str
) -> Listing:
    """(key of the entry, slug of the receiver) of the exchanges that are asked for.

    By the name of the receiver, then by that of the entry. `chosen` has a body or a kind of bodies
    under "from" and "to" and a category under "data"; empty where all are meant.
    """
    receivers = _receivers(chosen, facets, directory)

    def part(start: int, stop: int) -> list[tuple[int, str]]:
        pairs: list[tuple[int, str]] = []
        before = 0
        for slug, entries in receivers.items():
            if before < stop and before + len(entries) > start:
                first, last = max(start - before, 0), stop - before
                keys = page_by_name(facets, entries, first, last, language=language)
                pairs += [(key, slug) for key in keys]
            before += len(entries)
        return pairs

    return Listing(sum(len(entries) for entries in receivers.values()), part)


def _receivers(
    chosen: dict[str, str], facets: FacetIndex, directory: Directory
) -> dict[str, BitMap]:
    """Slug of each body that receives -> the entries that name it, in the order of names."""
    giver, receiver = chosen["from"], chosen["to"]
    narrowed_by = {"data": chosen["data"]}
    if giver.startswith(OF_KIND):
        narrowed_by["kind"] = giver.removeprefix(OF_KIND)
    else:
        narrowed_by["body"] = giver
    found = facets.found({name: [option] for name, option in narrowed_by.items() if option})
    received = facets.options["to"]
    return {
        body.slug: received[body.slug] & found
        for body in directory
        if receiver in ("", body.slug, f"{OF_KIND}{body.kind}")
    }


def _sizes(entries: BitMap, options: dict[str, BitMap]) -> Counter[str]:
    if not entries:
        return Counter()
    counts = {option: entries.intersection_cardinality(s) for option, s in options.items()}
    return Counter({option: count for option, count in counts.items() if count})
