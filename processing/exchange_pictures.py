"""What the pictures of exchanges are drawn from: lengths and sizes beside the numbers they show."""

from dataclasses import dataclass
from math import sqrt

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.directory import Body, Directory
from organisations.models import Organisation
from processing.exchanges import OF_KIND, Exchanges

# The length of the longest bar, and the radius of the largest and the smallest circle.
LONGEST, LARGEST, SMALLEST = 100, 21, 9
Kind = Organisation.Kind
# For the heads of narrow columns.
SHORT_NAMES: dict[str, Promise] = {
    Kind.FPS: _("Public services"),
    Kind.PPS: _("Planning services"),
    Kind.DEFENCE_POLICE: _("Defence, police"),
    Kind.SOCIAL_SECURITY: _("Social security"),
    Kind.SCIENTIFIC: _("Science"),
    Kind.AGENCY: _("Agencies"),
    Kind.AUTHORITY: _("Authorities"),
    Kind.ENTERPRISE: _("Enterprises"),
    Kind.OTHER: _("Others"),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A body with what it passes on and receives, and the lengths of both bars."""

    body: Body
    passed_on: int
    received: int
    passed_on_length: int
    received_length: int

    @property
    def passed_on_start(self) -> int:
        """The bar of what is passed on ends in the middle."""
        return LONGEST - self.passed_on_length


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes from one kind of bodies to another, and how large it is drawn."""

    giver: Promise
    receiver: Promise
    query: str
    count: int
    size: int

    @property
    def told(self) -> str:
        """For whoever does not see where the number stands."""
        return gettext("from %(giver)s to %(receiver)s") % {
            "giver": self.giver,
            "receiver": self.receiver,
        }


@dataclass(frozen=True, slots=True)
class Partner:
    """A body that another one exchanges data with."""

    body: Body
    count: int
    length: int


def ranking_of(exchanges: Exchanges, directory: Directory) -> list[Ranked]:
    """Every body that takes part, those with the most exchanges first."""
    longest = max([*exchanges.passed_on.values(), *exchanges.received.values()], default=1)
    return [
        Ranked(
            body=directory.by_slug[slug],
            passed_on=exchanges.passed_on[slug],
            received=exchanges.received[slug],
            passed_on_length=length(exchanges.passed_on[slug], longest),
            received_length=length(exchanges.received[slug], longest),
        )
        for slug in exchanges.bodies()
    ]


def partners_of(counts: dict[str, int], directory: Directory, longest: int) -> list[Partner]:
    """The bodies behind the counts, the most first, against the longest bar of the picture."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Partner(directory.by_slug[slug], count, length(count, longest)) for slug, count in ranked
    ]


def matrix_of_kinds(exchanges: Exchanges) -> dict:
    """From each kind of bodies (rows) to each (columns); None where nothing is passed on."""
    counts = exchanges.between_kinds
    givers = [kind for kind in Kind if any(pair[0] == kind for pair in counts)]
    receivers = [kind for kind in Kind if any(pair[1] == kind for pair in counts)]
    largest = max(counts.values(), default=1)
    return {
        "columns": [SHORT_NAMES[kind] for kind in receivers],
        "rows": [
            (giver.label, [_cell(exchanges, giver, receiver, largest) for receiver in receivers])
            for giver in givers
        ],
    }


def flows_between_kinds(exchanges: Exchanges, limit: int) -> list[Flow]:
    """The largest ones, with the lengths of their bars."""
    counts = exchanges.between_kinds.most_common(limit)
    longest = counts[0][1] if counts else 1
    return [_flow(*pair, count, length(count, longest)) for pair, count in counts]


def length(count: int, longest: int) -> int:
    """What is not nothing can be seen."""
    return max(round(LONGEST * count / longest), 1) if count else 0


def _cell(exchanges: Exchanges, giver: str, receiver: str, largest: int) -> Flow | None:
    """The area of a circle tells the number."""
    count = exchanges.between_kinds[giver, receiver]
    radius = round(SMALLEST + (LARGEST - SMALLEST) * sqrt(count / largest))
    return _flow(giver, receiver, count, radius) if count else None


def _flow(giver: str, receiver: str, count: int, size: int) -> Flow:
    query = f"from={OF_KIND}{giver}&to={OF_KIND}{receiver}"
    return Flow(Kind(giver).label, Kind(receiver).label, query, count, size)
