"""The app on a telephone whose network comes and goes: nothing is lost, nothing is sent twice, nothing stays by mistake."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from lapor.lib.codes import show_code
from tests.fakes.push import push_service
from tests.journeys.conftest import Site
from tests.journeys.people import INSPECTORATE, PHONE, PLACE, Citizen, Officer, Proof, choose_place
from tests.journeys.test_pages import faults, is_wider_than_the_screen

SHELL = {"/aplikasi/", "/aplikasi/lapor/"}
EVERYTHING_KEPT = """async () => ({
    caches: await caches.keys(), databases: await indexedDB.databases(), local: localStorage.length,
    session: sessionStorage.length, workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"caches": [], "databases": [], "local": 0, "session": 0, "workers": 0}
READ_STORE = """(store) => new Promise((yes) => {
    const asked = indexedDB.open("lapor");
    asked.onsuccess = () => {
        const all = asked.result.transaction(store).objectStore(store).getAll();
        all.onsuccess = () => { asked.result.close(); yes(all.result); };
    };
})"""
CACHED = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
            found.push([new URL(request.url).pathname, await (await caches.match(request)).text()]);
    return found;
}"""


@pytest.fixture
def telephone(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=site.url, viewport=PHONE, locale="id-ID", has_touch=True, is_mobile=True)
    yield context
    context.close()


def opened(telephone: BrowserContext) -> Page:
    """The app, with its worker at work."""
    page = telephone.new_page()
    page.goto("/aplikasi/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def photo(name: str = "foto.jpg") -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (320, 200), "teal").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def kept(page: Page, store: str) -> Any:
    return page.evaluate(READ_STORE, store)


def until(page: Page, is_so: Callable[[], bool]) -> None:
    """Waits for what the telephone writes; on a busy machine a minute."""
    for _ in range(600):
        if is_so():
            return
        page.wait_for_timeout(100)
    pytest.fail("the telephone did not write it")


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim", exact=True).click()
    page.wait_for_url("**/aplikasi/#antrean")


def filed(site: Site, text: str) -> list[tuple[str, int]]:
    """Code and number of files of every report with this text."""
    return [
        (str(code), int(n))
        for code, n in site.sql(
            "select r.code, (select count(*) from reports_attachment a where a.report_id = r.id)"
            " from reports_report r where r.text = %s",
            text,
        )
    ]


def proof_on(page: Page) -> Proof:
    """Code and PIN as the app shows them once."""
    card = page.locator("#antrean .receipt")
    expect(card).to_be_visible()
    code, pin = (re.sub(r"\D", "", card.locator(f"[data-fill={name}]").inner_text()) for name in ("code", "pin"))
    return Proof(code, pin)


def test_a_report_written_without_network_is_sent_once_with_its_photo_when_it_returns(
    site: Site, telephone: BrowserContext
) -> None:
    text = "Lampu jalan di depan sekolah mati semua sejak tiga hari lalu."
    page = opened(telephone)
    telephone.set_offline(True)
    page.goto("/lapor/")
    expect(page.get_by_role("heading", name="Tulis laporan")).to_be_visible()
    page.locator("#id_text").fill(text)
    page.locator("#id_place_text").fill(PLACE)
    page.locator("#id_files").set_input_files(photo())
    expect(page.locator("[data-draft-status]")).to_contain_text("Draf disimpan")
    until(page, lambda: [len(one["files"]) for one in kept(page, "drafts")] == [1])
    page.close()

    page = telephone.new_page()
    page.goto("/aplikasi/lapor/")
    expect(page.locator("#id_text")).to_have_value(text)
    expect(page.locator(".files li")).to_have_count(1)
    send(page)
    expect(page.locator("#antrean")).to_contain_text("Menunggu jaringan")
    assert filed(site, text) == []

    telephone.set_offline(False)
    proof = proof_on(page)
    assert filed(site, text) == [(proof.code, 1)]
    ((region,),) = site.sql("select region_id from reports_report where code = %s", proof.code)
    assert region == "64.72.03", "the place that was typed is looked up before it is sent"
    (item,) = kept(page, "queue")
    assert text not in json.dumps(item) and "report" not in item, "its words are gone from the telephone"
    page.get_by_role("button", name="Sudah saya catat").click()
    expect(page.locator("#antrean")).to_be_hidden()
    assert kept(page, "queue") == kept(page, "own") == kept(page, "drafts") == []
    citizen = Citizen(page)
    citizen.open(proof)
    citizen.reads(text)


def test_a_lost_answer_makes_no_second_report(site: Site, telephone: BrowserContext) -> None:
    text = "Air ledeng tidak mengalir lagi sejak Senin pagi di seluruh gang kami."
    answers: list[int] = []

    def lose_the_first(route: Route) -> None:
        answer = route.fetch()
        answers.append(answer.status)
        if len(answers) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=answer)

    page = opened(telephone)
    telephone.route("**/api/v1/reports", lose_the_first)
    page.goto("/aplikasi/lapor/")
    page.locator("#id_text").fill(text)
    send(page)
    until(page, lambda: bool(answers))  # it waits on the page from the first moment on, sent or not
    expect(page.locator("#antrean")).to_contain_text("Menunggu jaringan")
    ((code, _),) = filed(site, text)
    page.get_by_role("button", name="Kirim sekarang").click()
    proof = proof_on(page)
    assert answers == [201, 200] and proof.code == code and len(filed(site, text)) == 1
    Citizen(page).open(proof)


def test_two_pages_and_many_taps_send_one_report(site: Site, telephone: BrowserContext) -> None:
    text = "Sampah menumpuk di ujung jalan dan belum diangkut selama dua minggu."
    page, other = opened(telephone), opened(telephone)
    telephone.set_offline(True)
    page.goto("/aplikasi/lapor/")
    page.locator("#id_text").fill(text)
    send(page)
    telephone.set_offline(False)
    for one in (page, other, page, other):
        one.evaluate("() => { self.lapor.send(true); self.lapor.send(true); }")
    proof = proof_on(page)
    assert filed(site, text) == [(proof.code, 0)]


def test_a_code_is_kept_only_by_choice_and_a_pin_never(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    page.goto("/aplikasi/lapor/")
    page.locator("#id_text").fill("Trotoar di depan kantor pos rusak dan berbahaya bagi pejalan kaki.")
    send(page)
    proof = proof_on(page)
    page.get_by_label("Simpan kode di daftar ponsel ini").check()
    page.get_by_role("button", name="Sudah saya catat").click()
    link = page.locator("#laporan a")
    expect(link).to_have_attribute("href", f"/lacak/?kode={proof.code}")
    (own,) = kept(page, "own")
    assert own["code"] == proof.code and proof.pin not in json.dumps(own)
    page.reload()
    page.locator("#laporan").get_by_role("button", name="Hapus dari daftar").click()
    expect(link).to_have_count(0)
    assert kept(page, "own") == []


def test_an_ordinary_receipt_offers_to_keep_the_code_unless_it_is_a_secret(
    site: Site, telephone: BrowserContext
) -> None:
    page = opened(telephone)
    citizen = Citizen(page)
    proof = citizen.report("Rambu di simpang tiga tertutup pohon sehingga tidak terlihat pengendara.")
    page.get_by_role("button", name="Simpan kode di daftar ponsel ini").click()
    until(page, lambda: [one["code"] for one in kept(page, "own")] == [proof.code])
    assert proof.pin not in json.dumps(kept(page, "own"))
    citizen.report("Rambu di simpang empat juga tertutup pohon dan tidak terlihat.", secret="is_confidential")
    assert page.get_by_role("button", name="Simpan kode di daftar ponsel ini").count() == 0
    page.goto("/aplikasi/")
    expect(page.locator("#laporan li")).to_have_count(1)


def test_what_is_shared_without_network_comes_to_what_was_being_written(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    page.goto("/aplikasi/lapor/")
    page.locator("#id_text").fill("Sudah saya tulis tadi.")
    page.locator("#id_files").set_input_files(photo("tadi.jpg"))
    expect(page.locator("[data-draft-status]")).to_contain_text("Draf disimpan")
    until(page, lambda: [len(one["files"]) for one in kept(page, "drafts")] == [1])
    telephone.set_offline(True)
    page.evaluate(SHARE, [list(photo()["buffer"]), "/lapor/bagikan/"])
    expect(page.locator("#id_text")).to_have_value("Sudah saya tulis tadi.\nLubang besar di depan pasar sejak lama.")
    expect(page.locator(".files li")).to_have_count(2)


def test_no_cache_ever_holds_a_page_with_somebodys_words(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    citizen = Citizen(page)
    proof = citizen.report("Jembatan kayu di kampung kami lapuk dan satu papannya sudah patah kemarin.")
    citizen.open(proof)
    for address in (f"/lacak/{proof.code}/bukti/", "/laporan/", "/", "/akun/login/", "/lacak/"):
        page.goto(address)
    found = dict(page.evaluate(CACHED))
    assert {path for path in found if not path.startswith("/static/")} == SHELL
    for path, content in found.items():
        for secret in (proof.code, proof.pin, "Jembatan kayu", 'name="csrfmiddlewaretoken"'):
            assert secret not in content, path
    telephone.set_offline(True)
    page.goto("/", wait_until="load")
    assert proof.code not in page.content()
    page.goto(f"/lacak/{proof.code}/")
    expect(page.get_by_role("heading", name="LAPOR! di ponsel ini")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Jembatan kayu")
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/akun/login/")


def test_without_trace_nothing_is_left_and_nothing_is_kept_again(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    page.goto("/aplikasi/lapor/")
    page.locator("#id_text").fill("Draf yang tidak boleh tertinggal di ponsel bersama ini.")
    page.locator("#id_files").set_input_files(photo())
    expect(page.locator("[data-draft-status]")).to_contain_text("Draf disimpan")
    telephone.set_offline(True)
    send(page)
    page.get_by_role("button", name="Jangan tinggalkan jejak").click()
    expect(page.locator("[data-loses]")).to_contain_text("ikut terhapus")
    assert len(kept(page, "queue")) == 1, "what would be lost is said first"
    page.get_by_role("button", name="Jangan tinggalkan jejak").click()
    expect(page.locator("[data-done]")).to_be_visible()
    assert page.evaluate(EVERYTHING_KEPT) == NOTHING

    telephone.set_offline(False)
    for path in ("/aplikasi/", "/lapor/", "/"):
        page.goto(path)
        page.wait_for_timeout(400)
        assert page.evaluate(EVERYTHING_KEPT) == NOTHING, path
    page.goto("/lapor/")
    page.locator("#id_text").press_sequentially("Tulisan di ponsel bersama", delay=2)
    page.locator("#id_files").set_input_files(photo())
    page.wait_for_timeout(1_000)
    assert page.evaluate(EVERYTHING_KEPT) == NOTHING
    page.goto("/aplikasi/lapor/")
    page.locator("#id_text").fill("Tulisan yang cukup panjang untuk dikirim dari sini.")
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator("[data-wrong]")).to_contain_text("tidak menyimpan jejak")
    assert page.evaluate(EVERYTHING_KEPT) == NOTHING


def test_a_secret_report_stays_on_the_page_and_not_on_the_telephone(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    for choice in ("input[value=whistleblowing]", "#id_is_confidential"):
        page.goto("/lapor/")
        page.locator("#id_text").fill("Ada pungutan liar di loket dan saya takut diketahui orang.")
        page.locator("#id_files").set_input_files(photo())
        page.locator(choice).check()
        telephone.set_offline(True)
        page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
        expect(page.locator("[data-offline-secret]")).to_be_visible()
        expect(page.locator("#id_text")).to_have_value(re.compile("pungutan liar"))
        until(page, lambda: kept(page, "drafts") == [])
        assert kept(page, "queue") == []
        assert "pungutan" not in page.evaluate("JSON.stringify({...localStorage})")
        telephone.set_offline(False)


def test_a_confidential_report_waits_here_only_with_consent(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    telephone.set_offline(True)
    page.goto("/aplikasi/lapor/")
    assert page.locator("input[value=whistleblowing]").count() == 0
    page.locator("#id_text").fill("Petugas loket meminta uang tambahan dan menolak memberi tanda terima.")
    page.locator("#id_is_confidential").check()
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator("[data-wrong]")).to_contain_text("hanya disimpan")
    assert kept(page, "queue") == []
    page.locator("[name=hold]").check()
    send(page)
    expect(page.locator("#antrean")).to_contain_text("Laporan rahasia")
    expect(page.locator("#antrean")).not_to_contain_text("Petugas loket")
    telephone.set_offline(False)
    proof = proof_on(page)
    expect(page.get_by_label("Simpan kode di daftar ponsel ini")).to_have_count(0)
    assert site.sql("select visibility from reports_report where code = %s", proof.code) == [("confidential",)]


def test_the_ordinary_form_without_network_goes_over_to_the_one_that_waits(
    site: Site, telephone: BrowserContext
) -> None:
    text = "Genangan air setinggi lutut di jalan utama setiap kali hujan turun."
    page = opened(telephone)
    page.goto("/lapor/")
    page.locator("#id_text").fill(text)
    choose_place(page, PLACE)
    page.locator("#id_files").set_input_files([photo("satu.jpg"), photo("dua.jpg")])
    telephone.set_offline(True)
    page.get_by_role("button", name="Lanjut: periksa laporan").last.click()
    page.wait_for_url("**/aplikasi/lapor/")
    expect(page.locator("#id_text")).to_have_value(text)
    expect(page.locator("#id_place_text")).to_have_value(re.compile(PLACE))
    expect(page.locator(".files li")).to_have_count(2)
    send(page)
    telephone.set_offline(False)
    proof = proof_on(page)
    assert filed(site, text) == [(proof.code, 2)]


def test_what_the_service_refuses_can_be_put_right(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    page.goto("/aplikasi/lapor/")
    text = "Parit di belakang pasar tersumbat dan baunya sampai ke rumah warga."
    page.locator("#id_text").fill(text)
    page.locator("#id_phone").fill("12")
    send(page)
    expect(page.locator("#antrean")).to_contain_text("Nomor ini tidak dikenali")
    page.get_by_role("button", name="Perbaiki").click()
    expect(page.locator("#id_text")).to_have_value(text)
    page.locator("#id_phone").fill("0812 3456 7890")
    send(page)
    proof = proof_on(page)
    assert filed(site, text) == [(proof.code, 0)]


SHARE = """([photo, path]) => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: path, enctype: "multipart/form-data" });
    const files = Object.assign(document.createElement("input"), { type: "file", name: "files" });
    const given = new DataTransfer();
    given.items.add(new File([Uint8Array.from(photo)], "dari-galeri.jpg", { type: "image/jpeg" }));
    files.files = given.files;
    for (const [name, value] of [["judul", "Jalan rusak"], ["teks", "Lubang besar di depan pasar sejak lama."]])
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.append(files);
    document.body.append(form);
    form.submit();
}"""


@pytest.mark.parametrize("has_network", [True, False], ids=["online", "offline"])
def test_a_photo_that_is_shared_is_in_the_form(site: Site, telephone: BrowserContext, has_network: bool) -> None:
    page = opened(telephone)
    target = page.evaluate("fetch('/manifest.webmanifest').then((a) => a.json())")["share_target"]["action"]
    telephone.set_offline(not has_network)
    page.evaluate(SHARE, [list(photo()["buffer"]), target])
    expect(page.locator("#id_text")).to_have_value("Lubang besar di depan pasar sejak lama.")
    expect(page.locator("#id_title")).to_have_value("Jalan rusak")
    expect(page.locator(".files li")).to_have_count(1)
    assert page.url.endswith("/lapor/bagikan/" if has_network else "/aplikasi/lapor/")


SUBSCRIBES = """
    Notification.requestPermission = async () => "granted";
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async () => (%s);
"""


def test_news_come_to_the_telephone_that_asked(browser: Browser, site: Site, telephone: BrowserContext) -> None:
    """No browser of a test reaches a push service of the world; a service of our own stands in its place."""
    key = site.lapor("push", "make").split()[-1]
    page = opened(telephone)
    citizen = Citizen(page)
    proof = citizen.report("Papan nama jalan hilang dua-duanya sehingga kurir sering tersesat di sini.")
    with push_service() as service:
        listener = service.subscribe(key)
        page.add_init_script(SUBSCRIBES % json.dumps(listener.subscription()))
        citizen.open(proof)
        page.get_by_role("button", name="Kabari saya di ponsel ini").click()
        citizen.reads("Kabar tentang laporan ini akan muncul di ponsel ini.")
        inspectorate = Officer.signed_in(browser, site, INSPECTORATE)
        inspectorate.open(proof.code)
        inspectorate.act("hold", question="Di persimpangan mana papannya hilang?")
        title = f"Laporan {show_code(proof.code)}: kami perlu keterangan Anda"
        until(page, lambda: title in [one["title"] for one in listener.shown])
    assert listener.shown[-1]["path"] == f"/lacak/?kode={proof.code}"


def test_a_message_is_shown_as_it_came(site: Site, telephone: BrowserContext) -> None:
    telephone.grant_permissions(["notifications"])
    page = opened(telephone)
    line = telephone.new_cdp_session(page)
    known: list[str] = []
    line.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: known.extend(one["registrationId"] for one in said["registrations"]),
    )
    line.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    said = {"title": "Ada kabar baru dari LAPOR!", "body": "Ketuk untuk membukanya.", "path": "/lacak/"}
    message = {"origin": site.url, "registrationId": known[-1], "data": json.dumps(said).ljust(512)}
    line.send("ServiceWorker.deliverPushMessage", message)
    shown = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
        .map((one) => [one.title, one.body, one.data])"""
    until(page, lambda: page.evaluate(shown) == [[said["title"], said["body"], said["path"]]])


def test_pages_of_the_app_are_open_to_everybody(site: Site, telephone: BrowserContext) -> None:
    page = opened(telephone)
    found: list[str] = []
    telephone.set_offline(True)
    page.goto("/aplikasi/lapor/")
    page.locator("#id_is_confidential").check()
    found += faults(page)
    page.locator("#id_is_confidential").uncheck()
    page.locator("#id_text").fill("Laporan yang menunggu jaringan untuk pemeriksaan halaman ini.")
    send(page)
    expect(page.locator("#antrean li")).to_have_count(1)
    found += faults(page)
    assert not is_wider_than_the_screen(page)
    telephone.set_offline(False)
    proof_on(page)
    page.emulate_media(color_scheme="dark")
    found += faults(page)
    assert found == [] and not is_wider_than_the_screen(page)
