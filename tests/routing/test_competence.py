"""The law of competence, case by case: what is said and where → which level and body."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from lapor.agencies import connection
from lapor.routing import bodies
from lapor.routing.competence import decide, place_tags, rules
from lapor.routing.words import read_table

SAMARINDA, KUKAR, KALTIM = "64.72.05.1003", "64.02.11", "64"
REGIONAL_WORDS = {bodies.INSPECTORATE, bodies.GOVERNMENT}

CASES = [
    # class of road
    ("jalan_jembatan", "Jalan nasional berlubang dalam", KUKAR, "central", "ditjen-bina-marga"),
    ("jalan_jembatan", "jln nasional di tuban bergelombang", "35.23", "central", "ditjen-bina-marga"),
    ("jalan_jembatan", "Ruas jalan provinsi menuju kampung kami hancur", "64.07", "province", "pekerjaan_umum"),
    ("jalan_jembatan", "jalan kabupaten ke batu engau bubur lumpur", "64.01.09", "regency", "pekerjaan_umum"),
    ("jalan_jembatan", "jalan usaha tani di dusun kami putus", "64.02.17.2002", "village", "pemberdayaan_desa"),
    ("jalan_jembatan", "jalan tol rusak dekat gerbang", KUKAR, "central", "bpjt"),
    ("jalan_jembatan", "lampu jalan di gang kami mati", SAMARINDA, "regency", "perhubungan"),
    ("jalan_jembatan", "jalan arteri gelap total", "35.13", "central", "ditjen-bina-marga"),
    ("jalan_jembatan", "tol km 19 lubang besar, jasamarga ganti ban saya", "32.75", "central", "bpjt"),
    ("lingkungan", "Tanggul Bengawan Solo retak, mohon balai memasang bronjong", "35.22", "central", "ditjen-sda"),
    ("perhubungan", "angkot ngetem di depan stasiun", "32.71", "regency", "perhubungan"),
    ("perhubungan", "tarif speedboat sungai naik tanpa pengumuman", "64.11", "province", "perhubungan"),
    ("pertanian_perikanan", "pupuk subsidi di kios mahal", "35.21", "regency", "pertanian"),
    ("pertanian_perikanan", "kuota pupuk subsidi dikurangi lagi", None, "central", "kementerian-pertanian"),
    ("pertanahan", "usulan perhutanan sosial kami belum dijawab", "18.04", "province", "kehutanan"),
    ("pertanahan", "kebun kami masuk kawasan hutan", "18.04", "central", "kementerian-kehutanan"),
    ("perizinan", "STR perawat tertahan verifikasi", None, "central", "kementerian-kesehatan"),
    ("perumahan", "bedah rumah cuma difoto", "64.74", "regency", "perumahan"),
    ("perumahan", "program BSPS kementerian belum cair", "64.74", "central", "kementerian-pkp"),
    ("bantuan_sosial", "pengungsi banjir di posko belum makan", "11.08", "regency", "bpbd"),
    ("ketenagakerjaan", "perusahaan membayar upah di bawah UMK", None, "province", "tenaga_kerja"),
    ("ketenagakerjaan", "bantuan subsidi upah belum cair", None, "central", "kementerian-ketenagakerjaan"),
    ("telekomunikasi", "wifi taman kota diblokir", "35.03", "regency", "kominfo"),
    ("telekomunikasi", "wifi balai desa sandinya dirahasiakan", "33.24", "village", "pemberdayaan_desa"),
    ("desa", "syarat calon perbekel dari perantauan", "51.04", "regency", "pemberdayaan_desa"),
    ("perdagangan_harga", "toko daring menjual barang palsu", "32.73", "central", "kementerian-perdagangan"),
    ("perdagangan_harga", "pedagang pasar dipindah, utang bank belum lunas", "33.76", "regency", "perdagangan"),
    ("pendidikan", "MAN di kota kami minta uang bangku", "12.75", "central", "kementerian-agama"),
    ("kesehatan_bpjs", "rsud menyuruh beli obat di apotek luar padahal bpjs", "73.02", "regency", "rsud"),
    ("perhubungan", "palang KA bunyi tetapi tidak turun", "32.75", "central", "ditjen-perkeretaapian"),
    ("perizinan", "akun OSS dikunci karena salah otp", "32.73", "central", "kementerian-investasi"),
    ("lainnya", "sirine tsunami bunyi padahal tidak ada gempa", "13.09", "central", "bmkg"),
    ("desa", "insentif RT belum cair, kata desa masih di kabupaten", "64.08", "regency", "pemberdayaan_desa"),
    ("pertanian_perikanan", "hutan lindung ditebang, polhut tidak berani", "73.08", "province", "kehutanan"),
    # level of school
    ("pendidikan", "Guru SD kami tidak pernah masuk", KUKAR, "regency", "pendidikan"),
    ("pendidikan", "Ijazah SMK ditahan", SAMARINDA, "province", "pendidikan"),
    ("pendidikan", "PPDB SMA negeri curang", SAMARINDA, "province", "pendidikan"),
    ("pendidikan", "Tunjangan guru madrasah belum dibayar", KUKAR, "central", "kementerian-agama"),
    ("pendidikan", "KIP kuliah belum cair", SAMARINDA, "central", "kementerian-diktisaintek"),
    ("pendidikan", "menu mbg basi di sekolah", SAMARINDA, "central", "bgn"),
    # state companies and central bodies, whatever the place
    ("listrik", "byar pet trs tiap malam", KUKAR, "central", "pln"),
    ("listrik", "lampu jalan pju mati", SAMARINDA, "regency", "perhubungan"),
    ("kesehatan_bpjs", "BPJS saya nonaktif", KUKAR, "central", "bpjs-kesehatan"),
    ("kesehatan_bpjs", "puskesmas tutup jam sepuluh", KUKAR, "regency", "kesehatan"),
    ("kesehatan_bpjs", "Antrean obat RS AWS lima jam", SAMARINDA, "province", "rsud"),
    ("energi_bbm_lpg", "solar langka di SPBU", KUKAR, "central", "pertamina-patra-niaga"),
    ("energi_bbm_lpg", "lpg 3kg di pangkalan 45 ribu", SAMARINDA, "regency", "perdagangan"),
    ("pertanahan", "sertifikat ptsl belum keluar", KUKAR, "central", "kementerian-atr-bpn"),
    ("kepolisian", "laporan curanmor saya tidak ada kabar", KUKAR, "central", "polri"),
    ("keimigrasian", "paspor belum terbit", SAMARINDA, "central", "ditjen-imigrasi"),
    ("lingkungan", "lubang bekas tambang batu bara tidak ditutup", KUKAR, "central", "inspektur-tambang"),
    ("lingkungan", "tambang pasir merusak sawah", KUKAR, "province", "esdm"),
    ("lingkungan", "sampah menumpuk di tps", SAMARINDA, "regency", "lingkungan"),
    ("lingkungan", "kayu ulin diangkut tiap malam", KUKAR, "province", "kehutanan"),
    # tax: three levels
    ("pajak_bea_cukai", "pajak motor progresif", SAMARINDA, "province", "pendapatan"),
    ("pajak_bea_cukai", "PBB naik tiga kali lipat", SAMARINDA, "regency", "pendapatan"),
    ("pajak_bea_cukai", "coretax error", None, "central", "ditjen-pajak"),
    # work: supervision is provincial, training local, migrants central
    ("ketenagakerjaan", "upah lembur tidak dibayar", KUKAR, "province", "tenaga_kerja"),
    ("ketenagakerjaan", "pelatihan kerja gratis di blk", SAMARINDA, "regency", "tenaga_kerja"),
    ("ketenagakerjaan", "adik saya TKW di Kuwait disekap", KUKAR, "central", "kementerian-p2mi"),
    # hospitals by their owner; national rules where no place is told
    ("kesehatan_bpjs", "alat kemoterapi di RSUD Arifin Achmad rusak", "14.71", "province", "rsud"),
    ("kesehatan_bpjs", "AC kamar di RSUD mati", "64.02", "regency", "rsud"),
    ("kesehatan_bpjs", "antre di RSUP Sardjito", "34.04", "central", "kementerian-kesehatan"),
    ("kesehatan_bpjs", "krim pemutih bermerkuri merkuri dijual", "32.71", "central", "bpom"),
    ("kepegawaian", "kapan angka kredit perawat diubah", None, "central", "kementerian-panrb"),
    ("kepegawaian", "kenaikan pangkat saya tertunda, atasan sudah pensiun", KUKAR, "regency", "kepegawaian"),
    ("pendidikan", "guru smp tdk pernah masuk", KUKAR, "regency", "pendidikan"),
    ("pendidikan", "beasiswa otsus belum masuk, kampus menagih", "92.02", "province", "pendidikan"),
    # transport by its reach
    ("perhubungan", "KA lokal terlambat 70 menit", "33.02", "central", "kai"),
    ("perhubungan", "bus AKDP menagih tarif lebih", "32.71", "province", "perhubungan"),
    ("perhubungan", "speedboat kelebihan muatan berangkat", "64.03", "central", "ditjen-perhubungan-laut"),
    ("perhubungan", "angkot ngetem di simpang", SAMARINDA, "regency", "perhubungan"),
    # streets named after animals are no wildlife
    ("lingkungan", "pabrik di jalan gajah mada bau amoniak", "35.09", "regency", "lingkungan"),
    ("lingkungan", "kawanan gajah liar masuk kebun", "18.04", "central", "kementerian-kehutanan"),
    # local taxes
    ("pajak_bea_cukai", "pajak hiburan kolam pancing dinaikkan", "35.79", "regency", "pendapatan"),
    # village affairs
    ("desa", "minta surat pengantar ke kantor desa dipersulit", KUKAR, "village", "pemberdayaan_desa"),
    ("desa", "dana desa fiktif", KUKAR, "village", "inspektorat"),
    # social aid
    ("bantuan_sosial", "PKH ibu saya berhenti", KUKAR, "central", "kementerian-sosial"),
    ("bantuan_sosial", "blt dana desa dipotong pak rt", KUKAR, "village", "pemberdayaan_desa"),
    ("bantuan_sosial", "nenek dicoret karena tercatat punya mobil", "52.08", "central", "kementerian-sosial"),
    ("bantuan_sosial", "sembako bantuan gubernur rusak", "64.11", "province", "sosial"),
]


@pytest.mark.parametrize(("category", "text", "place", "level", "body"), CASES)
def test_the_law_names_level_and_body(category: str, text: str, place: str | None, level: str, body: str) -> None:
    rule = decide(text=text, title="", kind="complaint", category=category, region_code=place).rule
    assert rule is not None
    assert (rule.level, rule.bodies[0]) == (level, body)


@pytest.mark.parametrize("kind", ["whistleblowing", "procurement"])
def test_secret_and_procurement_reports_go_to_the_inspectorate(kind: str) -> None:
    text = "Kepala dinas menerima setoran dari pemenang tender"
    rule = decide(text=text, title="", kind=kind, category="lainnya", region_code=KUKAR).rule
    assert rule is not None
    assert (rule.level, rule.bodies) == ("regency", ("inspektorat",))


@pytest.mark.parametrize(
    ("category", "text", "level", "body"),
    [
        ("listrik", "pengawas vendor menjual kabel tembaga pln", "central", "pln"),
        ("ketenagakerjaan", "pabrik membuat dua daftar upah", "province", "tenaga_kerja"),
        ("ketenagakerjaan", "calo tki mengirim anak ke hongkong", "central", "kementerian-p2mi"),
        ("energi_bbm_lpg", "mandor spbu menjual solar kepada pengepul", "central", "bph-migas"),
        ("kesehatan_bpjs", "klinik membuat klaim palsu kepada bpjs", "central", "bpjs-kesehatan"),
        ("keimigrasian", "perusahaan menyembunyikan tka tanpa izin", "central", "ditjen-imigrasi"),
        ("pungli_korupsi", "pengawas jalan nasional meminta tiga persen", "central", "ditjen-bina-marga"),
    ],
)
def test_a_secret_report_about_central_affairs_does_not_stay_in_the_region(
    category: str, text: str, level: str, body: str
) -> None:
    rule = decide(text=text, title="", kind="whistleblowing", category=category, region_code=KUKAR).rule
    assert rule is not None
    assert (rule.level, rule.bodies[0]) == (level, body)


def test_praise_goes_to_the_government_of_the_place() -> None:
    text = "terima kasih pak bupati, pelayanan cepat"
    rule = decide(text=text, title="", kind="aspiration", category="lainnya", region_code=KUKAR).rule
    assert rule is not None
    assert (rule.level, rule.bodies) == ("regency", ("pemerintah",))


def test_an_illegal_levy_never_goes_to_the_office_that_took_it() -> None:
    rule = decide(
        text="petugas dishub minta uang parkir tanpa karcis",
        title="",
        kind="complaint",
        category="pungli_korupsi",
        region_code=SAMARINDA,
    ).rule
    assert rule is not None
    assert rule.bodies == ("inspektorat",)


def test_an_accused_inspectorate_is_examined_one_level_up() -> None:
    rule = decide(
        text="oknum inspektorat kota minta uang",
        title="",
        kind="whistleblowing",
        category=None,
        region_code=SAMARINDA,
    ).rule
    assert rule is not None
    assert (rule.level, rule.bodies) == ("province", ("inspektorat",))


def test_other_as_category_still_reads_the_text() -> None:
    decision = decide(
        text="listrik padam, meteran pln rusak", title="", kind="complaint", category="lainnya", region_code=KUKAR
    )
    assert decision.rule is not None
    assert decision.rule.bodies == ("pln",)


def test_the_unlike_road_classes_of_one_text_depend_on_the_place() -> None:
    ask: dict[str, Any] = {"text": "jalan rusak parah", "title": "", "kind": "complaint", "category": "jalan_jembatan"}
    in_the_city, in_the_country = decide(**ask, region_code=SAMARINDA).rule, decide(**ask, region_code=KUKAR).rule
    assert in_the_city is not None
    assert in_the_country is not None
    assert in_the_city.is_sure
    assert not in_the_country.is_sure


def test_place_tags_tell_city_village_and_province() -> None:
    assert {"@64", "@64.72", "@kota"} <= place_tags("64.72")
    assert "@provinsi" in place_tags("64")
    assert "@desa" in place_tags("64.02.17.2002")
    assert "@desa" not in place_tags("64.72.05.1003")
    assert place_tags(None) == {"@tanpa_tempat"}


def test_every_line_of_the_table_names_a_body_that_exists() -> None:
    data = Path(connection.__file__).parent / "data"
    with (data / "national.csv").open(encoding="utf-8") as file:
        slugs = {row["slug"] for row in csv.DictReader(file)}
    fields: dict[str, set[str]] = {"province": set(REGIONAL_WORDS), "regency": set(REGIONAL_WORDS)}
    for row in connection.read_standard():
        fields[row["level"]].add(row["field"])
    fields["village"] = fields["regency"]
    kaltim_only = {"rsud_kanujoso", "rsjd", "perkebunan", "peternakan"}
    for rule in rules():
        known = slugs if rule.level == "central" else fields[rule.level] | kaltim_only
        assert set(rule.bodies) <= known, rule
    for row in read_table("local_offices.csv"):
        assert {row["body"], row["office"]} <= slugs, row


def test_every_line_gives_a_reason_in_both_languages_and_its_law() -> None:
    for rule in rules():
        assert "{agency}" in rule.reason
        assert "{agency}" in rule.reason_en
        assert rule.source
        assert len(rule.reason) <= 200


def test_every_category_has_a_last_line_or_is_the_catch_all() -> None:
    categories = {row["category"] for row in read_table("category_words.csv")}
    with (Path(connection.__file__).parent / "data" / "categories.csv").open(encoding="utf-8") as file:
        assert categories == {row["slug"] for row in csv.DictReader(file)}
    for category in categories - {"lainnya"}:
        assert decide(text="", title="", kind="complaint", category=category, region_code=KUKAR).rule, category
