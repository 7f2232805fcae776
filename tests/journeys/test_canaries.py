"""Two reports full of words that stand nowhere else live through everything; then every place is searched in which
something of them could have stayed: a dump of the database, the server's own files and log, the folder of the site with
media, mail and keys, its log, temporary files, sessions and jobs (both tables).
"""

from __future__ import annotations

import base64
import io
import os
import subprocess
import time
from contextlib import suppress
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from config.postgres.cluster import binary
from lapor.accounts.demonstration import PASSPHRASE
from tests.journeys.conftest import Site
from tests.journeys.people import INSPECTORATE, LIAISON, OPERATOR, PHONE, Citizen, Officer, choose_place, today

ROADS, CITY = "dinas-pupr-kota-samarinda", "inspektorat-kota-samarinda"
INVESTIGATOR = "pemeriksa@contoh.invalid"
# Of whom: one word of the name, then what else says who it is.
UNNAMED = ("Xanderwina", "Qotrunasa", "qotrunasa.x@sarang.invalid", "81273509461")
SEALED = ("Wilhelmusa", "Yustrinada", "yustrinada.w@sarang.invalid", "81273509573")
# What the sealed report says: in its title, text, place, the file's name, replies, questions and answers.
SAID = ("Burungmerak", "Burungkuau", "Burungrangkong", "Burungjalak", "Burungsrikatan", "Burungcendet", "Burungprenjak")
SPACED = {"81273509461": ("0812-7350-9461", "0812 7350 9461"), "81273509573": ("0812-7350-9573", "0812 7350 9573")}


def _photo(words: str) -> bytes:
    """A picture whose hidden remarks say who took it."""
    made, remarks = io.BytesIO(), Image.Exif()
    remarks[0x013B] = remarks[0x010E] = words
    Image.new("RGB", (400, 300), "teal").save(made, "JPEG", exif=remarks, comment=words.encode())
    return made.getvalue()


def _sends(page: Page, *, kind: str, who: tuple[str, ...], title: str, text: str, place: str, file: str) -> None:
    """Fills every field of the form with what must not stay, and sends."""
    first, last, email, number = who
    page.goto("/lapor/")
    page.locator(f"input[name=kind][value={kind}]").check()
    page.locator("#id_text").fill(text)
    page.locator("#id_title").fill(title)
    choose_place(page, "Samarinda Ulu")
    page.locator("#id_place").fill(place)
    if kind == "complaint":
        page.locator("#id_is_anonymous").check()
    page.locator("#id_name").fill(f"{first} {last}")
    page.locator("#id_phone").fill(f"0{number}")
    page.locator("#id_email").fill(email)
    hidden = _photo(f"{first} {last} {file}")
    page.locator("#id_files").set_input_files({"name": f"{file}.jpg", "mimeType": "image/jpeg", "buffer": hidden})
    page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
    expect(page.get_by_role("heading", name="Periksa sebelum mengirim")).to_be_visible()
    page.get_by_role("button", name="Kirim laporan").click()


def _lives_unnamed(site: Site, phone: Page, browser: Browser) -> None:
    first, last, email, number = UNNAMED
    _sends(
        phone, kind="complaint", who=UNNAMED, title=f"Lubang di depan rumah {first}",
        text=f"Jalan berlubang di depan rumah saya, {first} {last}. Hubungi 0{number} atau {email}.",
        place=f"Rumah {last}", file=f"KTP {first}",
    )  # fmt: skip
    code, pin = (phone.locator(mark).inner_text().replace(" ", "") for mark in ("#kode", "#pin"))
    inspectorate, liaison, operator = (
        Officer.signed_in(browser, site, who) for who in (INSPECTORATE, LIAISON, OPERATOR)
    )
    inspectorate.open(code)
    expect(inspectorate.page.locator("main")).to_contain_text("Lubang di depan rumah [nama]")
    inspectorate.act("hold", question="Di sisi mana jalan itu?")
    phone.goto("/lacak/")
    phone.locator("#id_code").fill(code)
    phone.locator("#id_pin").fill(pin)
    phone.locator("main form button").first.click()
    phone.wait_for_url(f"**/lacak/{code}/")
    reporter = Citizen(phone)
    reporter.reply(f"Sisi kiri. Salam, {first} {last}, {SPACED[number][0]}")
    inspectorate.open(code)
    inspectorate.act("verify")
    inspectorate.act("assign", button="Teruskan", to=ROADS)
    liaison.open(code)
    unit = liaison.page.locator("#assign_unit-unit option", has_text="Bina Marga").get_attribute("value")
    liaison.act("assign_unit", unit=unit or "")
    operator.open(code)
    operator.act(
        "draft", button="Minta persetujuan", done_by="Bidang Bina Marga", done_on=today().isoformat(),
        text="Lubang di sisi kiri jalan sepanjang dua meter sudah kami tambal dengan aspal panas dan dapat dilewati.",
    )  # fmt: skip
    liaison.open(code)
    liaison.act("send_answer")
    phone.goto(f"/lacak/{code}/")
    reporter.agree()
    reporter.rate(4)
    site.until_public(code, "closed")


