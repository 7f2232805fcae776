"""The site as an app: what a telephone is told, what it may keep, what others share into it, and news in the browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from PIL import Image

from lapor.accounts.models import User
from lapor.channels.models import Subscription
from lapor.reports import pending
from lapor.reports.models import Report
from lapor.vault import pushing
from tests.cast import Stage
from tests.fakes.push import Service, push_service
from tests.public.citizen import Citizen, photo
from tests.public.page import read


def static_file(address: str) -> Path:
    found = finders.find(address.removeprefix("/static/"))
    assert found, address
    return Path(str(found))


def shell(client: Client, language: str = "id") -> dict[str, Any]:
    """What the service worker keeps."""
    answer = client.get("/sw.js", {"bahasa": language})
    assert answer["Content-Type"].startswith("text/javascript")
    found = re.match(r"self\.shell = (\{.*\});\n", answer.content.decode())
    assert found is not None
    return dict(json.loads(found[1]))


def test_a_telephone_can_install_it(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["lang"], told["display"], told["scope"], told["short_name"]) == ("id", "standalone", "/", "LAPOR!")
    purposes = set()
    for icon in told["icons"]:
        width, height = Image.open(static_file(icon["src"])).size
        assert icon["sizes"] == f"{width}x{height}"
        purposes.add((icon["purpose"], icon["sizes"]))
    assert {("any", "192x192"), ("any", "512x512"), ("maskable", "512x512")} <= purposes
    assert [one["name"] for one in told["shortcuts"]] == ["Lapor", "Lacak", "Laporan saya"]
    for address in (told["start_url"], told["share_target"]["action"], *(one["url"] for one in told["shortcuts"])):
        resolve(address.partition("#")[0])


def test_it_is_called_the_same_for_readers_of_english(client: Client) -> None:
    answers = [client.get("/manifest.webmanifest", headers={"Accept-Language": one}).content for one in ("id", "en")]
    assert answers[0] == answers[1]


def test_an_icon_that_is_cut_to_a_circle_loses_nothing(client: Client) -> None:
    icon = next(one for one in client.get("/manifest.webmanifest").json()["icons"] if one["purpose"] == "maskable")
    picture = Image.open(static_file(icon["src"])).convert("RGB")
    middle, safe = picture.width / 2, picture.width * 0.4  # the safe zone of W3C's Web Application Manifest
    ground = picture.getpixel((0, 0))
    outside = [
        (x, y)
        for x in range(0, picture.width, 4)
        for y in range(0, picture.height, 4)
        if (x - middle) ** 2 + (y - middle) ** 2 > safe**2
    ]
    assert {picture.getpixel(place) for place in outside} == {ground}


def test_every_public_page_names_the_manifest(client: Client, stage: Stage) -> None:
    for path in ("/", "/lapor/", "/lacak/", "/aplikasi/"):
        assert read(client.get(path)).links["manifest"] == ["/manifest.webmanifest"], path


def test_the_telephone_keeps_files_of_ours_and_two_pages_that_are_the_same_for_everybody(
    client: Client, stage: Stage
) -> None:
    kept = shell(client)
    assert kept["pages"] == ["/aplikasi/", "/aplikasi/lapor/"]
    for address in kept["files"]:
        static_file(address)
    somebody = Client()
    somebody.force_login(User.objects.create_user("warga@uji.invalid", name="Zulaikha Uji"))
    for path in kept["pages"]:
        answer = client.get(path)
        assert "no-store" not in answer.get("Cache-Control", "") and not answer.cookies
        assert "csrfmiddlewaretoken" not in answer.content.decode()
        assert "no-store" in somebody.get(path)["Cache-Control"], "the worker refuses to keep it"


def test_the_worker_names_no_page_with_anybodys_words(client: Client) -> None:
    said = json.dumps(shell(client)) + static_file("/static/public/worker.js").read_text()
    assert len(re.findall(r"\.put\((?!\"drafts\")", said)) == 1, "one place puts into a cache: the list of the shell"
    assert not re.search(r'"/(lacak|meja|kantor|akun)', json.dumps(shell(client)))


def test_each_language_has_a_shell_of_its_own(client: Client) -> None:
    assert shell(client)["version"] == shell(client)["version"]
    assert shell(client)["version"] != shell(client, "en")["version"]
    assert shell(client, "../../x")["language"] == "id"


def test_the_form_of_the_app_offers_no_whistleblowing_and_sends_nothing_by_itself(client: Client, stage: Stage) -> None:
    page = client.get("/aplikasi/lapor/").content.decode()
    assert 'value="whistleblowing"' not in page and 'value="complaint"' in page
    assert "<noscript>" in page and 'method="post"' not in page


def share(client: Client, **fields: Any) -> Any:
    headers = fields.pop("headers", {})
    return client.post("/lapor/bagikan/", fields, headers=headers)


def test_what_another_app_shares_is_in_the_form_and_not_sent(citizen: Citizen) -> None:
    answer = share(
        citizen.client, judul="Jalan rusak", teks="Lubang besar di depan pasar sejak lama.",
        tautan="https://contoh.invalid/1", files=[photo()],
    )  # fmt: skip
    form = read(answer).form("/lapor/")
    assert form.values["text"] == ["Lubang besar di depan pasar sejak lama.\nhttps://contoh.invalid/1"]
    assert form.values["title"] == ["Jalan rusak"]
    assert not Report.objects.exists()
    sent = citizen.client.post("/lapor/", {"kind": "complaint", **{k: v[0] for k, v in form.values.items() if v}})
    assert sent.status_code == 302, sent.content.decode()
    citizen.send(sent["Location"])
    assert Report.objects.get().attachments.count() == 1


def test_a_shared_file_that_is_not_accepted_is_named_and_the_rest_stays(citizen: Citizen) -> None:
    bad = BytesIO(b"bukan foto")
    bad.name = "aneh.jpg"
    answer = share(citizen.client, teks="Lubang besar di depan pasar.", files=[bad])
    assert answer.status_code == 200
    assert "aneh.jpg" in answer.content.decode() and "Lubang besar" in answer.content.decode()


def test_a_page_of_another_site_can_put_nothing_into_the_form(citizen: Citizen) -> None:
    before = dict(citizen.client.cookies)
    answer = share(citizen.client, teks="Bukan tulisan Anda", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 302 and not answer.cookies
    assert dict(citizen.client.cookies) == before


def test_the_store_finds_its_app(client: Client, settings: LazySettings) -> None:
    assert client.get("/.well-known/assetlinks.json").status_code == 404
    settings.LAPOR_ANDROID_APPS = ["id.contoh.lapor=ab:cd:12"]
    (link,) = client.get("/.well-known/assetlinks.json").json()
    assert link["relation"] == ["delegate_permission/common.handle_all_urls"]
    assert link["target"]["package_name"] == "id.contoh.lapor"
    assert link["target"]["sha256_cert_fingerprints"] == ["AB:CD:12"]


@pytest.fixture
def service(settings: LazySettings, tmp_path: Path) -> Iterator[Service]:
    settings.LAPOR_PUSH_SERVICES = ["127.0.0.1"]
    settings.LAPOR_PUSH_KEY = _new_key(settings, tmp_path)
    with push_service() as running:
        yield running


def _new_key(settings: LazySettings, tmp_path: Path) -> str:
    data, settings.LAPOR_DATA = settings.LAPOR_DATA, tmp_path
    written = pushing.make().read_text()
    settings.LAPOR_DATA = data
    return written


def test_only_who_opened_the_report_can_ask_for_its_news(citizen: Citizen, service: Service) -> None:
    proof = citizen.report()
    browser = service.subscribe(pushing.public_key())
    fields = {"subscription": json.dumps(browser.subscription())}
    answer = Client().post(f"/lacak/{proof.code}/kabar/", fields)
    assert answer["Location"] == f"/lacak/?kode={proof.code}" and not Subscription.objects.exists()
    page = citizen.open(proof).content.decode()
    assert f'data-push="{pushing.public_key()}"' in page
    answer = citizen.client.post(f"/lacak/{proof.code}/kabar/", fields, follow=True)
    assert "akan muncul di ponsel ini" in answer.content.decode()
    assert Subscription.objects.get().report.code == proof.code
    citizen.client.post(f"/lacak/{proof.code}/kabar/", fields | {"stop": "1"})
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "said",
    ["", "{", "[]", '{"endpoint": "http://10.0.0.1/", "keys": {"p256dh": "a", "auth": "b"}}', '{"endpoint": 1}'],
)
def test_a_subscription_that_is_none_is_refused_kindly(citizen: Citizen, service: Service, said: str) -> None:
    proof = citizen.report()
    citizen.open(proof)
    answer = citizen.client.post(f"/lacak/{proof.code}/kabar/", {"subscription": said}, follow=True)
    assert answer.status_code == 200 and "belum dapat dikabari" in answer.content.decode()
    assert not Subscription.objects.exists()


def test_without_a_key_the_page_offers_no_news(citizen: Citizen) -> None:
    proof = citizen.report()
    assert "data-push" not in citizen.open(proof).content.decode()


def test_a_shared_draft_is_forgotten_like_every_other(citizen: Citizen, stage: Stage) -> None:
    share(citizen.client, teks="Lubang besar di depan pasar.", files=[photo()])
    assert pending.forget_old(now=timezone.now() + timedelta(days=2)) == 1
