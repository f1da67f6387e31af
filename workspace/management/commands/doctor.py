"""`manage.py doctor`: what is wrong with this installation, and what to do about it."""

from typing import Any

from django.core.management.base import BaseCommand

from workspace import doctor


class Command(BaseCommand):
    help = "Looks at settings, files, services, clocks and the log. Exits 1 where there is a fault; warnings do not count."
    requires_system_checks = ()  # the doctor runs them himself

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(doctor.findings())
        for finding in found:
            self.stdout.write(
                f"{'FAULT  ' if finding.is_fault else 'warning'}  {finding.sentence}\n         {finding.remedy}"
            )
        faults = sum(finding.is_fault for finding in found)
        self.stdout.write(f"{doctor.count()} looks, {faults} faults, {len(found) - faults} warnings.")
        if faults:
            raise SystemExit(1)
