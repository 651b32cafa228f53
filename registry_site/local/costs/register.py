"""The demonstration register with an entry at all its limits, and what can be asked of it."""

from dataclasses import dataclass
from random import Random
from typing import Self
from uuid import UUID, uuid4

from django.core.management import call_command
from django.test import Client

from organisations.models import Membership, Organisation, User
from organisations.rows import MOST_ROWS
from processing.admin.activities import ProcessingActivityAdmin
from processing.admin.workflow import STEPS
from processing.models import PARTS, FormDraft, ProcessingActivity
from processing.snapshots import row_models
from registry_site.local.costs.files import Imports
from registry_site.local.costs.forms import Form
from registry_site.local.costs.fullest import fullest_activity, texts
from registry_site.local.costs.searched import CODE_LIST_ADMINS, choices_of_the_admin, pages
from registry_site.local.costs.server import FORM, Request, cookie_header
from registry_site.request_content import MOST_OF_AN_ACCOUNT
from registry_site.settings import DATA_UPLOAD_MAX_MEMORY_SIZE

BODY = "fps-justice"
ACTIVITIES = "/admin/processing/processingactivity/"
# A browser's token, in its cookie and in its forms.
TOKEN = "t" * 32
# How often everything in the entry was written anew.
REWRITTEN = 25


