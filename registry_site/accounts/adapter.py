"""How the people of the bodies log in: password, second factor, lock-out, language."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisations.mailboxes import account_address


class AccountAdapter(DefaultAccountAdapter):
    """People are invited; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args, **kwargs) -> None:
        """Nothing: the pages themselves tell what has happened."""


def attempted_address(request: HttpRequest, credentials: dict | None) -> str:
    """The account with which somebody tries to log in, however its address is spelled."""
    given = credentials or {}
    typed = given.get("email") or given.get("username") or request.POST.get("login", "")
    return account_address(typed)


def locked_out(request: HttpRequest, response: object, credentials: dict | None) -> HttpResponse:
    """The answer to who has failed to log in too often."""
    return render(request, "account/locked_out.html", status=403)
