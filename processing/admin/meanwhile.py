"""What somebody else did to an activity while its form was open, and what becomes of the form."""

import hashlib
import json
import re
from collections.abc import Iterable
from copy import copy
from functools import cached_property

from django.db.models import Model, QuerySet
from django.forms import Form
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.translation import gettext as _

from organisations.rows import MOST_ROWS, Row, RowFormSet
from processing.admin.forms import KINDS
from processing.admin.row_fields import CountryField, is_key, missing_rows, offer_rows
from processing.models import HistoryEntry, ProcessingActivity
from processing.models.parts import KeyedPart
from processing.snapshots import Content

# So many entries of a history are read, the latest, to follow the rows through it; fewer where they
# hold so many characters.
MOST_ENTRIES, MOST_READ = 1000, 2_000_000

# A kind of row and a key that the row has or had.
Key = tuple[str, int]
# What a row says: name of the field -> values.
Words = dict[str, list[str]]


class Meanwhile:
    """The history of an activity since a form was opened."""

    def __init__(self, activity: ProcessingActivity, seen: HistoryEntry | None) -> None:
        saved = activity.history.saved().order_by("-number")[:MOST_ENTRIES]
        said, read = [], 0
        # Few at a time: each may be as large as an activity.
        for content in saved.values_list("content", flat=True).iterator(chunk_size=2):
            text = _without_keys(content)
            said.append((keys_of(content), hashlib.sha256(text.encode()).digest()))
            read += len(text)
            if read > MOST_READ:
                break
        self._origins = origins(reversed(said))
        self._seen = {self.origin(key) for key in keys_of(seen.content if seen else {})}
        # Kind of row -> keys that others refer to, as they were sent and as they are now.
        self.renamed: dict[str, dict[str, str]] = {}
        self._room: int | None = None

    def fitting(self, rows: list[Row], data: QueryDict) -> list[Row]:
        """Those of the rows for which a form has room, beside what was sent of all kinds."""
        if self._room is None:
            sent = (data.get(f"{kind}-TOTAL_FORMS") or 0 for kind in KINDS)
            self._room = max(MOST_ROWS - sum(map(int, sent)), 0)
        found = rows[: self._room]
        self._room -= len(found)
        return found

    def origin(self, key: Key) -> Key:
        """The first key of a row: one that was restored has another than before."""
        return self._origins.get(key, key)

    def was_seen(self, key: Key) -> bool:
        return self.origin(key) in self._seen


def since(activity: ProcessingActivity, known: str) -> Meanwhile | None:
    """What happened since the entry of the history that a form knows; None where nothing did."""
    saved = activity.history.saved().order_by("-number")
    latest = saved.defer("content").first()
    if latest is None or str(latest.number) == known:
        return None
    is_number = re.fullmatch(r"[0-9]{1,9}", known)
    return Meanwhile(activity, saved.filter(number=known).first() if is_number else None)


def origins(said: Iterable[tuple[list[Key], bytes]]) -> dict[Key, Key]:
    """For each row of some contents, in their order, the key that it had at first.

    Of each content, the keys of its rows and what tells it apart. One that says the same as an
    earlier one was restored: it has the rows of that one, in their order, under new keys.
    """
    found: dict[Key, Key] = {}
    known: dict[bytes, list[Key]] = {}
    for keys, digest in said:
        for key, earlier in zip(keys, known.get(digest, keys), strict=True):
            found.setdefault(key, found.get(earlier, earlier))
        known[digest] = keys
    return found


def keys_of(content: Content) -> list[Key]:
    return [(kind, row["id"]) for kind in KINDS for row in content.get(kind, [])]


def _without_keys(content: Content) -> str:
    """What a content says, whatever keys its rows have."""
    rows = {kind: [row | {"id": None} for row in content.get(kind, [])] for kind in KINDS}
    return json.dumps(content | rows, sort_keys=True)


