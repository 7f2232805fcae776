"""What a newcomer finds: every state, nobody's secret, nobody real, and the same after a second load."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta

import pytest
from django.core import mail
from pytest_django import Settings

from lapor.accounts.models import DemonstrationAccount, User
from lapor.agencies.models import Agency, ConnectionChange, Membership, Role
from lapor.agencies.people import officers_of, someone_must
from lapor.demonstration import load, people, samples
from lapor.demonstration.filing import MARK, TO_TRY, ours
from lapor.demonstration.greeting import greeting
from lapor.notify.models import Notice
from lapor.reports import own
from lapor.reports.lifecycle import OPEN
from lapor.reports.models import (
    AnswerTemplate,
    Assignment,
    Clock,
    Event,
    HandOver,
    Message,
    Outcome,
    Rating,
    Report,
    State,
    Visibility,
)
from lapor.statistics.rebuild import verify
from lapor.transparency.models import PublicEvent, PublicReport, Support
from lapor.vault import identities
from tests.cast import file_report
from tests.demonstration.conftest import NOW

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.django_db]


def test_every_state_and_every_ending_is_there_to_be_seen() -> None:
    assert set(ours().values_list("state", flat=True)) == set(State.values)
    assert {*Outcome.values, ""} - {Outcome.IMPORTED} == set(ours().values_list("outcome", flat=True))
    assert set(ours().values_list("visibility", flat=True)) == set(Visibility.values)


def test_the_desk_has_something_late_something_due_soon_and_something_fresh() -> None:
    running = Clock.objects.filter(stopped_at=None, is_paused=False)
    assert running.filter(due_at__lt=NOW).exists()
    assert running.filter(due_at__range=(NOW, NOW + timedelta(days=2))).exists()
    assert Report.objects.filter(received_at__gt=NOW - timedelta(days=1)).exists()


@pytest.mark.parametrize("account", [found for found in people.ACCOUNTS if found.role in {Role.LIAISON, Role.ADMIN}])
def test_every_liaison_and_admin_with_an_account_has_open_work(account: people.Account) -> None:
    agency = Agency.objects.get(slug=account.agency)
    assert Report.objects.filter(holder=agency, state__in=OPEN).count() >= 2


def test_all_of_it_lies_in_the_past_and_in_order() -> None:
    assert not Event.objects.filter(at__gt=NOW).exists()
    events = Event.objects.order_by("report", "pk").values_list("report", "at")
    for _report, times in itertools.groupby(events, key=lambda event: event[0]):
        moments = [at for _, at in times]
        assert moments == sorted(moments)


def test_a_report_for_an_unconnected_body_has_a_letter_and_its_reply() -> None:
    letters = HandOver.objects.select_related("agency", "responsible")
    assert letters.exclude(reply=None).exists() and letters.filter(reply=None).exists()
    assert not any(letter.agency.is_connected_on(NOW.date()) for letter in letters)
    assert all(letter.responsible.is_connected_on(NOW.date()) for letter in letters)


def test_a_duplicate_is_joined_and_answered_with_its_lead() -> None:
    followers = Report.objects.exclude(leads=None)
    assert followers.exists()
    for follower in followers.exclude(answered_at=None).select_related("leads"):
        assert follower.leads is not None and follower.answered_at is not None
        assert Event.objects.filter(report=follower.leads, kind="answered", at=follower.answered_at).exists()


def test_no_open_report_is_without_somebody_who_must_act() -> None:
    for report in Report.objects.filter(state__in=OPEN).select_related("holder"):
        assert report.holder is not None
        if report.visibility == Visibility.SEALED:
            assert officers_of(report.holder, [Role.INVESTIGATOR], on=NOW.date())
        else:
            assert someone_must(report.holder, on=NOW.date())


def test_nothing_secret_is_published() -> None:
    secret = Report.objects.exclude(visibility=Visibility.PUBLIC).values("pk")
    assert secret.exists()
    assert not PublicReport.objects.filter(report_id__in=secret).exists()
    assert not PublicEvent.objects.filter(report_id__in=secret).exists()


def test_no_published_text_names_its_reporter_or_shows_a_number() -> None:
    texts = dict(PublicReport.objects.values_list("report_id", "text"))
    assert len(texts) > 60
    for report in Report.objects.filter(pk__in=texts, identity__isnull=False):
        assert report.identity_id is not None
        name = identities.name_of(report.identity_id)
        assert not name or name not in texts[report.pk]
    for path in (samples.DATA / name for name in samples.FILES):
        for line in path.read_text(encoding="utf-8").splitlines():
            for found in json.loads(line)["pii"]:
                number = samples.invented(found["type"], found["text"])
                if found["type"] in {"phone", "nik", "account", "email", "plate"}:
                    assert not any(number in text or found["text"] in text for text in texts.values())


def test_nobody_in_it_looks_real() -> None:
    assert all({"Contoh", samples.SURNAME} & set(user.name.split()) for user in User.objects.all())
    assert all(user.email.endswith(f"@{people.HOST}") and user.is_demonstration for user in User.objects.all())
    for report in Report.objects.exclude(identity=None):
        assert report.identity_id is not None
        person = identities.reveal(report.identity_id)
        assert person is not None and not person.email
        assert person.phone[:9] in {"", "081200000"}
        assert not person.name or person.name.endswith(samples.SURNAME)


def test_no_name_of_the_file_comes_through() -> None:
    rows = [json.loads(line) for line in (samples.DATA / samples.FILES[0]).read_text(encoding="utf-8").splitlines()]
    names = [found["text"] for row in rows for found in row["pii"] if found["type"] == "name"]
    said = "\n".join(itertools.chain(*Report.objects.values_list("title", "text")))
    assert names and not [name for name in names if " " in name and name in said]


def test_every_gap_of_the_texts_was_filled() -> None:
    assert not Message.objects.filter(text__contains="{").exists()


def test_nobody_is_written_to_about_its_past() -> None:
    assert not Notice.objects.exists()
    assert not mail.outbox


def test_what_a_visitor_files_is_told_as_everywhere() -> None:
    _report, _receipt = file_report(region_code="64.72")
    assert not ours().filter(pk=_report.pk).exists()


def test_the_figures_agree_with_the_reports() -> None:
    assert not verify()


def test_some_copies_have_supporters() -> None:
    assert PublicReport.objects.filter(support_count__gt=1).exists()
    assert Support.objects.count() == sum(PublicReport.objects.values_list("support_count", flat=True))


def test_each_account_is_as_the_table_says() -> None:
    for account in people.ACCOUNTS:
        user = User.objects.get(email=account.email)
        assert user.check_password(people.PASSWORD) and user.is_officer == (account.role is not None)
        held = Membership.objects.filter(user=user, ends_on=None).values_list("role", "agency__slug", "unit__name")
        assert list(held) == ([(account.role, account.agency, account.unit or None)] if account.role else [])
    assert DemonstrationAccount.objects.count() == len(people.ACCOUNTS)


def test_a_second_load_adds_nothing_and_mends_the_accounts() -> None:
    models = (Report, Event, Message, Assignment, Clock, Rating, User, Membership, ConnectionChange, AnswerTemplate)
    before = [model.objects.count() for model in (*models, Support, PublicReport)]
    broken = User.objects.get(email=people.CITIZEN.email)
    broken.set_password("diganti oleh pengunjung")
    broken.is_active = False
    broken.save()
    load.load(now=NOW + timedelta(days=3))
    assert [model.objects.count() for model in (*models, Support, PublicReport)] == before
    broken.refresh_from_db()
    assert broken.is_active and broken.check_password(people.PASSWORD)


def test_the_report_to_try_opens_with_the_pin_that_is_printed_every_time() -> None:
    said = greeting(now=NOW)
    assert greeting(now=NOW + timedelta(days=9)) == said
    code, pin = said.splitlines()[-1].rpartition("code ")[2].split(", PIN ")
    reporter = own.prove(code=code, pin=pin, now=NOW)
    report = Report.objects.get(pk=reporter.report_id)
    assert report.external_id == f"{MARK}{TO_TRY}" and report.state == State.ANSWERED


def test_what_it_says_fits_a_terminal_and_names_every_account() -> None:
    lines = greeting(now=NOW).splitlines()
    assert max(map(len, lines)) <= 80
    assert all(any(account.email in line for line in lines) for account in people.ACCOUNTS)


def test_a_demonstration_in_use_can_be_loaded_again() -> None:
    file_report(region_code="64.72")
    load.check()


def test_a_site_for_real_reports_is_left_alone(settings: Settings) -> None:
    settings.LAPOR_DEMO = False
    with pytest.raises(load.NotHere):
        load.load(now=NOW)
