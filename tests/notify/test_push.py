"""News in a browser: what it is shown, what a lock screen does not tell, and what becomes of a browser that is gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from lapor.channels import registry
from lapor.channels.models import Sending, Subscription
from lapor.channels.push import kept
from lapor.lib.codes import show_code
from lapor.notify import send
from lapor.notify.models import Notice
from lapor.reports import actions
from lapor.reports.models import Report
from lapor.vault import pushing
from tests.cast import MONDAY, TEXT, Stage, file_report, reporter, to_answered
from tests.fakes.push import Browser, Service, push_service
from tests.notify.test_queue import read_all

LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def service(settings: LazySettings, own_data: Path) -> Iterator[Service]:
    """A push service, and a key pair of our own."""
    settings.LAPOR_PUSH_SERVICES = ["127.0.0.1"]
    pushing.make()
    with push_service() as running:
        yield running


def listen(service: Service, report: Report, *, language: str = "id") -> Browser:
    """A browser in which the reporter asked for news."""
    browser = service.subscribe(pushing.public_key())
    keep(browser, report, language=language)
    return browser


def keep(browser: Browser, report: Report, *, language: str = "id") -> None:
    said = browser.subscription()
    given = pushing.Browser(endpoint=said["endpoint"], **said["keys"])
    kept.keep(report_id=report.pk, browser=given, language=language, now=MONDAY)


def tell(*, now: Any = LATER) -> None:
    """The worker's part."""
    read_all()
    send.deliver(now=now)
    registry.send(now=now)


def test_an_answer_is_shown_in_the_browser_that_asked_for_it(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    to_answered(stage, report)
    tell()
    assert [shown["title"] for shown in browser.shown] == [
        f"Laporan {show_code(report.code)} sudah kami terima",
        f"Laporan {show_code(report.code)} diteruskan",
        f"Laporan {show_code(report.code)} sudah dijawab",
    ]
    assert browser.shown[-1]["path"] == f"/lacak/?kode={report.code}"
    assert set(Sending.objects.values_list("state", flat=True)) == {"sent"}
    tell(now=LATER + timedelta(days=1))
    assert len(browser.shown) == 3, "once"


@pytest.mark.parametrize("changes", [{"is_confidential": True}, {"is_anonymous": True}], ids=str)
def test_of_a_guarded_report_a_locked_screen_tells_nothing(
    stage: Stage, service: Service, changes: dict[str, Any]
) -> None:
    report, _ = file_report(**changes)
    browser = listen(service, report)
    to_answered(stage, report)
    tell()
    assert browser.shown
    for shown in browser.shown:
        assert shown == {
            "title": "Ada kabar baru dari LAPOR!",
            "body": "Ketuk untuk membukanya.",
            "path": "/lacak/",
        }


def test_secrecy_asked_for_while_news_wait_holds_for_them(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    read_all()
    actions.ask_secrecy(
        report_id=report.pk, is_anonymous=False, is_confidential=True, actor=reporter(report), now=MONDAY
    )
    tell()
    assert browser.shown and report.code not in str(browser.shown) and show_code(report.code) not in str(browser.shown)


def test_all_messages_have_one_length(stage: Stage, service: Service) -> None:
    for is_confidential in (False, True):
        report, _ = file_report(text=f"{TEXT} {is_confidential}", is_confidential=is_confidential)
        listen(service, report)
        to_answered(stage, report)
    tell()
    assert len(service.asked) >= 4 and len({length for _status, length in service.asked}) == 1


def test_where_a_browser_is_reached_is_nowhere_in_clear(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    to_answered(stage, report)
    tell()
    (row,) = Subscription.objects.all()
    rows = [bytes(row.box), bytes(row.digest), *(bytes(one.box) for one in Sending.objects.all())]
    for data in rows:
        assert browser.endpoint.encode() not in data and b"127.0.0.1" not in data
    assert browser.endpoint not in repr(kept.browser_of(str(row.pk)))


def test_a_sealed_report_tells_no_browser_and_forgets_it(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    read_all()
    actions.seal(report_id=report.pk, actor=reporter(report), now=MONDAY)
    tell()
    assert browser.shown == []
    assert not Subscription.objects.exists()


def test_erasing_the_reporter_forgets_the_browsers(stage: Stage, service: Service) -> None:
    report, _ = file_report(name="Pelapor Uji")
    listen(service, report)
    actions.erase_identity(report_id=report.pk, why="asked", actor=reporter(report), now=MONDAY)
    read_all()
    assert not Subscription.objects.exists() and not Notice.objects.filter(channel="push").exists()


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(stage: Stage, service: Service, status: int) -> None:
    report, _ = file_report()
    listen(service, report)
    service.faults = [(status, {})]
    actions.verify(report_id=report.pk, actor=stage.officer("admin"), now=MONDAY)
    tell()
    assert not Subscription.objects.exists()
    assert len(service.asked) == 1
    tell(now=LATER + timedelta(days=2))
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        ((500, {}), timedelta(minutes=1)),
        ((503, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}), timedelta(minutes=1)),
        ((429, {"Retry-After": "7200"}), timedelta(hours=2)),
        ((429, {"Retry-After": "999999999"}), timedelta(days=1)),
        ((403, {}), timedelta(minutes=1)),
        ((302, {"Location": "http://127.0.0.1:1/"}), timedelta(minutes=1)),
    ],
    ids=["500", "503", "429", "429-for-years", "403", "302"],
)
def test_what_is_not_taken_now_is_sent_later_as_the_service_asks(
    stage: Stage, service: Service, fault: tuple[int, dict[str, str]], wait: timedelta
) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    service.faults = [fault]
    tell()
    assert browser.shown == []
    registry.send(now=LATER + wait - timedelta(seconds=1))
    assert browser.shown == []
    registry.send(now=LATER + wait)
    assert len(browser.shown) == 1
    assert Subscription.objects.exists()


def test_a_service_that_does_not_answer_loses_nothing(stage: Stage, service: Service, settings: LazySettings) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    (row,) = Subscription.objects.all()
    settings.LAPOR_PUSH_SERVICES = []  # an operator took it off the list: nothing goes there
    tell()
    assert browser.shown == [] and not service.asked and Subscription.objects.get() == row


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://push.invalid/x",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.evil.invalid/x",
        "https://evilpush.apple.com@10.0.0.1/x",
        "https://user:word@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://[::1/x",
        "https://fcm.googleapis.com:port/x",
        "",
        "https://fcm.googleapis.com/" + "x" * 1_000,
    ],
)
def test_only_known_push_services_are_written_to(endpoint: str) -> None:
    assert not kept.is_allowed(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-sg2p.notify.windows.com/w/?token=abc",
    ],
)
def test_browsers_of_every_maker_may_subscribe(endpoint: str) -> None:
    assert kept.is_allowed(endpoint)


