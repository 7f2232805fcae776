"""What leaves by other ways than an address: tables, mail, log, files on disk, sessions, exports, commands, error pages."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client

from lapor.reports import own
from tests.exits.addresses import address
from tests.exits.table import level
from tests.exits.world import CLASSES, CONFIDENTIAL, CONTENT, NAMES, PHONES, SEALED, Level, World, seen


def test_no_mail_holds_a_text_or_a_person(world: World, db: None) -> None:
    assert world.mails, "people were told that there is something to read"
    said = "".join(f"{one.subject} {one.body} {one.extra_headers}" for one in world.mails)
    for kind in CLASSES:
        assert seen(kind, world.reports[kind], said) <= Level.CODE, kind


def test_the_log_at_its_loudest_holds_codes_at_most(world: World, db: None) -> None:
    assert world.log
    for kind in CLASSES:
        assert seen(kind, world.reports[kind], world.log) <= Level.CODE, kind


def test_no_name_and_no_path_on_disk_tells_anything(world: World, db: None) -> None:
    for folder in (Path(settings.MEDIA_ROOT), world.temporary):
        for path in folder.rglob("*"):
            for kind in CLASSES:
                assert seen(kind, world.reports[kind], str(path)) == Level.NOTHING
    assert not [path for path in world.temporary.rglob("*") if path.is_file()], "nothing is left among temporary files"


def test_no_session_holds_a_text_or_a_person(world: World, db: None) -> None:
    said = " ".join(str(dict(browser.session)) for browser in world.browsers.values())
    assert world.reports[CONFIDENTIAL].code in said, "the reporter's session knows what was proved"
    for kind in CLASSES:
        assert seen(kind, world.reports[kind], said) <= Level.CODE, kind


def test_the_export_holds_what_the_public_may_read(world: World, db: None, tmp_path: Path) -> None:
    call_command("export_opendata", output=tmp_path / "laporan.csv", stdout=io.StringIO(), stderr=io.StringIO())
    said = (tmp_path / "laporan.csv").read_text()
    for kind in CLASSES:
        assert seen(kind, world.reports[kind], said) == level("public:detail", kind, "visitor"), kind


@pytest.mark.parametrize("command", [["worker", "--once"], ["statistics", "verify"], ["check"], ["showmigrations"]])
def test_no_command_of_the_operator_says_more_than_a_code(world: World, db: None, command: list[str]) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command(*command, stdout=out, stderr=err, verbosity=2)
    for kind in CLASSES:
        assert seen(kind, world.reports[kind], out.getvalue() + err.getvalue()) <= Level.CODE


def test_an_error_in_the_middle_of_a_secret_page_says_nothing(
    world: World, db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    looked = own.view

    def breaks(actor: Any) -> own.OwnView:
        found = looked(actor)  # what is read by then lies in the variables of the frames
        raise RuntimeError(f"something of ours broke after {len(found.messages)} messages")

    monkeypatch.setattr(own, "view", breaks)
    browser = world.browsers["reporter"]
    monkeypatch.setattr(browser, "raise_request_exception", False)
    for kind in (CONFIDENTIAL, SEALED):
        answer = browser.get(address("public:own", world, kind))
        assert answer.status_code == 500
        said = answer.content.decode() + caplog.text
        assert "something of ours broke" in caplog.text
        assert seen(kind, world.reports[kind], said) <= Level.CODE


def test_what_was_typed_wrongly_is_not_logged(world: World, db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    mark = CONTENT[SEALED]
    Client().post("/lapor/", {"kind": "whistleblowing", "text": mark, "name": NAMES[SEALED], "phone": PHONES[SEALED]})
    Client().post("/lacak/", {"code": mark, "pin": PHONES[SEALED]})
    Client().post("/api/v1/reports", {"text": mark, "name": NAMES[SEALED]}, content_type="application/json")
    assert mail.outbox == []
    assert seen(SEALED, world.reports[SEALED], caplog.text) == Level.NOTHING
