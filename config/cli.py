"""The command line for operators: `lapor run`, `lapor worker`, `lapor import-opendata FILE` and so on."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from dataclasses import dataclass

from django.core.management import execute_from_command_line

from config import kannel, messages, place, postgres
from config.lock import AlreadyRunning
from config.run import run
from config.say import complain, say


@dataclass(frozen=True)
class Command:
    """One word of the command line, and the management command of a room that does it ("" where we do it here)."""

    says: str
    management: str = ""


COMMANDS = {
    "run": Command("Start everything: database, web server, worker, with --sms a Kannel. Ctrl-C ends everything."),
    "telephone": Command("A telephone to try SMS with, beside `lapor run --sms`: lapor telephone NUMBER"),
    "worker": Command("Start one more worker: deliveries, deadlines, consumers of events.", "worker"),
    "migrate": Command("Bring the tables of the database up to date.", "migrate"),
    "load-reference": Command("Load regions, agencies, categories and holidays.", "load_reference"),
    "demonstration": Command("Load the demonstration: accounts and reports, all invented.", "demonstration"),
    "code": Command("Print the one-time code of a demonstration account: lapor code EMAIL", "code"),
    "import-opendata": Command("Read reports from a file with the published columns: FILE.csv", "import_opendata"),
    "mail": Command("Take one mail from a mail server: lapor mail take < FILE", "mail"),
    "export-opendata": Command("Write the published reports, redacted, with the same columns.", "export_opendata"),
    "audit": Command("Check history against its signed tree: lapor audit verify [--heads FILE]", "audit"),
    "vault": Command("Look after the key of the vault: status, rotate, retire VERSION.", "vault"),
    "push": Command("The key pair of web push: make, show.", "push"),
    "routing": Command("The model of routing: train, eval FILE.jsonl, status, promote VERSION.", "routing"),
    "statistics": Command("The published figures: verify, rebuild, seed-year and more.", "statistics"),
    "retention": Command("Erase what has been kept for its time; --dry-run only counts.", "retention"),
    "messages": Command("Compile the translations; with --extract, first collect the texts of the interface."),
    "manage": Command("Everything else that Django offers: lapor manage COMMAND ..."),
}
# These need no database, so none is started for them.
OFFLINE = {"", "makemigrations", "check", "help", "collectstatic", "diffsettings", "findstatic", "version", "--version"}
OFFLINE_PAIRS = {("routing", "eval"), ("push", "make"), ("push", "show")}


def main() -> None:
    """Runs the command that the arguments name; ends the process with its exit code."""
    width = max(map(len, COMMANDS))
    parser = argparse.ArgumentParser(
        prog="lapor",
        description="LAPOR: public reports, from the first word to the answer.",
        epilog="commands:\n"
        + "\n".join(f"  {name:<{width}}  {command.says}" for name, command in COMMANDS.items())
        + "\n\n`lapor COMMAND --help` says more about one of them. Settings come from the environment: see README.md.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="lapor COMMAND [arguments]",
    )
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND", help=argparse.SUPPRESS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if given.command == "run":
        running = argparse.ArgumentParser(prog="lapor run", description=COMMANDS["run"].says)
        running.add_argument("--sms", action="store_true", help="start a Kannel with a fake operator, to try SMS")
        sys.exit(run(with_sms=running.parse_args(given.arguments).sms))
    if given.command == "telephone":
        sys.exit(kannel.telephone(given.arguments))
    if given.command == "messages":
        _messages(given.arguments)
        return
    _manage(given.command, given.arguments)


def _messages(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="lapor messages", description=COMMANDS["messages"].says)
    parser.add_argument("--extract", action="store_true", help="collect the texts into locale/*/LC_MESSAGES/django.po")
    if parser.parse_args(arguments).extract:
        for language in messages.LANGUAGES:
            texts, untranslated = messages.update(language)
            say(f"{messages.catalogue(language)}: {texts} texts, {untranslated} without a translation")
    say(f"Compiled: {messages.compile_all()}")


def _manage(name: str, arguments: list[str]) -> None:
    words = arguments if name == "manage" else [COMMANDS[name].management, *arguments]
    offline = (words or [""])[0] in OFFLINE or tuple(words[:2]) in OFFLINE_PAIRS or {"-h", "--help"} & set(words)
    needs_server = not offline and not os.environ.get("DATABASE_URL")
    try:
        with postgres.running(place.data()) if needs_server else contextlib.nullcontext():
            execute_from_command_line(["lapor", *words])
    except (postgres.PostgresError, AlreadyRunning) as reason:
        complain(str(reason))
        sys.exit(os.EX_TEMPFAIL if name == "mail" else 1)  # a mail server is to try again, not to return the mail


if __name__ == "__main__":
    main()
