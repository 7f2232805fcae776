"""`worker` runs consumers, clocks, deliveries and housekeeping until it is told to stop; `--once` drains and ends."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from lapor.pulse.signs import WORKER
from lapor.worker import learning
from lapor.worker.jobs import JOBS, LASTING, MESSAGES, REST, Job
from lapor.worker.loop import Loop, beat, drain

# Each part by its name in the signs of life, and its loops, which run side by side: sending waits for other services.
Part = tuple[str, list[tuple[Job, ...]]]
PARTS: dict[str, Part] = {"messages": ("messages", [(job,) for job in MESSAGES]), "rest": (WORKER, [(*REST, *LASTING)])}
WHOLE: Part = (WORKER, [(*JOBS, *LASTING)])


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
        name, groups = PARTS[options["part"]] if options["part"] else WHOLE
        loops = [Loop(jobs, name=name) for jobs in groups]
        beside = [threading.Thread(target=loop.run) for loop in loops[1:]]

        def stop(*_signal: object) -> None:
            for loop in loops:
                loop.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        for thread in beside:
            thread.start()
        try:
            loops[0].run()
        finally:
            stop()
            for thread in beside:
                thread.join()
            learning.stop()