def test_one_browser_hears_once_and_a_report_has_five_at_most(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    browser = listen(service, report)
    keep(browser, report)
    assert Subscription.objects.count() == 1
    for _ in range(kept.MOST + 2):
        listen(service, report)
    assert Subscription.objects.count() == kept.MOST


def test_keys_that_are_none_are_refused(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    good = service.subscribe(pushing.public_key()).subscription()
    for keys in ({"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "bukan kunci"}, {"auth": "é"}):
        given = pushing.Browser(endpoint=good["endpoint"], **(good["keys"] | keys))
        with pytest.raises(kept.NotABrowser):
            kept.keep(report_id=report.pk, browser=given, language="id", now=MONDAY)


def test_without_a_key_nothing_is_sent_and_nothing_is_lost(stage: Stage, service: Service) -> None:
    report, _ = file_report()
    listen(service, report)
    pushing.path().unlink()
    read_all()
    assert Notice.objects.get(channel="push").state == "no_channel"


def test_a_key_in_the_settings_is_used_and_the_second_is_not_made(service: Service, settings: LazySettings) -> None:
    made, written = pushing.public_key(), pushing.path().read_text()
    assert pushing.path().stat().st_mode & 0o077 == 0
    with pytest.raises(pushing.AlreadyThere):
        pushing.make()
    pushing.path().unlink()
    assert not pushing.is_ready()
    settings.LAPOR_PUSH_KEY = written
    assert pushing.public_key() == made


def test_the_payload_is_json_that_fits(stage: Stage, service: Service) -> None:
    report, _ = file_report(language="en")
    browser = listen(service, report, language="en")
    tell()
    (shown,) = browser.shown
    assert "received" in shown["title"].lower()
    assert len(json.dumps(shown)) < 512
