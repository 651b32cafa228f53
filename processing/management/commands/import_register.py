import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from processing.imports import steps, work
from processing.imports.files.hostile import Unreadable
from processing.imports.reasons import failure_of
from processing.imports.refusals import reason_of
from processing.imports.register.preview import share_understood
from processing.imports.register.preview_shown import report_of
from processing.models import ImportEntry, RegisterImport
from processing.publishing import Refused

State = RegisterImport.State


class Command(BaseCommand):
    help = "Bring in the register of a body from a workbook or a CSV file, as drafts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("body", metavar="BODY", help="the short address of the body")
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--by", metavar="EMAIL", help="who is told to have done it")
        parser.add_argument("--language", choices=LANGUAGES, help="of the texts of the file")
        parser.add_argument("--mechanism", default="", help="code of transfers that tell none")
        parser.add_argument("--dry-run", action="store_true", help="tell what it would do")

    def handle(
        self, *args, body: str, file: Path, by: str | None, dry_run: bool, **options
    ) -> None:
        try:
            organisation = Organisation.objects.get(slug=body)
            person = User.objects.get_by_natural_key(by) if by else None
            data = file.read_bytes()
        except (Organisation.DoesNotExist, User.DoesNotExist, OSError) as error:
            raise CommandError(str(error)) from error
        try:
            with transaction.atomic():
                uploaded = steps.upload(data, file.name, organisation=organisation, by=person)
                self._preview(uploaded, options, person)
                if dry_run:
                    transaction.set_rollback(True)
                    return
                steps.confirm(uploaded, by=person)
        except Unreadable as refusal:
            raise CommandError(reason_of(refusal)) from refusal
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._bring_in(uploaded)

    def _preview(self, uploaded: RegisterImport, options: dict, by: User | None) -> None:
        self._work_on(uploaded)
        if uploaded.state == State.UPLOADED:
            self._choose(uploaded, options, by)
            self._work_on(uploaded)
        for row in report_of(uploaded):
            self.stdout.write("\t".join(" ".join(cell.split()) for cell in row))
        self._tell(uploaded)
        self.stdout.write(f"cells understood: {share_understood(uploaded)} %")

    def _choose(self, uploaded: RegisterImport, options: dict, by: User | None) -> None:
        language = options["language"] or uploaded.language
        if not options["language"] and not uploaded.is_language_sure:
            raise CommandError("The language of the file is not certain: give --language.")
        mechanism = options["mechanism"]
        steps.choose(uploaded, {}, language=language, mechanism=mechanism, by=by)

    def _work_on(self, uploaded: RegisterImport) -> None:
        work.do_now(uploaded)
        if uploaded.state == State.MAPPED:
            # The register's own workbook: there is nothing to choose.
            work.do_now(uploaded)
        if uploaded.state == State.FAILED:
            raise CommandError(failure_of(uploaded.failure))

    def _bring_in(self, uploaded: RegisterImport) -> None:
        """What was asked for the body before comes first."""
        while uploaded.state == State.WAITING:
            if not work.work_waiting():
                # Another worker is at it.
                time.sleep(1)
            uploaded.refresh_from_db()
        if uploaded.state == State.FAILED:
            raise CommandError(failure_of(uploaded.failure))
        self._tell(uploaded)

    def _tell(self, uploaded: RegisterImport) -> None:
        for outcome, label in ImportEntry.Outcome.choices:
            self.stdout.write(f"{label}: {uploaded.counts.get(outcome, 0)}")
