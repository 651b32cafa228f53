from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.public_page import public_page
from registry_site.explainer import law
from registry_site.explainer.contents import GROUPS, RIGHTS, TOPICS
from registry_site.explainer.glossary import terms


@public_page()
def topic_list(request: HttpRequest) -> HttpResponse:
    context = {"groups": GROUPS, "commission": law.COMMISSION.format(language=get_language())}
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
    return render(request, "gdpr/glossary.html", {"terms": terms(get_language())})
