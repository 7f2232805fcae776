"""Who was trained: a certificate counts for its person, body and role alone, and only with a signature that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import Error, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from lapor.agencies import trained
from lapor.agencies.certificates import CertificateRefused, Claims, inside, person_of, read, split, write
from lapor.agencies.models import Agency, Membership, Role, Training
from lapor.agencies.trained import TrainingRefused
from lapor.training.exercises import EXERCISES
from lapor.vault import signing
from lapor.vault.signing import Signer
from tests.cast import MONDAY, Stage

TODAY = MONDAY.date()


@pytest.fixture
def signer(own_data: Path, settings: Settings) -> Signer:
    """The key of a site for practice that this site believes."""
    made = signing.make()
    settings.LAPOR_TRAINING_KEYS = [made.public]
    return made


def claims(stage: Stage) -> Claims:
    return Claims(
        number="nomor-uji",
        person=person_of(stage.people["liaison"].email),
        role=Role.LIAISON,
        agency=stage.roads.slug,
        done_on=TODAY,
    )


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(TrainingRefused) as refused:
        call()
    return refused.value.reason


def test_a_certificate_is_noted_for_the_post_it_names(stage: Stage, signer: Signer) -> None:
    by, here = stage.people["admin"], [stage.roads, stage.health]
    proof = trained.match(write(claims(stage), sign=signer.sign), agencies=here, today=TODAY)
    assert (proof.post.user, proof.post.agency, proof.is_known) == (stage.people["liaison"], stage.roads, False)
    assert proof.post in trained.untrained(here, on=TODAY)
    row = trained.note_certificate(proof, by=by, today=TODAY, now=MONDAY)
    assert (row.number, row.reason, row.by) == ("nomor-uji", "", by)
    assert proof.post not in trained.untrained(here, on=TODAY)
    again = trained.match(write(claims(stage), sign=signer.sign), agencies=here, today=TODAY)
    assert again.is_known
    assert refusal(lambda: trained.note_certificate(again, by=by, today=TODAY, now=MONDAY)) == "trained_already"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"person": "0" * 40}, "certificate_of_another"),
        ({"agency": "tidak-ada"}, "certificate_of_another_body"),
        ({"role": "admin"}, "certificate_of_another_role"),
        ({"done_on": TODAY + timedelta(days=1)}, "training_to_come"),
    ],
    ids=["person", "body", "role", "tomorrow"],
)
def test_what_belongs_to_another_is_refused(
    stage: Stage, signer: Signer, change: dict[str, object], reason: str
) -> None:
    code = write(replace(claims(stage), **change), sign=signer.sign)  # type: ignore[arg-type]
    assert refusal(lambda: trained.match(code, agencies=[stage.roads], today=TODAY)) == reason
    assert not Training.objects.exists()


def test_somebody_who_works_out_of_reach_is_another(stage: Stage, signer: Signer) -> None:
    code = write(claims(stage), sign=signer.sign)
    assert refusal(lambda: trained.match(code, agencies=[stage.health], today=TODAY)) == "certificate_of_another"


def test_nothing_is_believed_without_the_key_of_the_site_for_practice(
    stage: Stage, signer: Signer, settings: Settings
) -> None:
    other = signing.make()
    forged = write(claims(stage), sign=other.sign)
    assert refusal(lambda: trained.match(forged, agencies=[stage.roads], today=TODAY)) == "forged_certificate"
    settings.LAPOR_TRAINING_KEYS = []
    mine = write(claims(stage), sign=signer.sign)
    assert refusal(lambda: trained.match(mine, agencies=[stage.roads], today=TODAY)) == "no_training_keys"


def test_no_code_with_another_letter_is_believed(signer: Signer) -> None:
    said = Claims(number="n", person="p", role="liaison", agency="a", done_on=TODAY)
    code = write(said, sign=signer.sign)
    assert read(code) == said
    for place in range(len(code)):
        other = code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]
        try:
            found = read(other)
        except CertificateRefused:
            continue
        assert found == said, "only the spare bits at the end of a signature may differ"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    for code in split(text):
        with pytest.raises(CertificateRefused):
            read(code)


@given(st.integers(min_value=1, max_value=5), st.integers(min_value=5, max_value=60))
def test_codes_that_a_mail_program_broke_into_lines_are_found_again(many: int, width: int) -> None:
    codes = [f"LATIHAN1.{'ab_-' * (20 + number)}.{'Z' * 86}" for number in range(many)]
    torn = "\r\n".join(code[at : at + width] for code in codes for at in range(0, len(code), width))
    assert split(torn) == codes


def test_the_code_is_found_within_a_file() -> None:
    code = f"LATIHAN1.{'x' * 50}.{'Z' * 86}"
    assert inside(b"%PDF /Keywords (" + code.encode() + b") >>") == code
    assert inside(b"%PDF") == ""


def test_an_administrator_notes_a_training_with_a_reason_and_never_their_own(stage: Stage) -> None:
    admin = stage.people["admin"]
    post = Membership.objects.get(user=stage.people["operator"])

    def note(post: Membership, *, on: date = TODAY, reason: str = "Daftar hadir uji") -> Training:
        return trained.note(post, done_on=on, reason=reason, by=admin, today=TODAY, now=MONDAY)

    assert refusal(lambda: note(post, reason=" ")) == "no_reason"
    assert refusal(lambda: note(post, on=TODAY + timedelta(days=1))) == "training_to_come"
    assert refusal(lambda: note(Membership.objects.get(user=admin))) == "own_training"
    row = note(post)
    assert refusal(lambda: note(post)) == "trained_already"
    trained.withdraw(row, by=admin, now=MONDAY)
    assert refusal(lambda: trained.withdraw(row, by=admin, now=MONDAY)) == "withdrawn_already"
    assert note(post).pk != row.pk, "what was withdrawn stays beside what came after it"


def test_the_database_keeps_what_was_noted(stage: Stage) -> None:
    post = Membership.objects.get(user=stage.people["operator"])
    row = trained.note(post, done_on=TODAY, reason="Uji", by=stage.people["admin"], today=TODAY, now=MONDAY)
    for change in (lambda: Training.objects.filter(pk=row.pk).update(reason="Lain"), row.delete):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_who_is_counted_as_untrained_has_exercises() -> None:
    assert frozenset(role for one in EXERCISES for role in one.roles) == trained.PRACTISED


def test_a_role_without_exercises_does_not_wait_for_training(stage: Stage) -> None:
    post = Membership.objects.get(user=stage.people["operator"])
    head = Membership.objects.create(user=post.user, agency=post.agency, role=Role.HEAD, starts_on=post.starts_on)
    found = trained.untrained(list(Agency.objects.all()), on=TODAY)
    assert post in found and head not in found
    assert {one.role for one in found} <= trained.PRACTISED
