"""A Kannel beside the site (`lapor run --sms`), to try SMS without an operator, and a telephone to try it with.

Its settings, ports and secrets are made anew at each start, below the data folder. The centre behind it is Kannel's own
fake: whoever connects there is the telephone network. For a real operator see docs/channels.md.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import socket
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote_plus

from config import place
from config.say import complain, say

CONF = place.BASE_DIR / "deploy" / "kannel" / "kannel.conf"
PLACES = "/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/sbin"
PROGRAMS = ("bearerbox", "smsbox")  # in the order of their start
_PORTS = ("ADMIN_PORT", "SMSBOX_PORT", "SMSC_PORT", "SENDSMS_PORT")
_WAIT = 90.0  # seconds for an answer to a line that was piped in


class NoKannel(Exception):
    """Kannel is not installed; the text says how to have it."""


def program(name: str) -> str:
    """The path of one of Kannel's programs. Raises `NoKannel`."""
    found = shutil.which(name, path=PLACES)
    if found is None:
        raise NoKannel("There is no Kannel here. Install it: sudo apt-get install kannel")
    return found


def folder(data: Path) -> Path:
    return data / "kannel"


def prepare(data: Path) -> None:
    """Writes its configuration, and tells the site of it by the environment. Raises `NoKannel`."""
    for name in PROGRAMS:
        program(name)
    where, site = folder(data), f"http://127.0.0.1:{place.port()}"
    password, secret = secrets.token_urlsafe(18), secrets.token_urlsafe(18)
    ports = configure(where, site=site, user="lapor", password=password, secret=secret)
    (where / "telephones").write_text(str(ports["SMSC_PORT"]), encoding="utf-8")
    os.environ |= {
        "LAPOR_KANNEL_URL": sendsms(ports),
        "LAPOR_KANNEL_USER": "lapor",
        "LAPOR_KANNEL_PASSWORD": password,
        "LAPOR_KANNEL_SECRET": secret,
        "LAPOR_KANNEL_BACK_URL": site,
    }


def configure(where: Path, *, site: str, user: str, password: str, secret: str) -> dict[str, int]:
    """Writes the configuration of one that hands messages to this site into a folder of its own; its ports, by name."""
    (where / "store").mkdir(parents=True, exist_ok=True)
    where.chmod(0o700)
    ports = _free_ports()
    words = {
        **{name: str(port) for name, port in ports.items()},
        "ADMIN_PASSWORD": secrets.token_urlsafe(18),
        "USER": user,
        "PASSWORD": password,
        "FOLDER": str(where),
        "LAPOR_URL": site,
        "SECRET": secret,
    }
    text = CONF.read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    conf = where / "kannel.conf"
    conf.touch(0o600)
    conf.write_text(text, encoding="utf-8")
    return ports


def sendsms(ports: dict[str, int]) -> str:
    """Where messages are handed to it."""
    return f"http://127.0.0.1:{ports['SENDSMS_PORT']}/cgi-bin/sendsms"


def telephone(arguments: list[str]) -> int:
    """A telephone on the terminal: each line is an SMS to 1708, and what comes back is printed."""
    says = "A telephone to try SMS with, beside `lapor run --sms`: each line is a message."
    parser = argparse.ArgumentParser(prog="lapor telephone", description=says)
    parser.add_argument("number", help="its number, e.g. 081200000001")
    number = parser.parse_args(arguments).number
    try:
        port = int((folder(place.data()) / "telephones").read_text(encoding="utf-8"))
        line = socket.create_connection(("127.0.0.1", port), 5)
    except (OSError, ValueError):
        complain("There is no telephone network here. Start one: lapor run --sms")
        return 1
    line.settimeout(None)
    came = threading.Event()
    threading.Thread(target=_print_what_comes, args=(line, came), daemon=True).start()
    for text in sys.stdin:
        if not text.strip():
            continue
        came.clear()
        line.sendall(f"{number} 1708 data {quote_plus(text.strip())}\n".encode())
        if not sys.stdin.isatty() and not came.wait(_WAIT):
            complain(f"No answer within {_WAIT:.0f} seconds. Is `lapor run --sms` still there?")
            return 1
    line.close()
    return 0


def _print_what_comes(line: socket.socket, came: threading.Event) -> None:
    with line.makefile("r", encoding="utf-8", errors="replace") as messages:
        for message in messages:
            _sender, _number, _kind, text = message.rstrip("\n").split(" ", 3)
            say(f"1708: {text}")
            time.sleep(0.2)  # a second message to the same line comes close behind
            came.set()


def _free_ports() -> dict[str, int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _name in _PORTS]
    ports = {name: int(one.getsockname()[1]) for name, one in zip(_PORTS, held, strict=True)}
    for one in held:
        one.close()
    return ports
