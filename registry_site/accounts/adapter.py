"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from organisations.mailboxes import account_address
from organisations.models import User
from registry_site.accounts import attempts, devices

# In the session of who has given a password and not yet a code: what the password was.
FIRST_STEP = "first_step"


class AccountAdapter(DefaultAccountAdapter):
    """People are invited; nobody signs up. Attempts are counted in the database."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args, **kwargs) -> None:
        """Nothing: the pages themselves tell what has happened."""

    def is_safe_url(self, url: str) -> bool:
        """Whether it is a page of this site, named without the host: that is what one asked for."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """allauth would count here, in the cache of one process."""
        attempts.count(request, account_address(credentials["email"]))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        person = super().authenticate(request, **credentials)
        if person:
            attempts.forget(request, account_address(credentials["email"]))
        return person

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """Remember which password it was: it may have changed before a code is entered."""
        request.session[FIRST_STEP] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        devices.remember(response, user)
        return response
