import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from contact.forms import ContactForm
from contact.kinds import EXPLANATIONS
from contact.models import Question
from contact.networks import networks_of
from contact.receiving import FormUsed, TooMany, receive
from contact.retention import rules
from contact.tokens import BadToken, new_token, read_token
from organisations.directory import Body, directories
from organisations.languages import Passage, passage
from organisations.names import named
from organisations.public_page import public_page
from organisations.read_snapshot import read_snapshot
from organisations.revision import current_revision
from processing.models.publication import Publication

# So long a message comes back to be shortened; what is longer was written by no person.
MOST_BYTES = 2_000_000
# So much of a body's name is looked for.
LONGEST_NAME = 100
ACTIVITY_NUMBER = re.compile("[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: a body and, maybe, one entry of its register."""

    body: Body
    number: int | None
    # None as well where the entry was withdrawn while somebody wrote.
    activity: Publication | None


@public_page("kind", "q")
def body_choice(request: HttpRequest) -> HttpResponse:
    """Whom to ask: the bodies, those with the words in their names if somebody looks for one.

    Each leads to its form, with the kind of question that was chosen.
    """
    kind = request.GET.get("kind", "")
    text = " ".join(request.GET.get("q", "").split())[:LONGEST_NAME].strip()
    asked = {"kind": kind if kind in EXPLANATIONS else "", "q": text}
    query = urlencode({name: value for name, value in asked.items() if value})
    if request.page_query != query:
        # One address a page: no cache is filled with copies.
        return redirect(reverse("ask:body_choice") + (f"?{query}" if query else ""))
    directory = directories(request.revision)[get_language()]
    found = named(text, directory, request.revision)
    context = {
        "kind": asked["kind"],
        "explanation": EXPLANATIONS.get(kind),
        "text": text,
        "found": found,
        "has_fallback": any(body.name.is_fallback for body in (found if text else directory)),
        "kinds": directory.by_kind() if not found else [],
    }
    return render(request, "contact/body_choice.html", context)


# Neither a cache nor a cookie: each form has its own token, which is the protection against CSRF.
@never_cache
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def contact_form(request: HttpRequest, slug: str) -> HttpResponse:
    with read_snapshot():
        about = _about(request, _body(slug))
    if request.method == "POST":
        return _submitted(request, about)
    if about.number is not None and about.activity is None:
        raise _no_such_entry()
    kind = request.GET.get("kind", "")
    form = ContactForm(initial={"kind": kind if kind in EXPLANATIONS else ""})
    return _page(request, about, form)


@never_cache
@require_safe
def contact_received(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """What happens next; nothing of what was written."""
    body = _body(slug)
    questions = Question.objects.kept().filter(organisation=body.id, reference=reference)
    question = get_object_or_404(questions.only("reference", "due_on"))
    context = {"body": body, "question": question}
    return render(request, "contact/contact_received.html", context)


def _submitted(request: HttpRequest, about: About) -> HttpResponse:
    _refuse_what_no_form_sends(request)
    form = ContactForm(request.POST)
    try:
        token = read_token(request.POST.get("token", ""), about.body.slug, about.number)
    except BadToken:
        if about.number is not None and about.activity is None:
            # No form of ours: there is no such entry.
            raise _no_such_entry() from None
        form.add_error(None, _("This page was open for too long. Send your message again."))
        return _page(request, about, form, status=422)
    if not _is_from_our_page(request):
        # With a form of another site: nothing is lost, but only the visitor can send it.
        form.add_error(None, _("Your message came from another site. Check it and send it again."))
        return _page(request, about, form, status=403)
    if token.is_too_fast:
        form.add_error(None, _("That went very fast. Wait a few seconds and send it again."))
    if not form.is_valid():
        return _page(request, about, form, status=422, token=request.POST["token"])
    question = form.as_question()
    question.organisation_id = about.body.id
    question.activity_number = about.number
    question.language = get_language()
    question.form = token.form
    try:
        stored = receive(question, networks=networks_of(request))
    except FormUsed as used:
        told = _(
            "You sent a message with this page before: %(reference)s. Send this one too if it is "
            "another question."
        )
        form.add_error(None, told % {"reference": used.reference})
        return _page(request, about, form, status=422)
    except TooMany:
        told = _(
            "Many messages came from your network today. Send it again tomorrow, or write to the "
            "body in another way."
        )
        form.add_error(None, told)
        return _page(request, about, form, status=429)
    return redirect("contact:contact_received", about.body.slug, stored.reference)


def _page(
    request: HttpRequest, about: About, form: ContactForm, *, status: int = 200, token: str = ""
) -> HttpResponse:
    request.page_query = urlencode({"activity": about.number} if about.number else {})
    language = get_language()
    chosen = form["kind"].value()
    context = {
        "body": about.body,
        "activity": about.activity,
        "activity_title": passage(about.activity.title, language) if about.activity else None,
        "rights_procedure": _rights_procedure(about, language),
        "form": form,
        "chosen": (chosen, EXPLANATIONS[chosen]) if chosen in EXPLANATIONS else None,
        "kinds": [(kind, told) for kind, told in EXPLANATIONS.items() if kind != chosen],
        "is_refused": status == 429,
        "token": token
        or new_token(about.body.slug, about.number, may_hurry=request.method == "POST"),
        "retention": rules(),
    }
    return render(request, "contact/contact_form.html", context, status=status)


def _body(slug: str) -> Body:
    with read_snapshot():
        body = directories(current_revision())[get_language()].by_slug.get(slug)
    if body is None:
        raise Http404(_("There is no federal body at this address."))
    return body


def _about(request: HttpRequest, body: Body) -> About:
    """Raises Http404 for an entry that no address names."""
    text = request.GET.get("activity", "")
    if not text:
        return About(body, None, None)
    if not ACTIVITY_NUMBER.fullmatch(text):
        raise _no_such_entry()
    versions = Publication.objects.current().at(body.slug, int(text))
    return About(body, int(text), versions.only("number", "title", "record").first())


def _rights_procedure(about: About, language: str) -> Passage | None:
    """What the body says of rights in the entry that the form is about."""
    if about.activity is None:
        return None
    return passage(about.activity.public_record.rights_procedure, language)


def _no_such_entry() -> Http404:
    return Http404(_("There is no published processing activity at this address."))


def _refuse_what_no_form_sends(request: HttpRequest) -> None:
    """Raises BadRequest for files, and for more than anybody writes, before reading them."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise BadRequest("The form is sent in another way.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise BadRequest("The form holds too much.")


def _is_from_our_page(request: HttpRequest) -> bool:
    """Whether what the browser says of where the form was sent from allows one of our pages.

    An origin of `null` says nothing by itself: proxies and extensions for privacy hide it, and so
    does a page that is locked up in another site. Then Fetch Metadata must tell.
    """
    ours = {f"{request.scheme}://{request.get_host()}", settings.SITE_URL} - {""}
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if site is None:
        return origin is None or origin in ours
    return site in {"same-origin", "none"} and (origin in {None, "null"} or origin in ours)
