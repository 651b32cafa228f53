from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe


@login_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember in which language the person wants the admin and the mails."""
    language = request.POST.get("language")
    if language not in dict(settings.LANGUAGES):
        raise Http404
    request.user.language = language
    request.user.save(update_fields=["language"])
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("admin:index")
    return HttpResponseRedirect(back)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Keep the session of somebody who is typing: 204 while logged in, else 403."""
    return HttpResponse(status=204 if request.user.is_authenticated else 403)
