"""What happens when something is changed in the back office: the change, its trace, and what is said when it is refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lapor.accounts.elevation import HOLDS
from lapor.accounts.models import Elevation, FactorReset, User
from lapor.agencies.models import Absence, Agency, Category, ConnectionChange, Membership, Role
from lapor.audit.models import Entry
from lapor.backoffice.acts import ACTS
from lapor.backoffice.words import DONE
from lapor.deadlines.models import CalendarChange, CalendarYear, Holiday, Promise
from lapor.notify.models import Notice
from lapor.reports import actions, bodies
from lapor.reports.models import AnswerTemplate, Report
from tests.accounts.people import SECRET, citizen, code_now
from tests.backoffice.conftest import SignIn
from tests.cast import MONDAY, Stage, file_report, person, to_assigned

TODAY = MONDAY.date()
TOMORROW = TODAY + timedelta(days=1)


def send(client: Client, act: str, /, *key: Any, status: int = 302, **fields: Any) -> Any:
    answer = client.post(reverse(f"backoffice:{act}", args=key), fields)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def trace() -> Entry:
    return Entry.objects.latest("id")


def said(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


# bodies


def test_connecting_keeps_date_reason_and_trace_and_the_worker_brings_the_reports(
    stage: Stage, sign_in: SignIn
) -> None:
    report = file_report(region_code="64.02")[0]
    admin = stage.officer("province_admin")
    actions.verify(report_id=report.pk, actor=admin, now=MONDAY)
    actions.assign(report_id=report.pk, to=stage.regency_roads, actor=admin, now=MONDAY)
    client, slug = sign_in("province_admin"), stage.regency_roads.slug
    page = said(client.get(reverse("backoffice:connect", args=[slug])))
    assert "Belum ada petugas di instansi ini" in page
    send(client, "connect", slug, on=TODAY, reason="Perjanjian Uji 1")
    step = ConnectionChange.objects.get(agency=stage.regency_roads)
    assert (step.by, step.reason, step.on) == (stage.people["province_admin"], "Perjanjian Uji 1", TODAY)
    entry = trace()
    assert (entry.act, entry.subject, entry.user, entry.data["on"], entry.reason) == (
        "office.connect", f"agency:{stage.regency_roads.pk}", stage.people["province_admin"], "2026-10-05",
        "Perjanjian Uji 1",
    )  # fmt: skip
    page = said(client.get(reverse("backoffice:body", args=[slug])))
    assert "1 laporan sedang dipindahkan" in page and "Perjanjian Uji 1" in page
    assert bodies.settle(now=MONDAY) == 1
    report.refresh_from_db()
    assert report.holder == stage.regency_roads
    assert "sedang dipindahkan" not in said(client.get(reverse("backoffice:body", args=[slug])))


def test_disconnecting_needs_a_reason_and_says_why_it_is_refused(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("admin")
    send(client, "disconnect", stage.roads.slug, status=422, on=TODAY)
    answer = send(client, "disconnect", stage.roads.slug, status=422, on="2020-01-01", reason="Uji")
    assert "Instansi ini baru terhubung sesudah tanggal itu" in said(answer)
    assert 'value="2020-01-01"' in said(answer), "what was typed comes back"
    assert not Entry.objects.exists(), "what was refused leaves no trace of a change"
    send(client, "disconnect", stage.roads.slug, on=TODAY, reason="Uji")
    stage.roads.refresh_from_db()
    assert stage.roads.disconnected_on == TODAY


def test_a_region_takes_on_the_standard_set(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("province_admin")
    page = said(client.get(reverse("backoffice:adopt", args=["pemkab-kutai-kartanegara"])))
    assert "Dinas Pendidikan" in page
    before = Agency.objects.filter(region="64.02").count()
    send(client, "adopt", "pemkab-kutai-kartanegara")
    assert Agency.objects.filter(region="64.02").count() > before + 20


def test_a_body_and_its_units_are_edited(stage: Stage, sign_in: SignIn) -> None:
    admin, liaison = sign_in("admin"), sign_in("liaison")
    fields: dict[str, Any] = {
        "name": "Dinas PU Samarinda",
        "short": "DPU",
        "answers_for": "Jalan kota",
        "address": "",
        "letterhead": "",
    }
    send(admin, "edit_body", stage.roads.slug, **fields)
    stage.roads.refresh_from_db()
    assert (stage.roads.name, stage.roads.is_edited) == ("Dinas PU Samarinda", True)
    assert trace().data == {}, "no words in the trace, only keys"
    send(liaison, "add_unit", stage.roads.slug, name="Bidang Tata Ruang")
    assert trace().data["made"] == stage.roads.units.get(name="Bidang Tata Ruang").pk
    send(liaison, "rename_unit", stage.roads_unit.pk, name="Bidang Jalan")
    answer = send(liaison, "rename_unit", stage.other_unit.pk, status=422, name="Bidang Jalan")
    assert "Unit dengan nama ini sudah ada" in said(answer)


def test_a_unit_with_work_and_people_is_closed_only_with_a_place_for_both(stage: Stage, sign_in: SignIn) -> None:
    report = to_assigned(stage, file_report()[0])
    actions.assign_unit(
        report_id=report.pk, unit=stage.roads_unit, officer_id=None, actor=stage.officer("liaison"), now=MONDAY
    )
    client = sign_in("liaison")
    page = said(client.get(reverse("backoffice:close_unit", args=[stage.roads_unit.pk])))
    assert "Petugas Uji operator" in page
    send(client, "close_unit", stage.roads_unit.pk, status=422)
    send(client, "close_unit", stage.roads_unit.pk, into=stage.other_unit.pk)
    report.refresh_from_db()
    assert report.unit == stage.other_unit
    empty = stage.roads.units.create(name="Unit kosong")
    send(client, "close_unit", empty.pk)  # nothing has to go anywhere
    assert Membership.objects.filter(user=stage.people["operator"], unit=stage.other_unit, ends_on=None).exists()


# officers

NEW: dict[str, Any] = {
    "name": "Petugas Uji baru",
    "email": "baru@uji.invalid",
    "role": "operator",
    "unit": "",
    "starts_on": "2026-10-05",
}


def test_an_invited_officer_gets_a_link_that_is_shown_once_where_there_is_no_mail(
    stage: Stage, sign_in: SignIn
) -> None:
    client = sign_in("liaison")
    answer = send(client, "invite", stage.roads.slug, status=200, **NEW)
    path = re.search(r"https?://[^/]+(/akun/password/reset/key/\S+?)<", answer.content.decode())
    assert path is not None
    assert answer.headers["Cache-Control"] == "private, no-store"
    user = User.objects.get(email="baru@uji.invalid")
    assert path[1] not in said(client.get(reverse("backoffice:person", args=[user.pk]))), "and never again"
    assert b'name="password1"' in Client().get(path[1], follow=True).content
    entry = trace()
    assert (entry.act, entry.data["made"], entry.data["role"]) == ("office.invite", user.pk, "operator")
    assert "baru@uji.invalid" not in str(entry.data) + entry.reason
    again = send(client, "invite_again", user.pk, status=200)
    assert b"/akun/password/reset/key/" in again.content


def test_with_a_mail_server_the_worker_writes_and_the_page_shows_no_link(
    stage: Stage, sign_in: SignIn, settings: Any
) -> None:
    settings.EMAIL_HOST = "surel.invalid"
    client = sign_in("liaison")
    send(client, "invite", stage.roads.slug, **NEW)
    assert mail.outbox == []
    assert Notice.objects.get(template="invitation").state == "queued"


def test_an_officer_of_another_body_gets_one_more_post_and_a_citizen_is_left_alone(
    stage: Stage, sign_in: SignIn
) -> None:
    client = sign_in("liaison")
    send(client, "invite", stage.roads.slug, **(NEW | {"email": "stranger@uji.invalid"}))
    assert {post.agency for post in Membership.objects.filter(user=stage.people["stranger"])} == {
        stage.roads, stage.health,
    }  # fmt: skip
    citizen("warga@uji.invalid")
    answer = send(client, "invite", stage.roads.slug, status=422, **(NEW | {"email": "warga@uji.invalid"}))
    assert "Alamat ini sudah dipakai" in said(answer)


def test_nobody_gives_more_than_they_may_nor_anything_to_themselves(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("liaison")
    send(client, "invite", stage.roads.slug, status=422, **(NEW | {"role": "liaison"}))
    send(client, "add_post", stage.people["operator"].pk, status=422, agency=stage.roads.pk, role="admin", unit="",
         starts_on=TODAY)  # fmt: skip
    answer = send(client, "add_post", stage.people["liaison"].pk, status=422, agency=stage.roads.pk, role="operator",
                  unit="", starts_on=TODAY)  # fmt: skip
    assert "Jabatan untuk diri sendiri" in said(answer)
    send(client, "add_post", stage.people["operator"].pk, status=422, agency=stage.health.pk, role="operator", unit="",
         starts_on=TODAY)  # fmt: skip
    assert not User.objects.filter(email="baru@uji.invalid").exists()
    assert Membership.objects.count() == len(stage.people)


def given(stage: Stage) -> Report:
    report = to_assigned(stage, file_report()[0])
    return actions.assign_unit(
        report_id=report.pk,
        unit=stage.roads_unit,
        officer_id=stage.people["operator"].pk,
        actor=stage.officer("liaison"),
        now=MONDAY,
    )


def test_ending_a_post_asks_who_takes_the_work_and_passes_it_on(stage: Stage, sign_in: SignIn) -> None:
    heir = person("pewaris", stage.roads, Role.OPERATOR, stage.roads_unit)
    report = given(stage)
    post = Membership.objects.get(user=stage.people["operator"])
    client = sign_in("liaison")
    assert "Petugas Uji pewaris (0 laporan terbuka)" in said(client.get(reverse("backoffice:end_post", args=[post.pk])))
    answer = client.post(reverse("backoffice:end_post", args=[post.pk]), {"on": TODAY, "heir": heir.pk}, follow=True)
    assert "1 laporan diteruskan kepada rekan" in said(answer)
    report.refresh_from_db()
    assert report.officer == heir
    post.refresh_from_db()
    assert (post.ends_on, post.ended_by, post.heir) == (TODAY, stage.people["liaison"], heir)
    assert trace().subject == f"user:{stage.people['operator'].pk}"


def test_the_last_national_administrator_stays(stage: Stage, sign_in: SignIn) -> None:
    post = Membership.objects.get(user=stage.people["national"])
    answer = send(sign_in("national"), "end_post", post.pk, status=422, on=TODAY, heir="")
    assert "admin nasional yang terakhir" in said(answer)


def test_an_absence_is_noted_with_a_deputy_and_ended_early(stage: Stage, sign_in: SignIn) -> None:
    client, operator = sign_in("liaison"), stage.people["operator"]
    fields: dict[str, Any] = {"starts_on": TODAY, "ends_on": TOMORROW, "reason": "cuti"}
    send(client, "set_absent", operator.pk, deputy=stage.people["other_operator"].pk, **fields)
    absence = Absence.objects.get()
    assert absence.deputy == stage.people["other_operator"]
    page = said(client.get(reverse("backoffice:person", args=[operator.pk])))
    assert "Pengganti: Petugas Uji other_operator" in page
    page = said(client.get(reverse("backoffice:person", args=[stage.people["other_operator"].pk])))
    assert "Hari ini ia menggantikan Petugas Uji operator" in page
    answer = send(client, "set_absent", operator.pk, status=422, deputy="", **fields)
    assert "sudah dicatat tidak hadir" in said(answer)
    send(client, "return_early", absence.pk)
    assert not Absence.objects.exists()


def test_a_lost_factor_is_taken_away_with_a_reason_and_never_ones_own(stage: Stage, sign_in: SignIn) -> None:
    operator = stage.people["operator"]
    sign_in("operator")
    client = sign_in("admin")
    send(client, "forget_factor", operator.pk, status=422)
    send(client, "forget_factor", operator.pk, reason="Ponselnya hilang, sudah ditelepon.")
    assert FactorReset.objects.get(user=operator).by == stage.people["admin"]
    assert trace().reason == "Ponselnya hilang, sudah ditelepon."
    answer = send(client, "forget_factor", stage.people["admin"].pk, status=422, reason="Uji")
    assert "hanya dapat dihapus rekan" in said(answer)


def test_an_account_is_closed_and_opened_again(stage: Stage, sign_in: SignIn) -> None:
    report = given(stage)
    operator, client = stage.people["operator"], sign_in("admin")
    theirs = sign_in("operator")
    assert theirs.get("/meja/").status_code == 200
    send(client, "shut_out", operator.pk, reason="Pindah ke luar daerah.")
    assert theirs.get("/meja/").status_code == 302
    report.refresh_from_db()
    assert report.officer is None
    send(client, "let_in", operator.pk, reason="Kembali bertugas.")
    operator.refresh_from_db()
    assert operator.is_active
    answer = send(client, "shut_out", stage.people["admin"].pk, status=422, reason="Uji")
    assert "menonaktifkan akun sendiri" in said(answer)


# calendar and limits


def test_a_day_off_waits_to_be_computed_and_says_so(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("admin")
    fields: dict[str, Any] = {"day": "2026-10-21", "name": "Hari jadi (uji)", "kind": "regional", "source": "SK Uji 1"}
    send(client, "add_day", status=422, region="", **fields)
    send(client, "add_day", status=422, region="64.02", **fields)  # not this administrator's place
    send(client, "add_day", region="64.72", **fields)
    day = Holiday.objects.get(region_code="64.72")
    assert (day.added_by, trace().data["region"]) == (stage.people["admin"], "64.72")
    page = said(client.get(reverse("backoffice:calendar_year", args=[2026])))
    assert "sedang dihitungkan ke tenggat" in page and "Hari jadi (uji)" in page
    CalendarChange.objects.update(applied_at=MONDAY)
    assert "sedang dihitungkan" not in said(client.get(reverse("backoffice:calendar_year", args=[2026])))
    send(client, "remove_day", day.pk)
    day.refresh_from_db()
    assert day.removed_by == stage.people["admin"]
    assert "1 baris tidak berlaku lagi" in said(client.get(reverse("backoffice:calendar_year", args=[2026])))


def test_an_administrator_of_a_region_cannot_enter_a_national_day(stage: Stage, sign_in: SignIn) -> None:
    send(sign_in("admin"), "add_day", status=422, day="2026-10-21", name="x", kind="national", region="", source="x")
    assert not Holiday.objects.filter(day=date(2026, 10, 21)).exists()


@pytest.mark.parametrize("typed", ["Kota Samarinda, Kalimantan Timur", "Kota Samarinda", "samarinda"])
def test_the_national_administrator_names_the_place_in_words(stage: Stage, sign_in: SignIn, typed: str) -> None:
    send(sign_in("national"), "add_day", day="2026-10-21", name="Uji", kind="regional", region_text=typed,
         region_code="", source="SK Uji")  # fmt: skip
    assert Holiday.objects.get(name="Uji").region_code == "64.72"


def decree_rows(*days: tuple[str, str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for number, (day, name, kind) in enumerate(days):
        fields |= {f"day-{number}": day, f"name-{number}": name, f"kind-{number}": kind}
    return fields


ROWS = decree_rows(
    ("2027-01-01", "Tahun Baru (uji)", "national"), ("", "", "national"), ("2027-07-21", "Cuti (uji)", "cuti_bersama")
)


def test_a_decree_is_shown_before_it_holds(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("national")
    known = Holiday.objects.filter(day__year=2027, removed_at=None).count()
    page = said(client.get(reverse("backoffice:decree", args=[2027])))
    assert page.count('type="date"') == known + 4
    answer = send(client, "decree", 2027, status=200, reference="SKB Uji 1/2026", **ROWS)
    assert "menjadi libur" in said(answer) and "tidak libur lagi" in said(answer)
    assert CalendarYear.objects.get(year=2027).status == "provisional"
    again = send(client, "decree", 2027, status=200, reference="SKB Uji 1/2026", again="1", **ROWS)
    assert 'value="Cuti (uji)"' in said(again) and "Periksa dulu" in said(again), "what was typed is not lost"
    send(client, "decree", 2027, reference="SKB Uji 1/2026", confirmed="1", **ROWS)
    year = CalendarYear.objects.get(year=2027)
    assert (year.status, year.reference, year.entered_by) == ("decree", "SKB Uji 1/2026", stage.people["national"])
    assert Holiday.objects.filter(day__year=2027, removed_at=None).count() == 2
    assert trace().data == {"days": 2, "elevation": Elevation.objects.get().pk}


def test_a_decree_comes_from_a_file_too_and_errors_name_their_row(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("national")
    good = SimpleUploadedFile("skb.csv", "\ufeffday;name;kind\n2027-01-01;Tahun Baru (uji);national\n".encode())
    answer = send(client, "decree", 2027, status=200, reference="SKB Uji", file=good)
    assert 'value="2027-01-01"' in said(answer)
    bad = SimpleUploadedFile("skb.csv", b"day;name;kind\n2026-01-01;Salah tahun;national\n")
    assert "Baris 2: tanggal ini bukan tahun 2027" in said(
        send(client, "decree", 2027, status=422, reference="SKB Uji", file=bad)
    )
    wrong = ROWS | {"day-2": "2027-13-01"}
    assert "Baris 3: tanggal ditulis seperti" in said(
        send(client, "decree", 2027, status=422, reference="SKB Uji", **wrong)
    ), "an emptied row above keeps its number"
    unreadable = SimpleUploadedFile("skb.csv", b"\xff\xfe\x00")
    assert "UTF-8" in said(send(client, "decree", 2027, status=422, reference="SKB Uji", file=unreadable))


def test_a_new_limit_needs_its_source_and_a_day_to_come(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("national")
    fields: dict[str, Any] = {"step": "verify", "kind": "", "has_oversight": "", "days": "2", "unit": "working", "warn_days": "1",
              "extension_days": "0", "source": "Peraturan Uji 5/2026"}  # fmt: skip
    answer = send(client, "add_promise", status=422, holds_from=TODAY, **fields)
    assert "mulai besok" in said(answer)
    send(client, "add_promise", holds_from=TOMORROW, **fields)
    assert Promise.objects.get(holds_from=TOMORROW).source == "Peraturan Uji 5/2026"
    assert "mulai 6 Okt 2026" in said(client.get(reverse("backoffice:promises")))


# words and deliveries


def test_categories_and_templates_are_added_changed_and_set_aside(stage: Stage, sign_in: SignIn) -> None:
    national, liaison = sign_in("national"), sign_in("liaison")
    send(national, "add_category", name="Air bersih", name_en="Drinking water", description="PDAM")
    send(national, "edit_category", "air_bersih", name="Air minum", name_en="Water", description="")
    category = Category.objects.get(pk="air_bersih")
    assert (category.name, category.is_active) == ("Air minum", False)
    send(liaison, "add_template", stage.roads.slug, title="Jadwal tambal", text="Kami menjadwalkan …")
    template = AnswerTemplate.objects.get(agency=stage.roads)
    send(liaison, "edit_template", template.pk, title="Jadwal", text="Teks baru", is_active="on")
    template.refresh_from_db()
    assert (template.title, template.is_active) == ("Jadwal", True)
    send(national, "add_general_template", title="Umum", text="Terima kasih …")
    assert AnswerTemplate.objects.get(agency=None).title == "Umum"
    page = said(liaison.get(reverse("backoffice:templates")))
    assert "Umum, untuk semua instansi" in page


def test_the_operators_page_shows_numbers_and_no_person(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("national")
    page = said(client.get(reverse("backoffice:deliveries")))
    assert "Pekerja sistem belum pernah berjalan" in page
    report = file_report(email="pelapor@uji.invalid", name="Pelapor Rahasia Uji")[0]
    Notice.objects.create(
        report=report, event=report.events.get(), audience="reporter", identity_id=report.identity_id,
        template="received", state="failed", attempts=5, last_error_class="SMTPRecipientsRefused", made_at=MONDAY,
    )  # fmt: skip
    page = said(client.get(reverse("backoffice:deliveries")))
    assert "SMTPRecipientsRefused" in page
    for secret in ("pelapor@uji.invalid", "Pelapor Rahasia", report.code):
        assert secret not in page
    send(client, "retry")
    assert Notice.objects.get().state == "queued"


def test_every_act_that_a_page_lists_as_done_has_words(stage: Stage) -> None:
    assert set(DONE) <= set(ACTS)
    assert {
        name for name, act in ACTS.items() if act.about.path.startswith(("instansi", "unit", "petugas", "jabatan"))
    } <= (set(DONE))


def test_the_lists_find_by_words_by_status_and_page_by_page(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("national")
    page = said(client.get(reverse("backoffice:bodies"), {"q": "dinas kesehatan"}))
    assert "Dinas Kesehatan Kota Samarinda" in page and "PLN" not in page
    page = said(client.get(reverse("backoffice:bodies"), {"status": "no"}))
    assert "Dinas Pekerjaan Umum Kabupaten Kutai Kartanegara" in page and "Dinas Kesehatan" not in page
    for n in range(40):
        Agency.objects.create(slug=f"badan-{n:02}", name=f"Badan Uji {n:02}", kind="body", level="central")
    first = client.get(reverse("backoffice:bodies"))
    following = re.search(r'rel="next" href="([^"]+)"', first.content.decode())
    assert following is not None
    second = client.get(following[1].replace("&amp;", "&"))
    shown = [re.findall(r'/kantor/instansi/([a-z0-9-]+)/"', page.content.decode()) for page in (first, second)]
    assert len(shown[0]) == 30 and not set(shown[0]) & set(shown[1])
    assert len(shown[0]) + len(shown[1]) == Agency.objects.count()
    page = said(client.get(reverse("backoffice:people"), {"q": "operator@uji"}))
    assert "Petugas Uji operator" in page and "Petugas Uji liaison" not in page


@pytest.mark.parametrize("cursor", ["~", "x~y", "~99999999999999999", "%00~1", "a~-1"])
def test_a_broken_cursor_shows_the_list(stage: Stage, sign_in: SignIn, cursor: str) -> None:
    client = sign_in("national")
    for name in ("bodies", "people"):
        assert client.get(reverse(f"backoffice:{name}"), {"cursor": cursor, "region": "x" * 50}).status_code == 200


# elevation


def test_the_table_says_which_acts_ask_for_elevation() -> None:
    """Roles, factors, accounts, connections, days off, promises and rules: for what one stolen session is not enough."""
    assert {name for name, act in ACTS.items() if act.needs_elevation} == {
        "connect", "disconnect", "adopt", "close_unit", "invite", "invite_again", "add_post", "end_post",
        "forget_factor", "shut_out", "let_in", "add_day", "remove_day", "decree", "add_promise",
        "add_rule", "edit_rule", "end_rule", "revive_rule", "set_threshold", "exempt", "end_exemption", "invite_many",
        "add_days", "connect_many",
    }  # fmt: skip


def test_a_dangerous_act_without_elevation_changes_nothing_and_keeps_what_was_typed(
    stage: Stage, sign_in: SignIn
) -> None:
    operator, client = stage.people["operator"], sign_in("admin")
    with time_machine.travel(MONDAY + HOLDS, tick=False):
        answer = send(client, "shut_out", operator.pk, status=200, reason="Pindah ke luar daerah.")
    assert "Waktu akses khusus Anda sudah habis" in said(answer)
    assert "Pindah ke luar daerah." in said(answer)
    operator.refresh_from_db()
    assert operator.is_active
    assert not Entry.objects.exists()


def test_one_press_of_the_button_proves_and_acts(stage: Stage, sign_in: SignIn, settings: Any) -> None:
    admin, operator, client = stage.people["admin"], stage.people["operator"], sign_in("admin")
    Authenticator.objects.filter(user=admin).update(data={"secret": encrypt(SECRET)})
    late = MONDAY + HOLDS
    with time_machine.travel(late, tick=False):
        typed: dict[str, Any] = {
            "reason": "Pindah ke luar daerah.",
            "akses-reason": "Petugas pindah",
            "akses-code": code_now(),
        }
        send(client, "shut_out", operator.pk, status=422, **(typed | {"akses-code": "000000"}))
        send(client, "shut_out", operator.pk, **typed)
    operator.refresh_from_db()
    assert not operator.is_active
    assert trace().data["elevation"] == Elevation.objects.get(at=late).pk


def test_acts_of_every_day_ask_for_none(stage: Stage, sign_in: SignIn) -> None:
    client = sign_in("liaison")
    with time_machine.travel(MONDAY + timedelta(hours=1), tick=False):
        send(client, "add_unit", stage.roads.slug, name="Bidang Tata Ruang")


def test_many_officers_are_invited_at_once_or_none(stage: Stage, sign_in: SignIn, settings: Any) -> None:
    settings.EMAIL_HOST = "surel.uji.invalid"
    client = sign_in("admin")
    rows = "email;name;role;agency;unit\nbaru@uji.invalid;Petugas Uji Baru;operator;dinas-pupr-kota-samarinda;Bidang Baru\n"
    wrong = send(client, "invite_many", stage.city.slug, status=422, rows=f"{rows}x;y;z;w;\n", starts_on=TODAY)
    assert "Baris 3:" in said(wrong) and "baru@uji.invalid" in said(wrong), "what was typed comes back"
    check = send(client, "invite_many", stage.city.slug, status=200, rows=rows, starts_on=TODAY)
    assert "Petugas Uji Baru" in said(check) and not User.objects.filter(email="baru@uji.invalid").exists()
    send(client, "invite_many", stage.city.slug, rows=rows, starts_on=TODAY, confirmed="1")
    post = Membership.objects.get(user__email="baru@uji.invalid")
    assert (post.agency, post.unit and post.unit.name, post.role) == (stage.roads, "Bidang Baru", Role.OPERATOR)
    assert Notice.objects.filter(user=post.user, template="invitation").exists()
    assert trace().data["officers"] == 1
