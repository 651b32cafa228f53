from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from registry_site.database_roles import grants


class Command(BaseCommand):
    help = (
        "Give the roles of the site, of public pages and of the worker what they need in the "
        "database, and no more. Run it as the owner of the tables after each `migrate`; the roles "
        "exist already."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default="", metavar="ROLE", help="that of DATABASE_URL")
        parser.add_argument(
            "--public", default="", metavar="ROLE", help="that of PUBLIC_DATABASE_URL"
        )
        told = "that of bring_in_registers, and of send_mail"
        parser.add_argument("--worker", default="", metavar="ROLE", help=told)

    def handle(self, *args, site: str, public: str, worker: str, **options) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in grants(connection, site=site, public=public, worker=worker):
                cursor.execute(statement)
