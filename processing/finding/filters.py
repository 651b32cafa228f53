"""What a search can be narrowed by, the options of each filter, and the entries behind them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import itemgetter

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from organisations.directory import Directory, directories
from organisations.languages import LANGUAGES, Passage
from organisations.models import Organisation
from organisations.revision import RegisterRevision, kept_until_changed
from processing import countries
from processing.code_lists import CodeLists, code_lists_at
from processing.finding.index import Index, index_at
from processing.law import ActsAs, LegalBasis
from processing.models.code_lists import DataCategory

Selection = dict[str, list[str]]
Options = dict[str, BitMap]

YES_NO = {"yes": _("Yes"), "no": _("No")}
LANGUAGE_NAMES = {"nl": _("Dutch"), "fr": _("French"), "de": _("German"), "en": _("English")}
SENSITIVE = {
    DataCategory.Mark.SPECIAL.value: _("Special categories of personal data"),
    DataCategory.Mark.CRIMINAL.value: _("Data on criminal convictions and offences"),
}
# Filter -> the code list whose terms are its options.
FILTERED_LISTS = {
    "theme": "themes",
    "data": "data",
    "people": "data_subjects",
    "purpose": "purposes",
    "recipient": "recipients",
}
# What else entries are filed under -> its code list. No filters: searches find it by its names.
OTHER_LISTS = {
    "processing_type": "processing_types",
    "measure": "security_measures",
    "mechanism": "transfer_mechanisms",
}
# So many days are kept with what was published since: anybody may ask for others.
MOST_DAYS_KEPT = 16
# Data that stay here go to no other country.
HERE = "BE"


@dataclass(frozen=True)
class Filter:
    """Something to narrow by. `name` is its parameter in the address."""

    name: str
    label: Promise
    # The sets behind the options, in the order in which they are listed.
    options: Callable[[Index, CodeLists, Directory], Options]
    # What an option is called.
    name_of: Callable[[str, CodeLists, Directory], Passage | Promise | str]
    # What people should know before they choose.
    explanation: Promise | str = ""

    def more(self, count: int) -> str:
        """So many more options, as a link says it."""
        return str(MORE[self.name] % {"count": count})


def _terms(name: str, code_list: str, index: Index, code_lists: CodeLists) -> Options:
    """The terms of a code list; a broader one holds its narrower."""
    terms = code_lists[code_list]
    found = {code: [index.of(name, code)] for code in terms}
    for code, term in terms.items():
        broader = term.broader
        while broader in terms:
            found[broader].append(index.of(name, code))
            broader = terms[broader].broader
    return {code: BitMap.union(*members) for code, members in found.items()}


def _of_list(name: str, label: Promise) -> Filter:
    """A filter whose options are the terms of a code list."""
    code_list = FILTERED_LISTS[name]

    def options(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
        return _terms(name, code_list, index, code_lists)

    def name_of(code: str, code_lists: CodeLists, directory: Directory) -> Passage:
        return code_lists[code_list][code].label

    return Filter(name, label, options, name_of)


def _of_bodies(name: str, label: Promise) -> Filter:
    def options(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
        return {body.slug: index.of(name, str(body.id)) for body in directory}

    def name_of(slug: str, code_lists: CodeLists, directory: Directory) -> Passage:
        return directory.by_slug[slug].name

    return Filter(name, label, options, name_of)


def _of_choices(name: str, label: Promise, choices: dict[str, Promise]) -> Filter:
    def options(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
        return {option: index.of(name, option) for option in choices}

    def name_of(option: str, code_lists: CodeLists, directory: Directory) -> str:
        # The law's are parts of sentences elsewhere.
        return capfirst(str(choices[option]))

    return Filter(name, label, options, name_of)


def _kinds(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
    return {
        kind: BitMap.union(
            *(index.of("body", str(body.id)) for body in directory if body.kind == kind), BitMap()
        )
        for kind in Organisation.Kind.values
    }


def _sensitive(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
    return {
        mark: BitMap.union(
            *(index.of("data", code) for code, t in code_lists["data"].items() if t.mark == mark),
            BitMap(),
        )
        for mark in SENSITIVE
    }


def _departments(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
    """Those that their bodies show, by their keys."""
    keys = map(str, directory.departments)
    return {key: index.of("department", key) for key in keys}


def _countries(index: Index, code_lists: CodeLists, directory: Directory) -> Options:
    codes = sorted(countries.codes() - {HERE})
    return {code: index.of("country", code) for code in codes}


ROLES = {
    ActsAs.CONTROLLER: _("Controller"),
    "joint": _("Joint controller, together with others"),
    ActsAs.PROCESSOR: _("Processor, on behalf of others"),
}
FILTERS = {
    chosen.name: chosen
    for chosen in (
        _of_list("theme", _("Theme")),
        _of_list("people", _("About whom")),
        _of_list("data", _("Which data")),
        _of_bodies("body", _("Federal body")),
        Filter(
            "department",
            _("Department"),
            _departments,
            lambda key, code_lists, directory: directory.departments[int(key)],
        ),
        Filter(
            "kind",
            _("Kind of body"),
            _kinds,
            lambda kind, code_lists, directory: Organisation.Kind(kind).label,
        ),
        _of_list("purpose", _("What for")),
        _of_choices("basis", _("Legal basis"), dict(LegalBasis.choices)),
        _of_bodies("to", _("Federal body that receives data")),
        _of_list("recipient", _("Kind of recipient")),
        Filter(
            "sensitive",
            _("Sensitive data"),
            _sensitive,
            lambda mark, code_lists, directory: SENSITIVE[mark],
        ),
        _of_choices("transfer", _("Data leave the European Economic Area"), YES_NO),
        Filter(
            "country",
            _("Other country that data go to"),
            _countries,
            lambda code, code_lists, directory: countries.name_of(code, get_language()),
            _(
                "The countries of transfers outside the European Economic Area, and those where "
                "processors keep the data. If that is not known, the country of their seat counts."
            ),
        ),
        _of_choices("automated", _("Automated decisions"), YES_NO),
        _of_choices("role", _("Role of the body"), ROLES),
        _of_bodies("behalf", _("Federal body on whose behalf the work is done")),
        _of_choices("language", _("Written in"), LANGUAGE_NAMES),
    )
}

_MORE_BODIES = ngettext_lazy(
    "%(count)s more federal body", "%(count)s more federal bodies", "count"
)
# Of filters that can have more options than a page shows.
MORE = {
    "theme": ngettext_lazy("%(count)s more theme", "%(count)s more themes", "count"),
    "people": ngettext_lazy(
        "%(count)s more group of people", "%(count)s more groups of people", "count"
    ),
    "data": ngettext_lazy("%(count)s more kind of data", "%(count)s more kinds of data", "count"),
    "body": _MORE_BODIES,
    "department": ngettext_lazy("%(count)s more department", "%(count)s more departments", "count"),
    "kind": ngettext_lazy("%(count)s more kind of body", "%(count)s more kinds of bodies", "count"),
    "purpose": ngettext_lazy("%(count)s more purpose", "%(count)s more purposes", "count"),
    "to": _MORE_BODIES,
    "recipient": ngettext_lazy(
        "%(count)s more kind of recipient", "%(count)s more kinds of recipients", "count"
    ),
    "country": ngettext_lazy("%(count)s more country", "%(count)s more countries", "count"),
    "behalf": _MORE_BODIES,
}


@dataclass(frozen=True)
class FacetIndex:
    """Everything that can be found now, by filter and option."""

    index: Index
    # What is public: the entries of the bodies that are.
    entries: BitMap
    # Of the filters, and of OTHER_LISTS.
    options: dict[str, Options]
    # Body -> the options of its departments, where it shows them.
    departments: dict[str, list[str]]
    _all_counts: dict[str, dict[str, int]] = field(default_factory=dict)
    # Every page offers the same few days.
    _since: dict[str, BitMap] = field(default_factory=dict)

    def found(
        self, selection: Selection, *, among: BitMap | None = None, without: str = ""
    ) -> BitMap:
        """The entries that have one of the options chosen in each filter.

        `among` narrows to the entries of a search; `without` leaves one filter aside.
        """
        entries = self.entries if among is None else among & self.entries
        for name, chosen in selection.items():
            if chosen and name != without:
                options = self.options[name]
                entries = entries & BitMap.union(*(options[option] for option in chosen))
        return entries

    def counts(
        self, selection: Selection, *, among: BitMap | None = None, names: Iterable[str] = FILTERS
    ) -> dict[str, dict[str, int]]:
        """How many entries each option gives beside the choices in the other filters.

        Of departments, only those of the one body that is chosen, and the chosen ones.
        """
        if among is None and not any(selection.values()):
            return self._unfiltered_counts()
        all_chosen = self.found(selection, among=among)
        counts = {}
        for name in names:
            base = all_chosen
            if selection.get(name):
                base = self.found(selection, among=among, without=name)
            counts[name] = _sizes(base, self._offered(name, selection))
        return counts

    def _offered(self, name: str, selection: Selection) -> Options:
        """The options that a list offers. There are thousands of departments in all."""
        options = self.options[name]
        if name != "department":
            return options
        bodies = selection.get("body", [])
        beside = self.departments.get(bodies[0], []) if len(bodies) == 1 else []
        return {key: options[key] for key in (*beside, *selection.get(name, []))}

    def _unfiltered_counts(self) -> dict[str, dict[str, int]]:
        if not self._all_counts:
            self._all_counts.update(
                {name: _sizes(self.entries, self._offered(name, {})) for name in FILTERS}
            )
        return self._all_counts

    def since(self, day: str) -> BitMap:
        """The entries that were published or changed on the day (ISO 8601) or later.

        A change is a new version: the day of the current one counts.
        """
        found = self._since.get(day)
        if found is None:
            days = self.index.groups["day"]
            found = BitMap.union(*(days[other] for other in days if other >= day), BitMap())
            if len(self._since) >= MOST_DAYS_KEPT:
                self._since.clear()
            self._since[day] = found
        return found


def _sizes(entries: BitMap, options: Options) -> dict[str, int]:
    size = entries.intersection_cardinality
    return {option: size(members) for option, members in options.items()}


@kept_until_changed("publications", "organisations", "code_lists")
def facet_index_at(revision: RegisterRevision) -> FacetIndex:
    """The register as citizens can search it at this revision."""
    index = index_at(revision)
    # Sets and marks are the same in every language.
    code_lists = code_lists_at(revision)[LANGUAGES[0]]
    directory = directories(revision)[LANGUAGES[0]]
    entries = BitMap.union(*(index.of("body", str(body.id)) for body in directory), BitMap())
    options = {
        name: chosen.options(index, code_lists, directory) for name, chosen in FILTERS.items()
    }
    for name, code_list in OTHER_LISTS.items():
        options[name] = _terms(name, code_list, index, code_lists)
    departments = {body.slug: list(map(str, body.departments)) for body in directory}
    return FacetIndex(index=index, entries=entries, options=options, departments=departments)


def strongest(counts: dict[str, int], *, limit: int | None = None) -> Iterator[tuple[str, int]]:
    """The options that give something, the most first."""
    ranked = sorted(counts.items(), key=itemgetter(1), reverse=True)
    return ((option, count) for option, count in ranked[:limit] if count)