@dataclass(frozen=True)
class Register:
    body: Organisation
    full: ProcessingActivity
    # The same as a draft that was never public.
    draft: ProcessingActivity
    # Of somebody who edits and publishes in the body.
    cookies: dict[str, str]
    # The key of what the same person typed in the form of the full entry and did not save.
    typed: UUID
    # Of ten colleagues who do the same.
    colleagues: list[dict[str, str]]
    imports: Imports

    @classmethod
    def made(cls) -> Self:
        """Fill the database of the settings; takes a minute."""
        call_command("migrate", verbosity=0, interactive=False)
        for name in ("codelists", "organisations", "templates", "demonstration"):
            call_command(f"load_{name}", verbosity=0)
        body = Organisation.objects.get(slug=BODY)
        person = User.objects.create_user("dear@register.example")
        Membership.objects.create(user=person, organisation=body, role=Membership.Role.PUBLISHER)
        full = fullest_activity(body)
        full.remember(by=person)
        full.publish(by=person)
        for turn in range(REWRITTEN):
            rewrite(full, Random(turn))
            full.remember(by=person)
        full.publish(by=person)
        rewrite(full, Random("unpublished"))
        full.remember(by=person)
        draft = fullest_activity(body)
        for turn in range(REWRITTEN):
            rewrite(draft, Random(turn))
            draft.remember(by=person)
        everybody = [person, *(User.objects.create_user(f"dear{n}@x.example") for n in range(10))]
        for colleague in everybody[1:]:
            Membership.objects.create(user=colleague, organisation=body, role="publisher")
        cookies, *colleagues = map(_cookies_of, everybody)
        imports = Imports.made(full)
        register = cls(body, full, draft, cookies, uuid4(), colleagues, imports)
        FormDraft.keep(
            person=person,
            activity=full,
            key=register.typed,
            bodies=[body.pk],
            fields=register.form | {"known": ["1"]},
        )
        return register

    def requests(self) -> dict[str, list[Request]]:
        """Who may ask -> all that they may ask, what changes something last."""
        values = {
            "slug": [BODY, "fps-finance"],
            "number": [self.full.number],
            "version": [1, 2],
            "before": [1],
            "after": [2],
            "section": ["entries-nl", "entries-de", "organisations-nl"],
            "step": list(STEPS),
            "name": list(STEPS),
            "key": [self.typed],
            "import": self.imports.keys,
            "body": [self.body.pk],
            "admin/processing/processingactivity/": [self.full.pk, self.draft.pk],
            "admin/organisations/organisation/": [self.body.pk],
            **{start: ["A"] for start in CODE_LIST_ADMINS},
        }
        number_of_history = {"number": [1, REWRITTEN]}
        admin = pages(values | number_of_history, of_the_admin=True, cookies=self.cookies)
        return {
            "anonymous": [
                *pages(values, of_the_admin=False, cookies={}),
                *pages(values, of_the_admin=True, cookies={}),
                *self._sent_by_anybody(),
            ],
            "editor": [
                *admin,
                *choices_of_the_admin(self.cookies),
                *self.imports.sent_by_an_editor(self.body.pk, self.cookies),
                *self.sent_by_an_editor(),
            ],
        }

    def _sent_by_anybody(self) -> list[Request]:
        large = "x" * (DATA_UPLOAD_MAX_MEMORY_SIZE - 1000)
        lines = "\r\n1234567890 " * (DATA_UPLOAD_MAX_MEMORY_SIZE // 18)
        anonymous = {"csrftoken": TOKEN}
        contact = f"/nl/organisations/{BODY}/contact/"
        found = [
            Request.posted(contact, {"message": text, "name": text[:9]}, {}, f"{name} as message")
            for name, text in (("much", large), ("many lines", lines))
        ]
        for path in ("login/", "password/", "2fa/authenticate/", "reauthenticate/"):
            values = {
                "login": "x@x.example",
                "email": large[:1000],
                "password": large[: MOST_OF_AN_ACCOUNT - 2_000],
            }
            found.append(
                Request.posted(f"/admin/account/{path}", values, anonymous, "much as password")
            )
        many = {f"data-{n}-detail_nl": "x" * 250 for n in range(4900)}
        for cookies, name in ((anonymous, "session ended"), ({}, "no token")):
            for path in (f"{ACTIVITIES}add/", contact):
                found.append(Request.posted(path, many, cookies, f"4,900 fields, {name}"))
        most = DATA_UPLOAD_MAX_MEMORY_SIZE // 10
        for sign in (
            "&&&&&&&&&&",
            "a%20a%20a%20",
            "bcd%20ef%20",
            "%41%41%41",
            "a=1&a=1&a=",
            "+" * 10,
        ):
            body = (sign * most).encode()[:DATA_UPLOAD_MAX_MEMORY_SIZE]
            for path, fits in ((f"{ACTIVITIES}add/", body), (contact, body)):
                found.append(Request(path, fits, {"Content-Type": FORM}, f"{sign} and so on"))
        return found

    def sent_by_an_editor(self) -> list[Request]:
        change, add = f"{ACTIVITIES}{self.full.pk}/change/", f"{ACTIVITIES}add/"
        kinds = list(row_models(ProcessingActivity))
        nothing = {f"{kind}-{n}_FORMS": 0 for kind in kinds for n in ("TOTAL", "INITIAL")}

        def posted(path: str, values: dict, name: str) -> Request:
            return Request.posted(path, values, self.cookies, name)

        def rows(kind: str, number: int, **values: str) -> dict:
            model = row_models(ProcessingActivity)[kind]
            filled = {field.name: "é" * 100 for field in texts(model)} | values
            found = {f"{kind}-TOTAL_FORMS": number, f"{kind}-INITIAL_FORMS": 0}
            for row in range(number):
                found |= {f"{kind}-{row}-{name}": value for name, value in filled.items()}
            return found

        gaps = {f"data-{MOST_ROWS - 1}-x": 1, "data-TOTAL_FORMS": MOST_ROWS}
        sent = [
            posted(add, nothing | {f"{kind}-TOTAL_FORMS": 500 for kind in kinds}, "six times 500"),
            posted(add, nothing | gaps, "rows with gaps"),
            *(posted(add, nothing | rows(kind, MOST_ROWS), f"wrong {kind}") for kind in kinds),
        ]
        saved = self.form
        nonsense = {name: "x" for name in saved if name.endswith(("country", "ground", "url"))}
        stale = {"known": "1"}
        gone = {name: "999999" for name in saved if name.endswith("-id")}
        anew = {
            name: " ".join(reversed(value[0].split(" ")))
            for name, value in saved.items()
            if name.endswith(("_nl", "_fr", "_de", "_en"))
        }
        sent += [
            posted(change, saved | nonsense, "with errors"),
            posted(change, saved | stale, "an old form"),
            posted(change, nothing | stale, "an old form without rows"),
            posted(change, saved | gone | stale, "an old form, rows that are gone"),
            posted(change, saved | gone, "rows that are gone"),
            posted(change, saved, "unchanged"),
            posted(change, saved | anew, "all anew"),
        ]
        named = {"draft": str(self.typed), "draft_turn": "999999999"}
        taken = f"{change}?draft={self.typed}"
        sent += [
            posted(f"{ACTIVITIES}{self.full.pk}/draft/", saved | named, "kept"),
            posted(change, saved | named | nonsense, "kept, with errors"),
            Request(taken, headers=cookie_header(self.cookies)),
        ]
        others = self.body.activities.exclude(pk=self.full.pk).values_list("pk", flat=True)
        keys = [self.full.pk, *others][: ProcessingActivityAdmin.most_at_once]
        chosen = {"_selected_action": keys, "select_across": "0", "index": "0"}
        sent += [
            posted(f"{ACTIVITIES}{self.full.pk}/history/1/restore/", {}, "restored"),
            posted(f"{ACTIVITIES}{self.full.pk}/copy/", {"organisation": self.body.pk}, "copied"),
            posted(f"{ACTIVITIES}{self.full.pk}/steps/request/", {"confirmed": "1"}, ""),
            posted(f"{ACTIVITIES}{self.full.pk}/steps/publish/", {"confirmed": "1"}, ""),
            posted(f"{ACTIVITIES}{self.full.pk}/steps/withdraw/", {"remark": "x"}, ""),
            posted(f"{ACTIVITIES}{self.full.pk}/erase/", {"contents": "on", "reason": "x"}, ""),
            posted(
                ACTIVITIES, chosen | {"action": "request_approval"}, "approval, as many as may be"
            ),
            posted(ACTIVITIES, chosen | {"action": "publish"}, "publish, as many as may be"),
            posted(ACTIVITIES, chosen | {"action": "withdraw"}, "as many as may be"),
            posted(
                ACTIVITIES,
                chosen | {"action": "withdraw", "confirmed": "1", "remark": "x"},
                "as many as may be",
            ),
            posted(ACTIVITIES, chosen | {"action": "delete_selected"}, "as many as may be"),
            posted(f"{ACTIVITIES}{self.draft.pk}/delete/", {"post": "yes"}, ""),
        ]
        return sent

    @property
    def form(self) -> dict[str, list[str]]:
        """The fields of the form of the full entry, as its page has them."""
        client = Client()
        client.cookies.load(self.cookies)
        page = client.get(f"{ACTIVITIES}{self.full.pk}/change/").text
        values = Form(page, "processingactivity_form").values
        return {name: value for name, value in values.items() if name != "csrfmiddlewaretoken"}


def _cookies_of(person: User) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    return cookies | {"csrftoken": TOKEN}


def rewrite(activity: ProcessingActivity, chance: Random) -> None:
    """Put the words of every text of an activity and of its rows in another order."""
    for instance in (
        activity,
        *(row for part in PARTS for row in part.objects.filter(activity=activity)),
    ):
        for field in texts(type(instance)):
            words = getattr(instance, field.name).split(" ")
            chance.shuffle(words)
            setattr(instance, field.name, " ".join(words))
        instance.save()
