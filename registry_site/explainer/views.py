from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contact.kinds import EXPLANATIONS, Kind
from organisations.public_page import public_page
from registry_site.explainer import law
from registry_site.explainer.contents import GROUPS, RIGHTS, TOPICS
from registry_site.explainer.glossary import terms_by_letter

# What people come for most, each with its icon: it leads to the choice of a body.
WISHES = {
    Kind.ACCESS: "eye",
    Kind.RECTIFICATION: "pencil",
    Kind.ERASURE: "trash-2",
    Kind.OBJECTION: "hand",
    Kind.AUTOMATED: "cpu",
    Kind.QUESTION: "message-circle-question-mark",
}


@public_page()
def topic_list(request: HttpRequest) -> HttpResponse:
    context = {
        "wishes": _wishes(),
        "groups": GROUPS,
        "commission": law.COMMISSION.format(language=get_language()),
    }
    return render(request, "gdpr/topic_list.html", context)


@public_page()
def topic_detail(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic of the explainer; 404 for another name."""
    found = TOPICS.get(topic)
    if found is None:
        raise Http404(_("There is no such topic."))
    language = get_language()
    context = {
        "topic": found,
        "wishes": _wishes(),
        "see": [TOPICS[other] for other in found.see],
        "rights": RIGHTS,
        "authority": law.data_protection_authority(language),
        "regulation": law.regulation(language),
        "act": law.act_of_30_july_2018(language),
    }
    return render(request, f"gdpr/topics/{found.slug}.html", context)


@public_page()
def glossary(request: HttpRequest) -> HttpResponse:
    """What each term means, and what it is called in the other languages."""
    return render(request, "gdpr/glossary.html", {"letters": terms_by_letter(get_language())})


def _wishes() -> list[tuple[str, Promise, str]]:
    """Each kind of question that people come for most, in words, with its icon."""
    return [(kind, EXPLANATIONS[kind].label, icon) for kind, icon in WISHES.items()]
