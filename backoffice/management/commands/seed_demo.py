"""A believable business in an empty database, so that somebody can sell within a minute of the clone."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from backoffice.demo.shop import Demo
from smartpos.clock import now
from smartpos.people.models import Business


class Command(BaseCommand):
    """Only on an empty database; a second call does nothing."""

    help = "Create the demo business, its people, goods and ninety days of sales"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90, help="how many days of sales lie behind it")

    def handle(self, *args: Any, **options: Any) -> None:
        if Business.objects.exists():
            return
        demo = Demo(now(), options["days"])
        demo.build()
        path = settings.DATA_DIR / "demo-sign-ins.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"people": demo.signs}, ensure_ascii=False, indent=2), encoding="utf-8")
        self.stdout.write("The demo is ready.")
