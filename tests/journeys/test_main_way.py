"""The way of a report in a browser, from a citizen's phone to a public page without the citizen's name."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import Site
from tests.journeys.people import (
    INSPECTORATE,
    LIAISON,
    OPERATOR,
    OTHER_LIAISON,
    PHONE,
    PROVINCE,
    Citizen,
    Officer,
    today,
)  # fmt: skip

ROADS, REFUSE = "dinas-pupr-kota-samarinda", "dinas-lingkungan-hidup-kota-samarinda"
WEAK = "Kami sudah menerima laporan ini dan sudah menindaklanjutinya sesuai prosedur yang berlaku di dinas kami."
BETTER = (
    "Lubang sepanjang empat meter di depan pasar kami tambal dengan aspal panas dan sudah dapat dilewati. "
    "Rambu peringatan kami pasang di kedua ujungnya dan kami periksa lagi bulan depan."
)


@pytest.fixture(scope="session")
def officers(browser: Browser, site: Site) -> dict[str, Officer]:
    """Everybody who works on the reports of these journeys, signed in once."""
    people = (INSPECTORATE, PROVINCE, LIAISON, OPERATOR, OTHER_LIAISON)
    return {email: Officer.signed_in(browser, site, email) for email in people}


@pytest.fixture
def citizen(browser: Browser, site: Site) -> Citizen:
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID", has_touch=True, is_mobile=True)
    return Citizen(context.new_page())


def answered(officers: dict[str, Officer], code: str, text: str) -> None:
    """The operator drafts, the liaison officer sends."""
    operator, liaison = officers[OPERATOR], officers[LIAISON]
    operator.open(code)
    operator.act(
        "draft", button="Minta persetujuan", text=text, done_by="Bidang Bina Marga", done_on=today().isoformat()
    )
    liaison.open(code)
    liaison.act("send_answer")


def test_from_the_citizen_to_an_answer_that_satisfies_and_a_page_without_the_name(
    site: Site, citizen: Citizen, officers: dict[str, Officer]
) -> None:
    proof = citizen.report(
        "Jalan di depan pasar berlubang dalam dan sudah dua orang jatuh dari motor minggu ini.",
        title="Jalan berlubang di depan pasar uji",
        name="Zainuddin Ujipelapor",
    )
    inspectorate, liaison = officers[INSPECTORATE], officers[LIAISON]
    liaison.sees_no(proof.code)
    inspectorate.open(proof.code)
    inspectorate.act("verify")
    inspectorate.act("assign", button="Teruskan", to=ROADS)
    liaison.open(proof.code)
    unit = liaison.page.locator("#assign_unit-unit option", has_text="Bina Marga").get_attribute("value")
    liaison.act("assign_unit", unit=unit or "")
    answered(officers, proof.code, WEAK)

    citizen.open(proof)
    citizen.reads("sudah menindaklanjutinya sesuai prosedur")
    citizen.object("Lubangnya masih ada dan makin dalam.")
    citizen.reads("Keberatan Anda diterima")

    inspectorate.open(proof.code)
    inspectorate.act("accept_objection", explanation="Foto menunjukkan lubang belum ditambal; perbaiki dulu.")
    answered(officers, proof.code, BETTER)

    citizen.open(proof)
    citizen.reads("aspal panas")
    citizen.agree()
    citizen.rate(5)
    citizen.reads("Terima kasih, pendapat Anda tersimpan")

    site.until_public(proof.code, "closed")
    citizen.page.goto(f"/laporan/{proof.code}/")
    citizen.reads("Jalan berlubang di depan pasar uji", "aspal panas", "Dinas")
    everything = citizen.page.content()
    for part in ("Zainuddin", "Ujipelapor"):
        assert part not in everything


def test_a_question_stops_the_clock_until_the_citizen_replies(citizen: Citizen, officers: dict[str, Officer]) -> None:
    proof = citizen.report("Lampu jalan mati semua sejak tiga hari lalu dan gelap sekali pada malam hari.")
    inspectorate = officers[INSPECTORATE]
    inspectorate.open(proof.code)
    inspectorate.act("hold", question="Di jalan apa dan dekat bangunan apa?")
    citizen.open(proof)
    citizen.reads("Di jalan apa dan dekat bangunan apa?", "berhenti sementara")
    citizen.reply("Jalan Pahlawan, dekat sekolah dasar.")
    citizen.reads("Balasan Anda terkirim", "Jalan Pahlawan, dekat sekolah dasar.")
    inspectorate.open(proof.code)
    expect(inspectorate.page.locator("main")).to_contain_text("Jalan Pahlawan, dekat sekolah dasar.")
    inspectorate.act("verify")


def test_a_report_handed_back_twice_climbs_with_both_reasons(citizen: Citizen, officers: dict[str, Officer]) -> None:
    proof = citizen.report("Drainase di gang kami tersumbat sampah dan air meluap ke rumah setiap kali hujan.")
    inspectorate = officers[INSPECTORATE]
    inspectorate.open(proof.code)
    inspectorate.act("verify")
    inspectorate.act("assign", button="Teruskan", to=ROADS)
    officers[LIAISON].open(proof.code)
    officers[LIAISON].act("hand_back", reason="Sampah di saluran menjadi tugas dinas lingkungan hidup.")
    inspectorate.open(proof.code)
    inspectorate.act("assign", button="Teruskan", to=REFUSE)
    officers[OTHER_LIAISON].open(proof.code)
    officers[OTHER_LIAISON].act("hand_back", reason="Saluran itu sendiri adalah tugas dinas pekerjaan umum.")
    province = officers[PROVINCE]
    province.open(proof.code)
    for reason in ("Sampah di saluran menjadi tugas", "Saluran itu sendiri adalah tugas"):
        expect(province.page.locator("main")).to_contain_text(reason)


def test_a_report_for_a_body_that_is_not_connected_is_answered_by_the_one_above(
    citizen: Citizen, officers: dict[str, Officer]
) -> None:
    proof = citizen.report("Jembatan kayu di desa kami patah dan anak sekolah harus memutar jauh.", place="Muara Kaman")
    province = officers[PROVINCE]
    province.open(proof.code)
    province.act("verify")
    body = province.page.locator(
        "#assign-to option", has_text="Dinas Pekerjaan Umum Kabupaten Kutai Kartanegara"
    ).first.get_attribute("value")
    province.act("assign", button="Teruskan", to=body or "")
    province.act("hand_over")
    letter = province.page.locator("a[href$='.pdf']").first.get_attribute("href")
    pdf = province.page.request.get(letter or "")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF")
    province.act("letter_reply", text="Dinas akan memperbaiki jembatan itu pada bulan ini juga.")
    province.act("draft", button="Minta persetujuan", text=BETTER, done_by="Dinas PU", done_on=today().isoformat())
    province.act("send_answer")
    citizen.open(proof)
    citizen.reads("belum terhubung", "Rambu peringatan")


def test_silence_closes_an_answered_report(site: Site, citizen: Citizen, officers: dict[str, Officer]) -> None:
    proof = citizen.report("Trotoar di depan rumah sakit rusak dan kursi roda tidak dapat lewat sama sekali.")
    officers[INSPECTORATE].open(proof.code)
    officers[INSPECTORATE].act("verify")
    officers[INSPECTORATE].act("assign", button="Teruskan", to=ROADS)
    officers[LIAISON].open(proof.code)
    unit = officers[LIAISON].page.locator("#assign_unit-unit option", has_text="Bina Marga").get_attribute("value")
    officers[LIAISON].act("assign_unit", unit=unit or "")
    answered(officers, proof.code, BETTER)
    site.sql(
        "update reports_clock set due_at = now() - interval '1 minute', wake_at = now() - interval '1 minute'"
        " where stopped_at is null and report_id = (select id from reports_report where code = %s)",
        proof.code,
    )
    site.until_public(proof.code, "closed")
    citizen.open(proof)
    citizen.reads("Selesai tanpa tanggapan pelapor")


def test_an_archived_report_is_objected_to_and_revived_one_level_up(
    citizen: Citizen, officers: dict[str, Officer]
) -> None:
    proof = citizen.report("Petugas pasar meminta uang tambahan tanpa karcis kepada semua pedagang setiap hari.")
    inspectorate, province = officers[INSPECTORATE], officers[PROVINCE]
    inspectorate.open(proof.code)
    inspectorate.act(
        "archive", reason="too_general", explanation="Tidak disebutkan pasar yang mana dan kapan kejadiannya."
    )
    citizen.open(proof)
    citizen.reads("Tidak disebutkan pasar yang mana")
    citizen.page.get_by_text("Saya keberatan laporan ini diarsipkan").click()
    citizen.page.get_by_label("Mengapa laporan ini harus ditangani?").fill("Pasarnya sudah saya pilih di formulir.")
    citizen.page.get_by_role("button", name="Kirim keberatan").click()
    province.open(proof.code)
    province.act("accept_objection", explanation="Tempatnya memang sudah disebut dalam laporan.")
    province.act("verify")
    citizen.open(proof)
    citizen.reads("Inspektorat Daerah Provinsi Kalimantan Timur")


@pytest.mark.parametrize("secret", ["is_confidential", "is_anonymous"])
def test_a_wish_for_secrecy_holds_on_every_public_page(
    citizen: Citizen, officers: dict[str, Officer], secret: str
) -> None:
    proof = citizen.report(
        "Kepala seksi meminta uang untuk surat keterangan di kantor kelurahan kemarin pagi.",
        name="Zainuddin Ujipelapor",
        secret=secret,
    )
    inspectorate = officers[INSPECTORATE]
    inspectorate.open(proof.code)
    hides_name = secret == "is_anonymous"
    assert ("Zainuddin" in inspectorate.page.content()) is not hides_name
    inspectorate.act("verify")
    if secret == "is_confidential":
        answer = citizen.page.goto(f"/laporan/{proof.code}/")
        assert answer is not None and answer.status == 404