def _lives_sealed(site: Site, phone: Page, browser: Browser) -> None:
    first, last, email, number = SEALED
    title, text, place, file, question, reply, answer = SAID
    _sends(
        phone, kind="whistleblowing", who=SEALED, title=f"Kuitansi {title}", place=f"Ruang {place}", file=file,
        text=f"Bendahara {text} membuat kuitansi fiktif. Saya {first} {last}, {SPACED[number][1]}, {email}.",
    )  # fmt: skip
    digits = phone.locator("#digits").inner_text()
    code = site.sql("select code from reports_report where sealed is not null order by id desc limit 1")[0][0]
    investigator = Officer.signed_in(browser, site, INVESTIGATOR)
    investigator.open(code)
    investigator.unlock(PASSPHRASE)
    expect(investigator.page.locator("main")).to_contain_text(text)
    investigator.act("hold", question=f"Apakah {question} ikut menandatangani?")
    phone.goto("/lacak/")
    phone.locator("#id_receipt").fill(digits)
    phone.get_by_role("button", name="Buka laporan tersegel").click()
    phone.wait_for_url("**/lacak/tersegel/")
    reporter = Citizen(phone)
    reporter.reply(f"Ya, dan {reply} juga. {first}")
    investigator.open(code)
    investigator.act("verify")
    investigator.act("assign", button="Teruskan", to=CITY)
    investigator.act("note", text=f"Periksa {answer} lebih dulu.")
    investigator.act("follow_up", text=f"Tim memeriksa buku {answer} minggu ini.")
    phone.goto("/lacak/tersegel/")
    reporter.reads(question, reply, answer)
    investigator.page.goto("/akun/logout/")
    investigator.page.locator("main form button").first.click()


@cache
def _spellings(word: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The word as it is, and as somebody could find it again without any key: whatever the case of letters, and exactly."""
    texts = (word, *SPACED.get(word, ()))
    either = [text.lower().encode() for text in texts]
    either += [found.encode().hex().encode() for text in texts for found in (text, text.lower(), text.upper())]
    either += [text.lower().encode("utf-16-le") for text in texts]
    # Base64, wherever in a longer text the word stood: without its uncertain ends.
    exact = [base64.b64encode(b"\0" * shift + text.encode())[4:-4] for text in texts for shift in range(3)]
    return tuple(dict.fromkeys(either)), tuple(exact)


def _left(path: Path, words: tuple[str, ...]) -> set[str]:
    data = _but_the_addressee(path) if path.parent.name == "outbox" else path.read_bytes()
    lower, found = data.lower(), set()
    for word in words:
        either, exact = _spellings(word)
        if word in path.name or any(one in lower for one in either) or any(one in data for one in exact):
            found.add(word)
    return found


def _but_the_addressee(path: Path) -> bytes:
    """The mails in the folder that stands for a mail server: each is for one person, whom it must name to reach them."""
    found = []
    for part in path.read_bytes().split(b"-" * 79):
        mail = message_from_bytes(part.lstrip(), policy=policy.default)
        del mail["To"]
        body = mail.get_body()
        found.append(mail.as_bytes() + (body.get_content().encode() if body else b""))
    return b"".join(found)


@pytest.fixture(scope="module")
def lived(site: Site, browser: Browser) -> float:
    """Both lives, from beginning to end; when they began."""
    began = time.time()
    for lives in (_lives_unnamed, _lives_sealed):
        context = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID")
        lives(site, context.new_page(), browser)
        context.close()
    site.lapor("worker", "--once")
    return began


def test_a_word_that_may_stay_is_found(site: Site, lived: float, tmp_path: Path) -> None:
    """Else the searches below would find nothing by looking in the wrong way."""
    assert _left(_dump(site, tmp_path), ("aspal panas", "Lubang di depan rumah")) == {
        "aspal panas",
        "Lubang di depan rumah",
    }
    assert _left(Path(site.environment["LAPOR_DATA"]) / "site.log", ("LAPOR answers at",))


def test_a_dump_of_the_database_holds_nobody_and_nothing_sealed(site: Site, lived: float, tmp_path: Path) -> None:
    assert _left(_dump(site, tmp_path), (*UNNAMED, *SEALED, *SAID)) == set()


def test_no_file_of_the_site_or_of_its_database_holds_them_either(site: Site, lived: float) -> None:
    """Whatever was written since: media, mail, keys, logs; pages of tables and indexes and of the log written ahead."""
    left = set()
    for folder, _folders, files in os.walk(os.environ["LAPOR_TEST_DATA"]):
        for path in (Path(folder, name) for name in files):
            with suppress(FileNotFoundError):  # the database runs, and takes its temporary files away again
                if path.is_file() and path.stat().st_mtime >= lived:
                    left |= {(str(path), word) for word in _left(path, (*UNNAMED, *SEALED, *SAID))}
    assert left == set()


def _dump(site: Site, folder: Path) -> Path:
    to = folder / "dump.sql"
    command = [str(binary("pg_dump")), "--file", str(to), site.environment["DATABASE_URL"]]
    subprocess.run(command, check=True, capture_output=True)
    return to
