"""What an entry's page is built from: questions, answers, and the rows that hold them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import dropwhile, takewhile

from django.utils.safestring import SafeString

from organisations.directory import Body
from organisations.languages import Passage
from organisations.templatetags.words import divisible_address


class Link(Passage):
    """A link as an answer. Renders as one, so that templates need not look."""

    __slots__ = ("url",)

    url: str

    @classmethod
    def of(cls, text: Passage | str, url: str) -> "Link":
        if isinstance(text, Passage):
            link = cls(text.plain, text.language, text.page_language)
        else:
            link = cls(text, "", "")
        link.url = url
        return link

    def __html__(self) -> SafeString:
        shown = super().__html__() if self.plain != self.url else divisible_address(self.url)
        # Not format_html(): a page has some forty.
        return SafeString(f'<a href="{escape(self.url)}">{shown}</a>')


Answer = Passage | str


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its answers."""

    label: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things in a section: a purpose, a category of data, a recipient."""

    title: Answer | None
    rows: list[Row]
    marks: list[str] = field(default_factory=list)
    # What things like it are called: those of a kind stand in one table, under this heading.
    kind: str = ""

    @property
    def lists(self) -> list[list[Row]]:
        """The rows in lists in which each label stands once: of two periods, each has its own."""
        lists: list[dict[str, Row]] = []
        for row in self.rows:
            if not lists or row.label in lists[-1]:
                lists.append({})
            lists[-1][row.label] = row
        return [list(rows.values()) for rows in lists]


@dataclass(frozen=True, slots=True)
class Table:
    """Things of a kind with the labels that they have, in the order in which these come."""

    kind: str
    labels: list[str]
    items: list[Item]


def _labels_in_order(items: list[Item]) -> list[str]:
    """Each label once, behind the one that it stands behind in the first item that has it."""
    labels: list[str] = []
    for item in items:
        place = 0
        for row in item.rows:
            if row.label not in labels:
                labels.insert(place, row.label)
            place = labels.index(row.label) + 1
    return labels


@dataclass(frozen=True, slots=True)
class Section:
    """A question about the entry, with its answers."""

    key: str
    title: str
    items: list[Item]
    # Without answers: that there is nothing, where the body says so; else that it says nothing.
    declared: str = ""
    unsaid: str = ""
    # Whether its answers, on a screen, wait for those who want them.
    comes_after: bool = False

    @property
    def nothing(self) -> str:
        """What to say when there is no answer."""
        return self.declared or self.unsaid

    @property
    def is_folded(self) -> bool:
        return self.comes_after and bool(self.items)

    @property
    def tables(self) -> list[Table]:
        """What stands in tables, those of a kind together."""
        of_kinds: dict[str, list[Item]] = {}
        for item in self.items:
            if item.kind:
                of_kinds.setdefault(item.kind, []).append(item)
        return [Table(kind, _labels_in_order(items), items) for kind, items in of_kinds.items()]

    @property
    def names(self) -> list[Answer]:
        """What is only named."""
        return [item.title for item in self.items if item.title and not (item.kind or item.rows)]

    @property
    def first(self) -> list[Item]:
        """What stands in lists of labels and answers before any table."""
        return [item for item in takewhile(lambda item: not item.kind, self.items) if item.rows]

    @property
    def others(self) -> list[Item]:
        """What does so behind them."""
        rest = dropwhile(lambda item: not item.kind, self.items)
        return [item for item in rest if item.rows and not item.kind]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to take note of, in words with an icon."""

    text: Answer
    icon: str
    kind: str = "warn"


@dataclass(frozen=True, slots=True)
class Fact:
    """A short answer."""

    label: str
    answers: list[Answer]
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody from whom data come or to whom they go."""

    name: Answer
    icon: str
    notes: list[Answer]


@dataclass(frozen=True, slots=True)
class Period:
    """How long data are kept; without a share of the longest, no period is told."""

    told: Answer
    share: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Kinds of data, and for how long they are kept: for several periods, perhaps."""

    data: list[Answer]
    periods: list[Period]


@dataclass(frozen=True, slots=True)
class Journey:
    body: Body
    sources: list[Stop]
    # What is told instead of sources and of receivers within the EEA; empty where nothing is.
    no_sources: str
    receivers: list[Stop]
    no_receivers: str
    abroad: list[Stop]
    # Whether the body declares that nothing leaves the EEA.
    stays_within: bool
    # What happens at the body: words, with an icon.
    at_body: list[Stop]
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in one language of the site."""

    name: Passage
    summary: Passage | None
    rights_procedure: Passage | None
    body: Body
    # All that there are, so that two entries can be compared section by section.
    sections: list[Section]
    is_on_behalf_of_others: bool = False
    # In short, and as a picture; nothing for a heading.
    facts: list[Fact] = field(default_factory=list)
    journey: Journey | None = None

    @property
    def shown_sections(self) -> list[Section]:
        """The sections that have something to say, the folded ones last."""
        told = [section for section in self.sections if section.items or section.nothing]
        return sorted(told, key=lambda section: section.is_folded)

    @property
    def has_fallback(self) -> bool:
        """Whether some text stands in another language than the page's."""
        return any(
            isinstance(text, Passage) and text.is_fallback
            for text in (self.name, self.summary, self.rights_procedure, *self._answers())
        )

    def _answers(self) -> Iterator[Answer | None]:
        for section in self.sections:
            for item in section.items:
                yield item.title
                for row in item.rows:
                    yield from row.answers
