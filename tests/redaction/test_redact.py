"""Redaction: households, numbers in any spelling and persons are masked; offices, places and public figures are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapor.redaction import tokens
from lapor.redaction.masks import MASKS
from lapor.redaction.redact import redact, still_tells
from lapor.redaction.words import cues, look_up


def test_an_ordinary_word_after_a_form_of_address_is_no_name() -> None:
    said = "Pamsimas sudah mangkrak pak. Pipanya dipasang, airnya tidak ada."
    assert redact(said).text == said


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Rumah saya RT 07 RW 02 Desa Sukamaju", "Rumah saya [alamat]"),
        ("Air mati di RT 07 Desa Harapan sejak pagi", "Air mati di [alamat] sejak pagi"),
        ("jalan RT.7/RW.3 rusak", "jalan [alamat] rusak"),
        ("rt 03/02 gelap", "[alamat] gelap"),
        ("di Perumahan Griya Uji Blok F2", "di [alamat]"),
        ("Blok C/12 No. 5 banjir sejak kemarin", "[alamat] banjir sejak kemarin"),
        ("alamat Jl. Uji Gg. 4 No 112, Tenggarong", "alamat [alamat]"),
        ("Saya tinggal di Jalan Uji Coba sejak 2019", "Saya tinggal di [alamat] sejak 2019"),
        ("Ketua RT 05 meminta uang", "Ketua RT 05 meminta uang"),
        ("kios di pasar blok A lantai 2", "kios di pasar blok A lantai 2"),
        ("Start 07 desa", "Start 07 desa"),
    ],
)
def test_a_household_is_masked_and_an_office_is_not(said: str, shown: str) -> None:
    assert redact(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("wa 0812 3456 7890 ya", "wa [nomor telepon] ya"),
        ("wa O812 34l5 6789 ya", "wa [nomor telepon] ya"),
        ("nol delapan satu dua tiga empat lima enam tujuh delapan", "[nomor telepon]"),
        ("nol delapan satu tiga, 5590 2217", "[nomor telepon]"),
        ("kosong lapan dobel dua tiga empat lima enam tujuh", "[nomor telepon]"),
        ("nik 64 72 05 5703 22 0004", "nik [NIK]"),
        ("NIK 6472055703220004", "NIK [NIK]"),
        ("KKS 6013 0112 8834 5567", "KKS [nomor kartu]"),
        ("nomor sambungan 01-4477-209", "nomor sambungan [nomor kartu]"),
        ("ditransfer ke rekening 7733012245", "ditransfer ke rekening [nomor rekening]"),
        ("no pelanggan 40771 mati", "no pelanggan [nomor kartu] mati"),
        ("resi JP8821993012 belum sampai", "resi [nomor kartu] belum sampai"),
        ("nomor paspor C1234567 hilang", "nomor paspor [nomor kartu] hilang"),
        ("rek bri 0021-01-000123-50-1", "rek bri [nomor rekening]"),
        ("kontrak 2025-2026 habis", "kontrak 2025-2026 habis"),
        ("peserta 12.345 orang", "peserta 12.345 orang"),
        ("iuran P3SRS", "iuran P3SRS"),
        ("plat KT 8917 RZX", "plat [pelat nomor]"),
        ("truk BG 8 2 1 5 UJ", "truk [pelat nomor]"),
        ("mobilnya l300 m 8834 vd", "mobilnya l300 [pelat nomor]"),
        ("hub nol8 77 5102 3340", "hub [nomor telepon]"),
        ("nik 6203091808910OO4 salah", "nik [NIK] salah"),
        ("surel uji.coba57 at contoh titik com", "surel [e-mail]"),
        ("surel uji(titik)coba(at)contoh(titik)id", "surel [e-mail]"),
        ("kirim ke uji.coba@contoh.example", "kirim ke [e-mail]"),
        ("Rp 12.500.000 dan 1.250.000.000", "Rp 12.500.000 dan 1.250.000.000"),
        ("izin nomor 503/118/2026", "izin nomor 503/118/2026"),
        ("tanggal 12-10-2026", "tanggal 12-10-2026"),
        ("Nomor berkas 55217/2026 belum selesai", "Nomor berkas [nomor kartu] belum selesai"),
        ("nomor tiket 88120933 tidak dijawab", "nomor tiket [nomor kartu] tidak dijawab"),
        ("surat nomor 503/118/2026 tidak dijawab", "surat nomor 503/118/2026 tidak dijawab"),
        ("Keputusan Nomor 800.1.6.2/519/Disdik/2026 terbit", "Keputusan Nomor 800.1.6.2/519/Disdik/2026 terbit"),
        ("dibuka pukul 08.00–15.00 WITA, Jumat 08:00 - 11:00", "dibuka pukul 08.00–15.00 WITA, Jumat 08:00 - 11:00"),
        ("Jam buka 08.00-15.00 tdk pernah ditepati", "Jam buka 08.00-15.00 tdk pernah ditepati"),
        ("hasil Nomor 02114/PK.310/F4.C/10/2026 negatif", "hasil Nomor 02114/PK.310/F4.C/10/2026 negatif"),
    ],
)
def test_a_number_of_a_person_is_masked_in_any_spelling_and_other_numbers_stay(said: str, shown: str) -> None:
    assert redact(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Call center 24 jam: (0541) 2088100", "Call center 24 jam: (0541) 2088100"),
        ("lewat WhatsApp layanan 0811-7240-3366", "lewat WhatsApp layanan 0811-7240-3366"),
        ("ke 0811 3827 117 (hotline)", "ke 0811 3827 117 (hotline)"),
        ("Unit Pengaduan, telepon (0751) 37771", "Unit Pengaduan, telepon (0751) 37771"),
        ("kantor kami tutup, hp saya 0812 3456 7890", "kantor kami tutup, hp saya [nomor telepon]"),
        ("kantor, telepon rumah saya (0541) 208810", "kantor, telepon rumah saya [nomor telepon]"),
        ("kirim ke pengaduan.rsud@contoh.go.id atau", "kirim ke pengaduan.rsud@contoh.go.id atau"),
        ("surel halo@contoh.example pagi", "surel halo@contoh.example pagi"),
        ("surel siti.djamilah@contoh.go.id pagi", "surel [e-mail] pagi"),
        ("jalan nasional (Kepmen PUPR Nomor 430) rusak", "jalan nasional (Kepmen PUPR Nomor 430) rusak"),
        ("bukan SK Jalan Kabupaten Nomor 620/311/2022 itu", "bukan SK Jalan Kabupaten Nomor 620/311/2022 itu"),
    ],
)
def test_the_telephone_the_mail_and_the_papers_of_an_office_stay(said: str, shown: str) -> None:
    assert redact(said).text == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("oknum anjas malaikata minta 50rb", "oknum [nama] minta 50rb"),
        ("sertifikat atas nama siti djamilah", "sertifikat atas nama [nama]"),
        ("lapor pak yanto jukir pasar pagi", "lapor pak [nama] jukir pasar pagi"),
        ("SAYA BUDI SANTOSO MELAPOR", "SAYA [nama] MELAPOR"),
        ("Saya Ibnu Hajar Latifansyah, operator sekolah", "Saya [nama], operator sekolah"),
        ("Hamba Datuk Mat Nasir Bendang dari Pelalawan", "Hamba [nama] dari Pelalawan"),
        ("Saya Opa Lexi Maarisit, nelayan", "Saya [nama], nelayan"),
        ("Ibu saya Almh. Siti Djamilah meninggal", "Ibu saya [nama] meninggal"),
        ("PPK, Sdr. Kusnadi Brotomulyo, menolak", "PPK, Sdr. [nama], menolak"),
        ("keponakan kepala puskesmas, Herlambang Sukmantoro, lulus", "keponakan kepala puskesmas, [nama], lulus"),
        ("Atas perintah pemilik, dr. Hendra Wiratmoko, dicatat", "Atas perintah pemilik, [nama], dicatat"),
        ("Mohon ditindaklanjuti. Terima kasih.\nTiurma boru Simbolon", "Mohon ditindaklanjuti. Terima kasih.\n[nama]"),
        ("Ditagih Pak Kusnadi. Kemarin Kusnadi datang lagi", "Ditagih Pak [nama]. Kemarin [nama] datang lagi"),
        ("Kepala sekolah Dra. Hj. Rosdiana Batin memungut", "Kepala sekolah [nama] memungut"),
        ("kepala puskesmas dr. Haryono Saputra minta uang", "kepala puskesmas [nama] minta uang"),
        ("sekretaris desa Siti Zubaedah minta 500 ribu", "sekretaris desa [nama] minta 500 ribu"),
        ("mandor proyek Ni Luh Ayu Pratiwi menahan gaji", "mandor proyek [nama] menahan gaji"),
        ("Pengawas provinsi Andi Mattalatta menjual jadwal", "Pengawas provinsi [nama] menjual jadwal"),
        ("yang mengatur Rudi Hartawan Sim, tiap Selasa dan Jumat", "yang mengatur [nama], tiap Selasa dan Jumat"),
        ("Kami Yermias Tandu dan warga lain", "Kami [nama] dan warga lain"),
        ("Saya Nurlela Dg. Bau, penjual ikan", "Saya [nama], penjual ikan"),
        ("diantar pawang Husaini M. Daud kemarin", "diantar pawang [nama] kemarin"),
        ("yg punya gudang Cik Udin Marhaban", "yg punya gudang [nama]"),
        ("sekretaris desa Eko minta uang", "sekretaris desa [nama] minta uang"),
        ("yg ambil duitnya si bendol", "yg ambil duitnya si [nama]"),
        ("tetangga saya tejo mukul istrinya", "tetangga saya [nama] mukul istrinya"),
        (
            "Kepada Kapolres Empat Lawang. Saya Sukardi Lintang, ketua",
            "Kepada Kapolres Empat Lawang. Saya [nama], ketua",
        ),
        ("gudang cik udin belakang pasar", "gudang [nama] belakang pasar"),
        ("judi di pasar, bandarnya haji encep", "judi di pasar, bandarnya [nama]"),
        ("Nama di seragamnya J. Sembiring", "Nama di seragamnya [nama]"),
        ("di sistem tertulis Udin S. dan harus ganti", "di sistem tertulis [nama]. dan harus ganti"),
        ("kepsek sd kami Zulkarnaini jarang masuk", "kepsek sd kami [nama] jarang masuk"),
        ("yg dibangun rumah Saifuddin abang geuchik", "yg dibangun rumah [nama] abang geuchik"),
        ("disetor lewat Dewa Putu Arnawa kemarin", "disetor lewat [nama] kemarin"),
        ("yg punya ko Acun, tetangga", "yg punya ko [nama], tetangga"),
        ("orang gangguan jiwa nama Kaco suka lempar", "orang gangguan jiwa nama [nama] suka lempar"),
        ("lima ahli waris: Nurlela, Ikhsan, Tohir", "lima ahli waris: [nama], [nama], [nama]"),
        ("Pembimbing saya, Dr. Yulius Wanggai, M.Si., meminta", "Pembimbing saya, [nama], meminta"),
        ("Perintah datang dari Bambang Trihatmoko kemarin", "Perintah datang dari [nama] kemarin"),
        ("tanya ke IG @budi.santoso atau akun sitimaesaroh_88", "tanya ke IG @[nama] atau akun [nama]"),
        ("Dipungut Yoseph Hartanta dan Miftahul Huda Wirya di kargo", "Dipungut [nama] dan [nama] di kargo"),
    ],
)
def test_a_person_is_masked_however_named(said: str, shown: str) -> None:
    assert redact(said).text == shown


@pytest.mark.parametrize(
    "said",
    [
        "Pak Camat dan Bu Lurah belum menjawab",
        "Yang terhormat Bapak Wali Kota Langsa",
        "pt haji amrullah bersaudara potong lembur",
        "petugas cuma nongkrong di Warung Kopi Mang Dudung",
        "lampu di Taman Renungan Bung Karno mati",
        "lewat Jalan Brigjen H. Hasan Basri saja",
        "Jalan Brigjen H. Hasan Basri juga gelap",
        "dana Masjid Syekh Yusuf Al-Makassari dipotong",
        "oleh CV Tiga Putra Salim sejak Mei",
        "gaji karyawan CV Haji Mansyur Jaya telat",
        "Ke mana tiketnya, Datuk?",
        "lelang baju linmas kab madina siapa yg menang",
        "sudah kutanya @dishubkotasamarinda dan @bpjskesehatan_ri",
        "tolong @pln.id dan @pemkot_smd",
        "Kepada Yth. Kepala Dinas Pekerjaan Umum Kota Balikpapan",
        "Kepala desa Sumber Sari menjual tanah kas",
        "kepala dinas Perhubungan Surabaya belum menjawab",
        "kata petugas. dari datuk kami sudah tanam di situ",
        "RSUD Abdoel Wahab Sjahranie antre lama",
        "dirujuk ke RSUD dr. Soetomo Surabaya",
        "Bandara Sultan Aji Muhammad Sulaiman gelap",
        "Universitas Hasanuddin dan SMAN 1 Sangatta",
        "Jalan Ahmad Yani macet, Jl. Gatot Subroto juga",
        "Pasar Pandansari kotor sekali",
        "Presiden Prabowo Subianto dan Menteri Sri Mulyani",
        "Kabupaten Kutai Kartanegara, Loa Janan, Muara Badak",
        "pak pdhl kmrn sdh sy lapor tp blm dibenerin",
        "JALAN DI DEPAN PASAR SEGIRI RUSAK PARAH PAK WALIKOTA",
        "Bantuan bulan Agustus dan September belum cair",
    ],
)
def test_offices_places_and_public_figures_stay(said: str) -> None:
    assert redact(said).text == said


def test_by_rules_what_may_be_a_name_and_may_not_waits_for_a_person_and_is_not_masked() -> None:
    said = "kata pak takwil bilkas sudah beres"
    done = redact(said, is_by_rules=True)
    assert done.text == said
    assert done.is_doubtful
    assert [said[span.start : span.end] for span in done.doubts] == ["takwil bilkas"]


def test_the_reporters_own_name_is_masked_whatever_it_looks_like() -> None:
    assert redact("Lampu di rumah zzyx mati", names=["Zzyx"]).text == "Lampu di rumah [nama] mati"


@given(st.text(alphabet=st.one_of(st.sampled_from("aB .,\n0'Paku@/-"), st.characters()), max_size=300))
def test_any_text_comes_out_whole_but_for_what_is_masked(said: str) -> None:
    done = redact(said)
    at, parts = 0, []
    for span in done.found:
        assert at <= span.start < span.end <= len(said)
        parts += [said[at : span.start], MASKS[span.kind]]
        at = span.end
    assert done.text == "".join([*parts, said[at:]])
    assert all(said[one.start : one.end].strip() for one in done.doubts)


@pytest.mark.parametrize(
    "unit",
    [
        "Budi Santoso, ",
        "siti djamilah ",
        "a'",
        "pak ",
        "0812 ",
        "Jl. a ",
        "RT 1 ",
        "A.",
        "satu ",
        "a at ",
        "haji ",
        "Udin, ",
    ],
)
def test_the_work_grows_with_the_text_and_not_with_its_square(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words looked up are the unit of work of the names; each is looked at a bounded number of times."""
    asked = 0

    def counting(word: str) -> object:
        nonlocal asked
        asked += 1
        return look_up(word)

    for module in ("tokens", "around", "names"):
        monkeypatch.setattr(f"lapor.redaction.{module}.look_up", counting)
    said = (unit * (100_000 // len(unit)))[:100_000]
    redact(said)
    assert asked <= 30 * (len(re.findall(r"[^\W\d_]+", said)) + 1)


@pytest.mark.parametrize("said", ["", "\x00", "这是一个报告", "ሰላም ለዓለም", "🙂" * 50, "'" * 1000, "." * 1000])
def test_a_text_without_words_of_ours_comes_out_as_it_went_in(said: str) -> None:
    assert redact(said).text == said


def test_a_name_written_down_the_page_is_noticed() -> None:
    down = "\n1. ".join("KENARISUNYI")
    assert still_tells(down, ["Kenari Sunyi"])
    assert not still_tells("Burung kenari itu sunyi", ["Kenari Sunyi"])
    assert not still_tells("a n i b a r u", ["Ani Baru"])


def test_every_list_is_read_in_small_letters_and_has_what_the_rules_ask_for() -> None:
    for kind in ("introduces", "names", "self", "address", "kin", "role", "thing", "place", "by", "honour", "particle"):
        assert cues()[kind], kind
        assert all(word == word.lower() for word in cues()[kind])
    assert tokens.tokens_of("Sdr. Budi")[1].begins is False


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("polisi di pos sungai Iptu Rusman Effendi Gani minta uang", "polisi di pos sungai [nama] minta uang"),
        ("Nama saya Masita binti Baco", "Nama saya [nama]"),
        ("ada pegawai namanya Bang Jaelani Marzuki di sini", "ada pegawai namanya [nama] di sini"),
        ("perahu tidak ada mesin. No sy 0822-9914-3375 Rudi", "perahu tidak ada mesin. No sy [nomor telepon] [nama]"),
        ("Pengetiknya Ferdi Irawansyah atas perintah", "Pengetiknya [nama] atas perintah"),
        ("naik kapal feri ke seberang", "naik kapal feri ke seberang"),
        ("pos sungai Kapuas rusak", "pos sungai Kapuas rusak"),
    ],
)
def test_what_stands_beside_a_name_tells_it(text: str, left: str) -> None:
    assert redact(text).text == left