class PartFormSet(RowFormSet):
    """The rows of one kind: has also those that somebody else added meanwhile."""

    def __init__(
        self,
        *args,
        meanwhile: Meanwhile | None = None,
        stored: ProcessingActivity | None = None,
        **kwargs,
    ) -> None:
        self.meanwhile = meanwhile
        # The activity with its rows, where they were read with it for more than the form.
        self.stored = stored
        # The rows of every kind in the form, by kind.
        self.siblings: dict[str, PartFormSet] = {}
        super().__init__(*args, **kwargs)

    def add_prefix(self, index: int | str) -> str:
        """The blank row has the number that comes next: without script, it is filled in."""
        is_blank = index == "__prefix__"
        return super().add_prefix(self.total_form_count() if is_blank else index)

    @cached_property
    def empty_form(self) -> Form:
        """Made once: Django makes it whenever it is asked for."""
        return super().empty_form

    def get_queryset(self) -> QuerySet | list[Model]:
        """The rows as the activity has them, where it was read with them."""
        read = getattr(self.instance, "_prefetched_objects_cache", {})
        if self.prefix in read:
            return list(read[self.prefix])
        return self.copies if self.stored else super().get_queryset()

    @cached_property
    def copies(self) -> list[Model]:
        """The rows that are stored, to write in what was typed."""
        rows = [copy(row) for row in getattr(self.stored, self.prefix).all()]
        for row in rows:
            setattr(row, self.fk.name, self.instance)
        return rows

    def sort_out(self, kept: list[Row], new: list[Row]) -> tuple[list[Row], list[Row]]:
        if self.meanwhile is None:
            return super().sort_out(kept, new)
        kept = self._under_their_keys(kept)
        unseen = self._unseen(kept)
        # What says the same is the same row: a form that was saved may be sent once more.
        # Told once of each: there may be as many pairs as rows times rows.
        said = {key: self._words(row) for key, row in unseen.items()}
        kept = [self._taken_from(unseen, said, row) if self.is_gone(row) else row for row in kept]
        new = [self._taken_from(unseen, said, row) for row in new]
        kept += [row for row in new if self.key_of(row)]
        kept, new = super().sort_out(kept, [row for row in new if not self.key_of(row)])
        new = self._under_free_keys(new, unseen)
        kept, new = ([self._referring_anew(row) for row in rows] for rows in (kept, new))
        added = self.meanwhile.fitting(list(unseen.values()), self.data)
        if added:
            self.told.append(_("Somebody else added rows. Your form has them now too."))
        # The page goes through the rows in this order.
        return sorted([*kept, *added], key=lambda row: self.key_of(row) or 0), new

    def _under_their_keys(self, rows: list[Row]) -> list[Row]:
        """The rows with the keys that they have now."""
        now = {self.meanwhile.origin((self.prefix, key)): key for key in self.rows_now}
        taken = {self.key_of(row) for row in rows}
        found = []
        for row in rows:
            key = now.get(self.meanwhile.origin((self.prefix, self.key_of(row))))
            if self.is_gone(row) and key and key not in taken:
                taken.add(key)
                row = row | {"id": [str(key)]}
            found.append(row)
        return found

    def _under_free_keys(self, new: list[Row], unseen: dict[int, Model]) -> list[Row]:
        """New rows whose key a colleague's new row has taken get another one."""
        if not issubclass(self.model, KeyedPart):
            return new
        taken = {row.key for row in self.rows_now.values()}
        theirs = {self.rows_now[key].key for key in unseen}
        renamed = self.meanwhile.renamed.setdefault(self.prefix, {})
        sent = {int(row["key"][-1]) for row in new if is_key(row.get("key", [""])[-1])}
        free = iter(range(max(taken | sent, default=0) + 1, max(taken | sent, default=0) + 1000))
        found = []
        for row in new:
            key = row.get("key", [""])[-1]
            if is_key(key) and int(key) in theirs:
                renamed[key] = str(next(free))
                row = row | {"key": [renamed[key]]}
            found.append(row)
        return found

    def _referring_anew(self, row: Row) -> Row:
        """A row that names others, which may have got another key."""
        for name, kind in self.model.REFERS_TO.items():
            renamed = self.meanwhile.renamed.get(kind, {})
            row = row | {name: [renamed.get(key, key) for key in row.get(name, [])]}
        return row

    def _unseen(self, kept: list[Row]) -> dict[int, Row]:
        """The rows that were not there when the form was opened, as if it had sent them."""
        sent = {self.key_of(row) for row in kept}
        return {
            key: self._as_sent(row)
            for key, row in self.rows_now.items()
            if key not in sent and not self.meanwhile.was_seen((self.prefix, key))
        }

    def _as_sent(self, row: Model) -> Row:
        form = self.form(instance=row)
        sent = {"id": [str(row.pk)], self.fk.name: [str(self.instance.pk)]}
        for name, field in form.fields.items():
            if name not in sent:
                value = field.widget.format_value(form[name].value())
                values = value if isinstance(value, list) else [value]
                sent[name] = ["" if value is None else str(value) for value in values]
        return sent

    def _taken_from(self, unseen: dict[int, Row], said: dict[int, Words], row: Row) -> Row:
        """The row, with the key of the unseen one that says the same, which is unseen no more."""
        words = self._words(row) if unseen else {}
        for key in unseen:
            if said[key] == words:
                del unseen[key]
                return row | {"id": [str(key)]}
        return row

    def know(self, siblings: dict[str, "PartFormSet"]) -> None:
        """Tell the rows of the other kinds, which rows of this kind may refer to."""
        offer_rows(self.forms, siblings)
        # For the row that the script of the page copies.
        self.siblings = siblings

    def add_fields(self, form: Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "key" in form.fields and (index is None or index >= self.initial_form_count()):
            # The blank row has the number that comes next.
            place = self.total_form_count() if index is None else index
            last = max((row.key for row in self.rows_now.values()), default=0)
            form.fields["key"].initial = last + 1 + place - self.initial_form_count()
        if self.siblings:
            offer_rows([form], self.siblings)

    def clean(self) -> None:
        super().clean()
        self._refuse_keys_of_others()
        for form in self.forms:
            if form.is_valid() and not self._should_delete_form(form):
                for name in missing_rows(form, self.siblings):
                    form.add_error(name, _("It names a row that is not there, or is removed."))

    def _refuse_keys_of_others(self) -> None:
        """No new row may have the key of one that the form leaves out: the database refuses it."""
        sent = {form.instance.pk for form in self.initial_forms}
        others = {getattr(row, "key", None) for pk, row in self.rows_now.items() if pk not in sent}
        for form in self.extra_forms:
            key = form.cleaned_data.get("key") if form.is_valid() else None
            if key is not None and key in others:
                form.add_error("key", self.get_unique_error_message(("activity", "key")))

    def _words(self, row: Row) -> Words:
        """What a row says, without its key and however its lines end."""
        words = {
            name: sorted(self._said(name, value) for value in values)
            for name, values in row.items()
            if name not in ("id", "key", self.fk.name, DELETION_FIELD_NAME)
        }
        return {name: values for name, values in words.items() if any(values)}

    def _said(self, name: str, value: str) -> str:
        """A value however its lines end, or in which language it names a country."""
        field = self.form.base_fields.get(name)
        if isinstance(field, CountryField):
            return field.as_sent_by_us(value)
        return "\n".join(value.split("\r\n")).strip()
