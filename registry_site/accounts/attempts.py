"""How often somebody may try a password. Strangers cannot use up what the person has.

Counted before the password is looked at, so that no two attempts at once count as one.
"""

from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from contact.allowances import Allowances, seconds_left
from contact.networks import UNKNOWN, networks_of
from registry_site.accounts.devices import device_of
from registry_site.accounts.models import Notice
from registry_site.accounts.notices import notify

MINUTES = 15
# With one account in one browser of the person's, or from one network.
MOST = 5
# With one account from everywhere else together: it slows down who has many networks.
MOST_FROM_ALL = 20


def count(request: HttpRequest, address: str) -> None:
    """Count an attempt. Raises ImmediateHttpResponse when there have been too many."""
    allowances = Allowances.of_these(MINUTES)
    for (purpose, who), most in _counted(request, address).items():
        if not allowances.take(purpose, who, most=most):
            notify(Notice.About.WARNING, address, most=1)
            raise ImmediateHttpResponse(too_many(request, MINUTES, is_account=True))


def forget(request: HttpRequest, address: str) -> None:
    """The password was right: what was wrong before no longer counts."""
    allowances = Allowances.of_these(MINUTES)
    for purpose, who in _counted(request, address):
        allowances.forget(purpose, who)


def too_many(request: HttpRequest, minutes: int, *, is_account: bool) -> HttpResponse:
    """The answer to who must wait until the next such minutes begin."""
    seconds = seconds_left(minutes)
    context = {"is_account": is_account, "minutes": -(-seconds // 60)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = seconds
    return response


def _counted(request: HttpRequest, address: str) -> dict[tuple[str, str], int]:
    """What an attempt counts for, and how often it may. From narrow to wide: who has used up their
    own network uses up nothing that others need.
    """
    if device := device_of(address, request):
        return {("password in a browser", f"{address}\n{device}"): MOST}
    counted = {
        ("password from a network", f"{address}\n{network}"): MOST
        for network in networks_of(request)[:1]
        if network != UNKNOWN
    }
    return counted | {("password", address): MOST_FROM_ALL}
