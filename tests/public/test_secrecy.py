"""What a citizen keeps to themselves is at no public exit: no page, feed, sitemap, API answer, header, cookie, address."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lapor.reports import actions
from lapor.reports.models import Event, Report
from lapor.statistics import count
from lapor.transparency.models import PublicReport, Word
from tests.cast import MONDAY, Stage, reporter
from tests.public.citizen import Citizen, Proof, photo, proof_of
from tests.public.exits import walk
from tests.transparency.steps import read_all

NAME, PHONE, EMAIL, NIK = "Zubaedah Kenarimas", "0812-9988-7766", "kenarimas.z@rahasia.invalid", "6472055207850003"
# Each as it may be written anywhere.
IDENTITY = ("Zubaedah", "zubaedah", "Kenarimas", "kenarimas", "99887766", "9988-7766", "9988 7766", NIK, "5207850003")
CONTENT = ("Wedhatama", "wedhatama", "Purwakanthi", "purwakanthi")
WRITTEN: dict[str, Any] = {
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "title": f"Lubang di Gang Purwakanthi, hubungi {PHONE}",
    "text": (
        f"Saya {NAME}, NIK {NIK}, melaporkan lubang di depan warung Wedhatama. Telepon saya {PHONE} atau 081299887766, "
        f"surat ke {EMAIL}. Kata Zubaedah lubangnya sudah dua bulan."
    ),
    "place": f"Gang Purwakanthi, rumah Zubaedah {PHONE}",
}
ANSWER = (
    f"Kepada Ibu {NAME} (telepon {PHONE}, NIK {NIK}): terima kasih. Lubang di depan warung sudah kami tambal sepanjang "
    f"dua belas meter dan kami periksa lagi bulan depan. Salinan dikirim ke {EMAIL}."
)
CLASSES: dict[str, dict[str, str]] = {
    "open": {},
    "anonymous": {"is_anonymous": "on"},
    "confidential": {"is_confidential": "on"},
}
SECRET = {"confidential"}  # of a sealed one: test_sealed


def worked(stage: Stage, code: str) -> None:
    """Through every hand that writes: question, reply, follow-up, answer, objection; all of it names the reporter, and
    officers insist on it.
    """
    report = Report.objects.get(code=code)
    admin, handler, operator = (stage.officer(name) for name in ("admin", "liaison", "operator"))
    key: dict[str, Any] = {"report_id": report.pk, "now": MONDAY}
    insists: dict[str, Any] = {"leak_reason": "Pelapor sendiri menulisnya dalam laporan."}
    me = reporter(report)
    actions.hold(question=f"Di mana lubangnya? Ibu {NAME}, nomor {PHONE} benar?", actor=admin, **insists, **key)
    actions.reply(text=f"Benar, {NAME}, NIK {NIK}, {EMAIL}.", actor=me, **key)
    actions.verify(actor=admin, **key)
    actions.assign(to=stage.roads, actor=admin, **key)
    actions.follow_up(
        text=f"Kami datang besok. Ibu {NAME} sudah ditelepon di {PHONE}.", actor=handler, **insists, **key
    )
    actions.note(text=f"Sudah dihubungi. Catatan: {NAME}, {PHONE}.", actor=handler, **insists, **key)
    actions.assign_unit(unit=stage.roads_unit, officer_id=operator.user_id, actor=handler, **key)
    told: dict[str, Any] = {"text": ANSWER, "done_by": f"Regu {PHONE}", "done_on": MONDAY.date(), "is_ready": True}
    actions.draft(actor=operator, **told, **insists, **key)
    actions.send_answer(actor=handler, **insists, **key)
    actions.object_to_answer(text=f"{NAME} keberatan: {PHONE}", actor=me, **key)


def published() -> None:
    read_all()
    count.consume(list(Event.objects.select_related("report").order_by("id")))


@pytest.fixture
def answered(stage: Stage, citizen: Citizen, request: pytest.FixtureRequest) -> Proof:
    """A report of the class that the test names, filed at the form, worked, answered, and published if it may be."""
    proof = citizen.report(photo("zubaedah-kenarimas.jpg"), **WRITTEN | CLASSES[request.param])
    worked(stage, proof.code)
    published()
    return proof


@pytest.mark.parametrize("answered", CLASSES, indirect=True)
def test_no_exit_shows_who_reported(stage: Stage, answered: Proof, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["answered"]
    assert PublicReport.objects.filter(code=answered.code).exists() == (name not in SECRET)
    secrets = (*IDENTITY, EMAIL, answered.pin, *(CONTENT if name in SECRET else ()))
    visitor = Client()
    for answer in walk(visitor, stage, code=answered.code):
        for where, shown in exposed(answer).items():
            assert not [word for word in secrets if word in shown], (answer.request["PATH_INFO"], where)


@pytest.mark.parametrize("answered", CLASSES, indirect=True)
def test_no_search_finds_a_report_by_who_reported(answered: Proof, request: pytest.FixtureRequest) -> None:
    is_secret = request.node.callspec.params["answered"] in SECRET
    for word in (*IDENTITY, EMAIL, *(CONTENT if is_secret else ())):
        for path in ("/laporan/", "/api/v1/reports"):
            assert answered.code not in Client().get(path, {"q": word}).content.decode(), (path, word)
    stems = set(Word.objects.values_list("stem", flat=True))
    assert not stems & {word.lower() for word in (*IDENTITY, *(CONTENT if is_secret else ()))}


@pytest.mark.parametrize("answered", ["open", "anonymous"], indirect=True)
def test_what_is_masked_leaves_the_rest_readable(answered: Proof) -> None:
    html = Client().get(f"/laporan/{answered.code}/").content.decode()
    assert "melaporkan lubang di depan warung Wedhatama" in html
    assert "sudah kami tambal sepanjang dua belas meter" in html


@pytest.mark.parametrize("answered", sorted(SECRET), indirect=True)
def test_a_secret_report_is_listed_nowhere(stage: Stage, answered: Proof) -> None:
    visitor = Client()
    for path in ("/", "/laporan/", "/feed/", "/sitemap-laporan-2026-41.xml", "/api/v1/reports", "/wilayah/64.72/"):
        assert answered.code not in visitor.get(path).content.decode(), path


@pytest.mark.parametrize("chosen", CLASSES)
def test_the_reporters_own_way_puts_nothing_into_addresses_headers_or_cookies(citizen: Citizen, chosen: str) -> None:
    address = citizen.check(photo("zubaedah-kenarimas.jpg"), **WRITTEN | CLASSES[chosen])
    answers = [citizen.client.get(address), receipt := citizen.send(address)]
    proof = proof_of(receipt)
    answers += [
        citizen.client.get(address),
        citizen.client.get(f"/lacak/?kode={proof.code}"),
        citizen.client.post("/lacak/", {"code": proof.code, "pin": proof.pin}),
        citizen.client.get(f"/lacak/{proof.code}/"),
        citizen.do(proof, "reply", text=f"{NAME} {PHONE}"),
        citizen.do(proof, "withdraw", text=f"{NAME} {PHONE}"),
        citizen.client.get(f"/lacak/{proof.code}/"),
    ]
    for answer in answers:
        seen = exposed(answer)
        del seen["body"]
        words = (*IDENTITY, EMAIL, proof.pin, f"{proof.pin[:4]} {proof.pin[4:]}", *CONTENT)
        assert not [word for word in words if word in " ".join(seen.values())], answer.request["PATH_INFO"]


def exposed(answer: Any) -> dict[str, str]:
    """All that leaves the server with one answer, by where it stands."""
    body = answer.getvalue() if answer.streaming else answer.content
    return {
        "body": body.decode("utf-8", "replace"),
        "headers": str(answer.headers),
        "cookies": answer.cookies.output(),
        "address": answer.get("Location", "") + answer.request["QUERY_STRING"] * (answer.status_code >= 300),
    }
