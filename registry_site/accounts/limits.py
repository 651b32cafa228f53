"""How many forms about accounts may come from one network: each may cost a hashed password."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from contact.allowances import Allowances
from contact.networks import UNKNOWN, limits_of, networks_of
from registry_site.accounts.attempts import too_many
from registry_site.accounts.devices import owner_of_device

PATHS = ("/admin/account/", "/admin/password_change/")
MINUTES = 5


def limit_account_forms(get_response: Callable) -> Callable:
    """Answer 429 to a form from a network that sent so many before.

    Before the form is read. Who has logged in before in the browser is counted by account, so that
    nobody has to wait because of strangers in the same network or in one that is not known.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        is_form = request.method == "POST" and request.path.startswith(PATHS)
        if is_form and not _may_go_on(request):
            return too_many(request, MINUTES, is_account=False)
        return get_response(request)

    return middleware


def _may_go_on(request: HttpRequest) -> bool:
    allowances, most = Allowances.of_these(MINUTES), settings.ACCOUNT_FORMS_PER_NETWORK
    if owner := owner_of_device(request):
        return allowances.take("account form of a person", owner, most=most)
    networks = networks_of(request) or (UNKNOWN,)
    return all(
        allowances.take("account form from a network", network, most=limit)
        for network, limit in limits_of(networks, most).items()
    )
