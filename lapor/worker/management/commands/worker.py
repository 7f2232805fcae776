"""`worker` runs consumers, clocks, deliveries and housekeeping until it is told to stop; `--once` drains and ends."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lapor.pulse.signs import WORKER
from lapor.worker import learning
from lapor.worker.jobs import JOBS, LASTING, MESSAGES, REST
from lapor.worker.loop import Loop, beat, drain

PARTS = {"messages": (MESSAGES, "messages"), "rest": ((*REST, *LASTING), WORKER)}


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # it serves no pages; it starts quicker without looking at them
    help = "Publishes, counts, notifies and watches deadlines. Several workers may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do everything that is due now, then end")
        parser.add_argument("--part", choices=PARTS, help="only messages by SMS and other services, or only the rest")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            done = drain()
            beat(WORKER, now=timezone.now())
            if options["verbosity"]:
                self.stdout.write(f"{done} done")
            return
        jobs, name = PARTS[options["part"]] if options["part"] else ((*JOBS, *LASTING), WORKER)
        loop = Loop(jobs, name=name)

        def stop(_signal: int, _frame: FrameType | None) -> None:
            loop.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        try:
            loop.run()
        finally:
            learning.stop()
