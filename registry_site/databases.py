"""The connections of the site: to its database, and to the servers that public pages read from."""

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# So many seconds may a server take to accept a connection, and so many milliseconds its machine to
# take what was sent. While nothing is sent, it is asked every second whether it is there: one that
# is gone without a word costs no request more. An address may say otherwise.
PATIENCE = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5_000,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
}
# The same for the server: a machine of ours that is gone holds no row any longer.
PATIENCE_OF_THE_SERVER = {
    "tcp_user_timeout": 5_000,
    "tcp_keepalives_idle": 1,
    "tcp_keepalives_interval": 1,
}
# registry_site/postgresql/base.py.
ENGINE = "registry_site.postgresql"
# A search for a common word notes each row that it found, 64 bytes a page of the table. Where there
# is no room, it notes pages, and reads the texts of all their rows: with the 4 MB of PostgreSQL
# from 65,000 pages on, with this from 262,000 on (docs/decisions/0047). Here too, an address may
# say otherwise.
WORK_MEMORY = "16MB"


def connections_to(
    url: str, public_urls: list[str], *, statement_timeout: int
) -> tuple[dict[str, dict], list[str]]:
    """Django's DATABASES, and the names of those for public reads; the last is at `url`.

    It stands in for the replicas, as the same role as they. Raises ImproperlyConfigured for an
    address that is not of PostgreSQL.
    """
    primary = _connection(url, statement_timeout)
    public = [_connection(address, statement_timeout) for address in public_urls]
    replicas = [settings for settings in public if _place(settings) != _place(primary)]
    if public:
        named = [settings for settings in public if _place(settings) == _place(primary)]
        role = {name: public[0][name] for name in ("USER", "PASSWORD")}
        public = [*replicas, named[0] if named else primary | role]
    names = [
        "public" if number == 1 else f"public_{number}" for number in range(1, len(public) + 1)
    ]
    return {"default": primary, **dict(zip(names, public, strict=True))}, names


def _connection(url: str, statement_timeout: int) -> dict:
    found = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True, ssl_require=False)
    if found["ENGINE"] != "django.db.backends.postgresql":
        told = "DATABASE_URL and PUBLIC_DATABASE_URL must be addresses of PostgreSQL."
        raise ImproperlyConfigured(told)
    options = PATIENCE | found.get("OPTIONS", {})
    asked = PATIENCE_OF_THE_SERVER | {"work_mem": WORK_MEMORY}
    if statement_timeout:
        asked["statement_timeout"] = statement_timeout * 1000
    told = [f"-c {name}={value}" for name, value in asked.items()]
    # Of two that say different things, PostgreSQL takes the last.
    told.append(options.get("options", ""))
    return found | {
        "ENGINE": ENGINE,
        "OPTIONS": options | {"options": " ".join(filter(None, told))},
    }


def _place(settings: dict) -> tuple:
    return settings["HOST"], settings["PORT"] or 5432, settings["NAME"]
