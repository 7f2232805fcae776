"""Heads go to places outside once a day and on demand; what fails is noted, tried again and shown, never in silence."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from pytest_django import Settings

from lapor.audit.record import record
from lapor.evidence import heads, kept, outbox
from lapor.evidence.models import Delivery, Head
from tests.cast import Stage, file_report
from tests.evidence.conftest import LATER, faults, log

DAY = timedelta(days=1)


@pytest.fixture
def signed(stage: Stage) -> Head:
    file_report()
    log()
    return Head.objects.get()


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.LAPOR_HEADS_FOLDER = str(tmp_path)
    return tmp_path


class Post:
    """A server elsewhere that takes what is posted to it, or refuses."""

    def __init__(self) -> None:
        self.got: list[Any] = []
        self.status = 200
        post = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                post.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(post.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/kotak?token=RAHASIA"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    made = Post()
    settings.LAPOR_HEADS_WEBHOOKS = [made.url]
    yield made
    made.server.shutdown()
    made.server.server_close()


def states() -> list[tuple[str, int, str]]:
    return list(Delivery.objects.order_by("pk").values_list("state", "attempts", "last_error_class"))


def test_without_places_nothing_is_sent(signed: Head) -> None:
    assert outbox.send_due(now=LATER) == 0
    assert states() == []


def test_a_head_is_written_into_the_folder_once_a_day_and_serves_for_verification(signed: Head, folder: Path) -> None:
    for _twice in range(2):
        outbox.send_due(now=LATER)
    (written,) = folder.iterdir()
    assert json.loads(written.read_text()) == heads.shown(signed)
    assert faults(outside=kept.read(folder)) == []
    file_report()
    log(LATER + DAY)
    outbox.send_due(now=LATER + DAY)
    assert len(list(folder.iterdir())) == 2
    assert [state for state, _tries, _error in states()] == ["sent", "sent"]


def test_a_head_is_mailed_with_its_file(signed: Head, settings: Settings) -> None:
    settings.LAPOR_HEADS_EMAILS = ["simpan@uji.invalid", "arsip@uji.invalid"]
    outbox.send_due(now=LATER)
    assert sorted(one.to[0] for one in mail.outbox) == ["arsip@uji.invalid", "simpan@uji.invalid"]
    name, content, _kind = mail.outbox[0].attachments[0]
    assert name.endswith("-2.json")
    assert json.loads(content) == heads.shown(signed)


def test_a_head_is_posted_and_the_secret_in_the_address_is_kept_nowhere(signed: Head, post: Post) -> None:
    outbox.send_due(now=LATER)
    assert post.got == [heads.shown(signed)]
    assert states() == [("sent", 1, "")]
    assert "RAHASIA" not in str(list(Delivery.objects.values()))
    assert Delivery.objects.get().label == "127.0.0.1"


def test_a_place_that_refuses_is_tried_again_later_each_time_and_then_given_up(
    signed: Head, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.status = 503
    now = LATER
    for tries in range(1, outbox.TRIES + 1):
        assert outbox.send_due(now=now) == 1
        assert outbox.send_due(now=now) == 0, "not at once"
        state = "failed" if tries == outbox.TRIES else "queued"
        assert states() == [(state, tries, "HTTPStatusError")]
        now += outbox.WAITS[min(tries, len(outbox.WAITS)) - 1]
    assert "RAHASIA" not in caplog.text
    post.status = 200
    log(LATER + DAY)
    outbox.send_due(now=LATER + DAY)
    assert [state for state, _tries, _error in states()] == ["failed", "sent"], "the next day is another chance"


def test_a_place_that_comes_back_gets_the_head_that_it_was_promised(signed: Head, post: Post) -> None:
    post.status = 500
    outbox.send_due(now=LATER)
    post.status = 200
    outbox.send_due(now=LATER + outbox.WAITS[0])
    assert states() == [("sent", 2, "")]


def test_a_folder_that_is_not_mounted_is_a_failure(signed: Head, settings: Settings, tmp_path: Path) -> None:
    settings.LAPOR_HEADS_FOLDER = str(tmp_path / "gone")
    outbox.send_due(now=LATER)
    assert states() == [("queued", 1, "FileNotFoundError")]


def test_a_place_that_was_taken_out_of_the_settings_is_given_up(signed: Head, folder: Path, settings: Settings) -> None:
    settings.LAPOR_HEADS_FOLDER = str(folder / "gone")
    outbox.send_due(now=LATER)
    settings.LAPOR_HEADS_FOLDER = ""
    outbox.send_due(now=LATER + outbox.WAITS[0])
    assert states() == [("failed", 2, "NotConfigured")]


def test_on_demand_a_new_head_goes_out_at_once(signed: Head, folder: Path) -> None:
    file_report()
    log()
    assert outbox.send_now(now=LATER + timedelta(seconds=5)) == 1
    (written,) = folder.iterdir()
    assert json.loads(written.read_text())["statement"]["size"] == 4


def test_nothing_is_sent_inside_a_transaction(
    transactional_db: None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(user_id=None, act="uji", subject="agency:1", now=LATER)
    log()
    inside: list[bool] = []
    monkeypatch.setattr(outbox, "deliver", lambda _head, _to: inside.append(connection.in_atomic_block))
    outbox.send_due(now=LATER)
    assert inside == [False]


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "[1]", "bukan json", '{"heads": []}', '{"statement": {"size": 1}}']
)
def test_what_holds_no_heads_never_passes_as_agreement(tmp_path: Path, content: str) -> None:
    file = tmp_path / "heads.json"
    file.write_text(content)
    with pytest.raises(kept.NotHeads):
        kept.read(file)


def test_heads_are_read_from_every_form_in_which_they_are_given_away(signed: Head, tmp_path: Path) -> None:
    shown = heads.shown(signed)
    forms = (json.dumps(shown), json.dumps([shown]), json.dumps({"heads": [shown]}), f"{json.dumps(shown)}\n" * 2)
    for content in forms:
        file = tmp_path / "heads.json"
        file.write_text(content)
        assert kept.read(file)[0] == shown
