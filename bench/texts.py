"""Invented reports: short Indonesian texts from word lists, with the stems that `lib.text` would find in them.

A text is put together from pieces. Each piece is stemmed once, so that a million texts cost no million stemmings.
The tail of the vocabulary (names of streets, shops, people) is made of syllables and grows with the number of texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from lapor.lib.text import search_text

MARK = "Teks buatan untuk pengukuran."
TAIL = 60_000  # how many names there are
_STEEPNESS, _COMMON = 0.75, 30  # the smaller, the more of the rare names are used; how many are about equally common

_OPENINGS = (
    "Mohon diperiksa, {matter} sudah lama dibiarkan di Jalan",
    "Warga mengeluhkan {matter} di sekitar pasar",
    "Sejak bulan lalu ada {matter} di dekat jembatan",
    "Kami melaporkan {matter} di lingkungan Gang",
    "Setiap hari kami terganggu oleh {matter} di simpang",
    "Bapak dan ibu petugas, tolong lihat {matter} di depan toko",
    "Sudah tiga kali saya sampaikan soal {matter} di balai",
    "Tdk ada yg menangani {matter}, kejadiannya di jalan poros",
    "Anak saya menjadi korban {matter} di dekat sekolah",
    "Ibu saya kecewa karena {matter} ketika berobat di puskesmas",
)
_TITLES = ("{matter} di", "Keluhan {matter} dekat", "Soal {matter} sepanjang Jalan", "Tolong tangani {matter} di")
_DETAILS = (
    "Kejadian ini dialami banyak keluarga dan sudah diceritakan kepada ketua RT.",
    "Petugas di loket hanya menyuruh kami menunggu tanpa penjelasan.",
    "Kalau hujan turun keadaannya menjadi lebih parah dan berbahaya bagi anak sekolah.",
    "Kami sudah mengumpulkan foto dan nama warga yang bersedia menjadi saksi.",
    "Pada malam hari tempat itu gelap sehingga pengendara sering terjatuh.",
    "Biaya yang diminta tidak sesuai dengan papan pengumuman di kantor.",
    "Menurut tetangga, hal yang sama terjadi di kampung sebelah.",
    "Sudah dua orang lanjut usia jatuh sakit karena hal ini.",
    "Pedagang kecil kehilangan pembeli dan penghasilan harian mereka turun.",
    "Surat pertama kami belum dibalas padahal sudah lewat dua minggu.",
    "Antrean mulai pukul empat pagi dan nomor cepat habis.",
    "Truk bermuatan berat lewat terus dan membuat rumah bergetar.",
    "Airnya keruh, berbau, dan tidak dapat dipakai mencuci.",
    "Kepala desa berjanji akan memperbaiki tetapi tidak ada kabar.",
    "Sopir angkutan memilih memutar jauh sehingga ongkos bertambah.",
    "Tagihan yang kami terima dua kali lipat dari biasanya.",
    "Penerima bantuan yang tercatat sudah pindah sejak tahun lalu.",
    "Guru honorer belum menerima upah selama empat bulan.",
    "Data di aplikasi berbeda dengan kartu yang saya pegang.",
    "Petani rugi besar karena terlambat menanam.",
)
_ASKS = (
    "Mohon segera ditindaklanjuti.",
    "Kami minta penjelasan tertulis dari instansi yang berwenang.",
    "Semoga ada petugas yang datang melihat langsung.",
    "Tolong jangan hanya dijawab akan dikoordinasikan.",
    "Kami menunggu perbaikan sebelum musim hujan.",
    "Terima kasih atas perhatian para petugas.",
    "Mohon identitas kami dijaga.",
    "Siapa yang harus kami hubungi?",
)
ANSWERS = (
    "Petugas kami sudah memeriksa lokasi dan memperbaiki bagian yang rusak; kami memantaunya lagi bulan depan.",
    "Bahan sudah dipesan dan pekerjaan dimulai pekan ini oleh bidang yang bertanggung jawab.",
    "Kami sudah menegur pengelola, dan biaya yang berlebih dikembalikan kepada warga.",
    "Data Anda sudah diperbaiki dan kartu yang baru dapat diambil di kantor kami pada jam kerja.",
    "Jadwal pelayanan sudah ditambah dan nomor antrean kini dapat diambil dari rumah.",
)
QUESTION = "Mohon sebutkan tempat dan waktu kejadian dengan lebih jelas agar dapat kami periksa."
REPLY = "Tempatnya di ujung gang dekat pos ronda, kejadiannya hari Senin pekan lalu."
OBJECTION = "Jawaban ini belum menyentuh masalahnya, keadaan di tempat masih sama seperti semula."
REASON = "Urusan ini bukan kewenangan kami menurut pembagian tugas di daerah; mohon diteruskan."
RARE = "waringinsari"  # a word that stands in a handful of texts, whatever the size of the table
_SYLLABLES = [a + b for a, b in product("bcdgjklmnprstw", "aiueo")]


@dataclass(frozen=True, slots=True)
class Written:
    """A title, a text and their stems."""

    title: str
    text: str
    stems: str


def write(rng: Random, phrases: list[str], *, rare: bool = False) -> Written:
    """One invented report about one of the phrases."""
    matter = rng.choice(phrases)
    name, other = tail(rng), RARE if rare else tail(rng)
    opening = rng.choice(_OPENINGS).format(matter=matter)
    details = rng.sample(_DETAILS, rng.randint(1, 3))
    ask = rng.choice(_ASKS)
    title = rng.choice(_TITLES).format(matter=matter)
    pieces = [title, opening, *details, ask, MARK]
    return Written(
        title=f"{title[0].upper()}{title[1:]} {name}"[:150],
        text=f"{opening} {name}. {' '.join(details)} Warung {other} ikut merugi. {ask} {MARK}",
        stems=" ".join([*map(_stems, pieces), _stems(name), _stems("warung ikut merugi"), _stems(other)]),
    )


def tail(rng: Random) -> str:
    """A name, the first ones often and the last ones hardly ever."""
    return _name(min(int(rng.paretovariate(_STEEPNESS) * _COMMON), TAIL))


@cache
def _name(number: int) -> str:
    number += len(_SYLLABLES) ** 2  # three syllables at least
    name = ""
    while number:
        number, place = divmod(number, len(_SYLLABLES))
        name = _SYLLABLES[place] + name
    return name.capitalize()


@cache
def _stems(piece: str) -> str:
    return search_text(piece)
