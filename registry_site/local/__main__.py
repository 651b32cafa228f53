"""Run the site on one's own machine: `python -m registry_site.local run`, `dev` or `production`."""

import argparse
import fcntl
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from registry_site.local.port import any_port, free_port
from registry_site.local.postgres import PrivatePostgres, die_with_parent
from registry_site.local.proxy import Proxy

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Everything that a run leaves behind: database, secrets, collected static files.
VAR = Path(os.environ.get("REGISTER_VAR", BASE_DIR / "var"))
# Under .example, which RFC 2606 keeps free.
ACCOUNTS = {
    "administrator@register.example": None,
    "editor@register.example": "editor",
    "publisher@register.example": "publisher",
}
# What runs beside the site, and how often it looks whether there is something to do.
EVERY_SO_MANY_SECONDS = {"send_mail": 2, "bring_in_registers": 1}
# The body whose register the editor and the publisher keep.
DEMONSTRATION_BODY = "fps-justice"


def main() -> int:
    parser = argparse.ArgumentParser(prog="registry_site.local", description=__doc__)
    parser.add_argument("how", choices=["run", "dev", "production"])
    how = parser.parse_args().how
    port = free_port()
    # With a proxy in front, the site itself is behind another port.
    site_port = any_port() if how == "production" else port
    VAR.mkdir(parents=True, exist_ok=True)
    # An earlier release let everybody read it.
    (VAR / "mail").mkdir(exist_ok=True)
    (VAR / "mail").chmod(0o700)
    lock = (VAR / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"The site runs already on {VAR}: stop it first.") from None
    # Until the server runs there is nothing to end in an orderly way but the database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    database = None
    try:
        if not os.environ.get("DATABASE_URL"):
            database = PrivatePostgres(VAR / "postgres")
            os.environ["DATABASE_URL"] = database.start()
        # A database of somebody else gets neither made-up entries nor an account unasked.
        set_environment(port, debug=how == "dev", demonstration=database is not None)
        os.environ["BIND"] = f"127.0.0.1:{site_port}"
        if how == "production":
            os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
            os.environ["CLIENT_ADDRESS_HEADER"] = "X-Real-IP"
        prepare()
        if database:
            print(create_accounts())
        proxy = start_proxy(port, site_port) if how == "production" else None
        try:
            return serve(how, port)
        finally:
            if proxy:
                proxy.stop()
    except KeyboardInterrupt:
        return 130
    finally:
        if database:
            database.stop()


def set_environment(port: int, *, debug: bool, demonstration: bool) -> None:
    defaults = {
        "DJANGO_SETTINGS_MODULE": "registry_site.settings",
        "DEBUG": "1" if debug else "0",
        "DEMONSTRATION": "1" if demonstration else "0",
        "HTTPS": "0",
        # On one's own machine: mails become files, and a password is enough.
        "TWO_FACTOR": "0",
        "MAIL_DIRECTORY": str(VAR / "mail"),
        "ADMIN_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1]",
        "STATIC_ROOT": str(VAR / "static"),
        "SECRET_KEY": kept_secret(VAR / "secret-key"),
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def prepare() -> None:
    """Bring database, data, messages and static files up to date."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    print("Preparing the database.", flush=True)
    call_command("compilemessages")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_codelists", stdout=sys.stdout)
    call_command("load_organisations", stdout=sys.stdout)
    call_command("load_templates", stdout=sys.stdout)
    if settings.DEMONSTRATION:
        print("Loading the demonstration register: the first time takes a minute.", flush=True)
        call_command("load_demonstration", stdout=sys.stdout)
    # What an earlier release wrote in another way.
    call_command("rebuild_search", "--missing", stdout=sys.stdout)
    if not settings.DEBUG:
        # Emptied first only where nobody else keeps files.
        ours = Path(settings.STATIC_ROOT) == VAR / "static"
        call_command("collectstatic", verbosity=0, interactive=False, clear=ours)


def create_accounts() -> str:
    """The demonstration accounts, made on first use; returns what to tell about them."""
    from organisations.models import Membership, Organisation, User

    path = VAR / "administrator-password"
    is_new = not path.exists()
    password = kept_secret(path)
    body = Organisation.objects.get(slug=DEMONSTRATION_BODY)
    for email, role in ACCOUNTS.items():
        account = User.objects.filter(email=email).first()
        if account is None:
            account = User.objects.create_user(email, password, is_superuser=role is None)
            if role:
                Membership.objects.create(user=account, organisation=body, role=role)
        elif is_new:
            account.set_password(password)
            account.save()
    administrator, editor, publisher = ACCOUNTS
    return (
        f"\n  Central administrator: {administrator}, password {password}\n"
        f"  Editor of {body}: {editor}, the same password\n"
        f"  Publisher of {body}: {publisher}, the same password\n"
        f"  (the password of the first start: see {path}; mails: see {VAR / 'mail'})"
    )


def start_proxy(port: int, site_port: int) -> Proxy:
    from django.core.management import call_command

    call_command("proxy_pages", VAR / "proxy-pages")
    proxy = Proxy(VAR / "proxy", port=port, site=site_port, pages=VAR / "proxy-pages")
    proxy.start()
    return proxy


def serve(how: str, port: int) -> int:
    """Run the web server until it ends or a signal ends it; returns its exit code."""
    command = [sys.executable, "-m", "gunicorn", "--config", "registry_site/gunicorn_settings.py"]
    if how == "dev":
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}"]
    print(
        f"\n  The register:    http://127.0.0.1:{port}/\n"
        f"  The admin:       http://127.0.0.1:{port}/admin/\n"
        "  Ctrl-C stops the site, and its database if it started one.\n",
        flush=True,
    )
    # Ctrl-C reaches all in the session of the terminal: these end when we tell them, not half way
    # through their start. A developer's server stays there, for a debugger to read from it.
    server = subprocess.Popen(
        command, cwd=BASE_DIR, start_new_session=how != "dev", preexec_fn=die_with_parent
    )
    others = [
        subprocess.Popen(
            [sys.executable, "manage.py", task, f"--every={seconds}"],
            cwd=BASE_DIR,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
        for task, seconds in EVERY_SO_MANY_SECONDS.items()
    ]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.terminate())
    code = server.wait()
    for other in others:
        other.terminate()
    for other in others:
        other.wait()
    return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else code


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use and readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        secret = secrets.token_urlsafe(24)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secret)
        return secret


if __name__ == "__main__":
    sys.exit(main())
