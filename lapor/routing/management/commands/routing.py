"""`routing train|eval|status|promote`: makes, judges and changes the model that weighs what a report is about.

`routing train-tagger` makes the tagger of personal data anew, which comes with the program.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lapor.redaction import tagger
from lapor.routing import thresholds
from lapor.routing.learning import shelf, tagging
from lapor.routing.learning.examples import examples_of, read_rows
from lapor.routing.learning.fit import TooLittle
from lapor.routing.learning.train import Kept, Outcome, put_in_use, train
from lapor.routing.models import Version
from lapor.routing.scoring import crossed
from lapor.routing.scoring.coldmodel import judge_of
from lapor.routing.scoring.evaluate import Report, evaluate

SHOWN_LINES = 20


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # `eval` needs no database, and nothing here serves pages
    help = "Trains the routing model, evaluates it on labelled messages, says which version is in use, or changes it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="train|train-tagger|eval|status|promote")
        training = what.add_parser("train", help="learn from shipped messages and officers' decisions")
        choice = training.add_mutually_exclusive_group()
        choice.add_argument("--promote", action="store_true", help="use it even where it is not better")
        choice.add_argument("--no-promote", action="store_true", help="keep it without using it")
        choice.add_argument("--dry-run", action="store_true", help="only say how it does; keep nothing")
        what.add_parser(
            "train-tagger", help="for developers: make what finds personal data anew from the shipped messages"
        )
        judging = what.add_parser("eval", help="figures on a file of labelled messages; learns nothing from it")
        judging.add_argument("file", type=Path, nargs="?", help="JSON lines; without it: the shipped ones, crosswise")
        judging.add_argument("--json", action="store_true", help="one JSON object instead of a table")
        what.add_parser("status", help="which version is in use, and what is wrong with it")
        promoting = what.add_parser("promote", help="use this version from now on")
        promoting.add_argument("version")

    def handle(self, *args: object, what: str, **options: Any) -> None:
        {
            "train": self._train,
            "train-tagger": self._train_tagger,
            "eval": self._eval,
            "status": self._status,
            "promote": self._promote,
        }[what](options)

    def _train(self, options: dict[str, Any]) -> None:
        promote = True if options["promote"] else False if options["no_promote"] else None
        try:
            done = train(now=timezone.now(), by=None, promote=promote, dry_run=options["dry_run"])
        except (TooLittle, Kept) as reason:
            raise CommandError(f"{reason} The version in use stays.") from None
        self._show_outcome(done, is_dry=options["dry_run"])

    def _train_tagger(self, options: dict[str, Any]) -> None:
        said = tagging.make(tagger.FILE, tagger.STAMP)
        self.stdout.write(f"learned from {said['labels']} personal data in {said['messages']} messages: {tagger.FILE}")

    def _show_outcome(self, done: Outcome, *, is_dry: bool) -> None:
        self.stdout.write(
            f"version {done.version}: {done.shipped_rows} shipped messages, {done.decided_rows} decisions"
        )
        for name, figure in done.figures["unseen"].items():
            self.stdout.write(
                f"  {name}: {figure['value']:.3f} [{figure['low']:.3f}–{figure['high']:.3f}] of {figure['n']} not "
                f"learned from; {figure['at_70']:.3f} at 70 % coverage"
            )
        result = "nothing was kept" if is_dry else "in use from now on" if done.is_promoted else "kept, not used"
        self.stdout.write(f"{result} ({done.why})")

    def _eval(self, options: dict[str, Any]) -> None:
        if options["file"] is None:
            found = {"sample": crossed.on_sample(), "held_out": crossed.on_held_out(), "blind": crossed.on_blind()}
            self._print(found, as_json=options["json"])
            return
        try:
            rows, broken = read_rows(options["file"])
        except OSError as reason:
            raise CommandError(f"The file cannot be read: {reason.strerror}.") from None
        asker, origin = judge_of(examples_of(rows))
        report = evaluate(rows, lambda _example: asker)
        report.notes |= {"model": origin, "version": asker.version, "broken_lines": broken}
        if options["json"]:
            self.stdout.write(json.dumps(_flat(report), ensure_ascii=False))
            return
        self._print({options["file"].name: report}, as_json=False)

    def _print(self, found: dict[str, Report], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({name: _flat(report) for name, report in found.items()}, ensure_ascii=False))
            return
        for name, report in found.items():
            self.stdout.write(f"{name}: {report.notes['rows']} messages, {report.notes['fillers']} of them fillers")
            for line in _lines(report):
                self.stdout.write(line)

    def _status(self, options: dict[str, Any]) -> None:
        for row in Version.objects.order_by("-trained_at")[:SHOWN_LINES]:
            mark = "in use" if row.is_current else ""
            rows = f"{row.shipped_rows} shipped, {row.decided_rows} decided"
            self.stdout.write(f"{row.version}  {row.trained_at:%Y-%m-%d %H:%M}  {rows}  {mark}".rstrip())
        current = Version.objects.filter(is_current=True).values_list("version", flat=True).first()
        if trouble := shelf.trouble():
            self.stdout.write(f"The model {shelf.named()} is not used: {trouble}. The rules go on alone.")
        elif current is None:
            self.stdout.write("No model is in use: the rules answer alone.")
        elif current != shelf.named():
            self.stdout.write(
                f"The files name {shelf.named() or 'no version'}; `lapor routing promote {current}` mends it."
            )
        if trouble := tagger.trouble():
            self.stdout.write(f"The tagger of personal data is not used: {trouble}. The rules go on alone.")
        self.stdout.write(f"Threshold: {thresholds.newest():.2f}")

    def _promote(self, options: dict[str, Any]) -> None:
        try:
            put_in_use(options["version"], by=None, now=timezone.now())
        except (Kept, ValueError) as reason:
            raise CommandError(str(reason)) from None
        self.stdout.write(f"{options['version']} is in use from now on")


def _flat(report: Report) -> dict[str, Any]:
    return {"metrics": report.metrics, **report.notes}


def _lines(report: Report) -> list[str]:
    lines = []
    for name, figure in report.metrics.items():
        if name == "milliseconds":
            lines.append(f"  {'median time per message':<28} {figure['value']} ms")
        elif figure["n"] == 0:
            lines.append(f"  {name:<28} no messages")
        else:
            share = f"{figure['value']:.3f} [{figure['low']:.3f}–{figure['high']:.3f}] n={figure['n']}"
            covered = f", coverage {figure['coverage']:.2f}" if figure.get("coverage") is not None else ""
            lines.append(f"  {name:<28} {share}{covered}")
    if report.notes.get("broken_lines"):
        shown = ", ".join(map(str, report.notes["broken_lines"][:SHOWN_LINES]))
        lines.append(f"  lines left out because they are broken: {shown}")
    if "model" in report.notes:
        lines.append(f"  model: {report.notes['model']}")
    return lines
