"""What is sealed opens with the right key in the right place only; a missing or foreign key is refused by name."""

from __future__ import annotations

import stat
import threading
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapor.vault import identities, keys, pins
from lapor.vault.envelope import open_sealed, seal
from lapor.vault.keys import MissingKey, WrongKey
from lapor.vault.models import Identity, KeyVersion, ServiceKey

PERSON = {"name": "Kenari Uji", "phone": "+6281277776666", "email": "kenari@uji.invalid"}
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_key_is_made_once_and_only_its_owner_may_read_it(folder: Path) -> None:
    keys.ensure()
    first = keys.key_path().read_bytes()
    keys.forget()
    keys.ensure()
    assert keys.key_path().read_bytes() == first
    assert len(first) == keys.KEY_BYTES
    assert stat.S_IMODE(keys.key_path().stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.key_path().parent.stat().st_mode) == 0o700
    assert [path.name for path in keys.key_path().parent.iterdir()] == ["vault"]


def test_a_lost_key_is_refused_by_name_and_never_made_anew(folder: Path) -> None:
    identities.keep(**PERSON)
    keys.key_path().unlink()
    keys.forget()
    with pytest.raises(MissingKey, match=str(keys.key_path())):
        identities.keep(**PERSON)
    assert not keys.key_path().exists()
    assert Identity.objects.count() == 1, "what was sealed is still there, for when the key comes back"


def test_a_lost_key_is_noticed_even_where_the_fingerprint_was_lost_with_it(folder: Path) -> None:
    identities.keep(**PERSON)
    keys.key_path().unlink()
    KeyVersion.objects.all().delete()
    ServiceKey.objects.all().delete()
    keys.forget()
    with pytest.raises(MissingKey):
        keys.derived("wrap")


@pytest.mark.parametrize("content", [b"short", bytes(32)], ids=["cut", "foreign"])
def test_a_key_that_does_not_fit_is_refused(folder: Path, content: bytes) -> None:
    keys.ensure()
    keys.forget()
    keys.key_path().write_bytes(content)
    with pytest.raises(WrongKey):
        keys.derived("wrap")


def test_of_many_processes_at_once_all_get_the_same_key(folder: Path) -> None:
    found: list[bytes] = []
    ready = threading.Barrier(6)

    def start() -> None:
        try:
            ready.wait(20)
            keys.ensure()
            found.append(keys.derived("same"))
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 6
    assert len(set(found)) == 1


@quick
@given(content=st.dictionaries(st.text(max_size=20), st.text(max_size=200), max_size=5))
def test_what_was_sealed_comes_back_the_same(db: None, content: dict[str, str]) -> None:
    assert open_sealed(seal(content, aad="here"), aad="here") == content


@quick
@given(data=st.data())
def test_one_changed_bit_or_a_missing_end_is_noticed(db: None, data: st.DataObject) -> None:
    blob = seal(PERSON, aad="here")
    at = data.draw(st.integers(0, len(blob) * 8 - 1))
    changed = bytearray(blob)
    changed[at // 8] ^= 1 << at % 8
    with pytest.raises(WrongKey):
        open_sealed(bytes(changed), aad="here")
    with pytest.raises(WrongKey):
        open_sealed(blob[: data.draw(st.integers(0, len(blob) - 1))], aad="here")


def test_what_is_moved_to_another_place_does_not_open(db: None) -> None:
    with pytest.raises(WrongKey):
        open_sealed(seal(PERSON, aad="identity:1"), aad="identity:2")


def test_two_people_of_one_name_look_different_and_are_found_by_number(db: None) -> None:
    one, two = identities.keep(**PERSON), identities.keep(**PERSON)
    assert one is not None and two is not None
    assert bytes(one.sealed or b"") != bytes(two.sealed or b"")
    number = pins.blind_index(PERSON["phone"], purpose="phone")
    assert Identity.objects.filter(phone_index=number).count() == 2
    assert pins.blind_index(PERSON["phone"], purpose="email") != number


def test_an_erased_identity_is_gone_for_good(db: None) -> None:
    kept = identities.keep(**PERSON)
    assert kept is not None
    identities.erase(kept.pk, now=timezone.now())
    assert identities.reveal(kept.pk) is None
    assert identities.name_of(kept.pk) == ""
    assert not identities.replace(kept.pk, **PERSON)


def test_a_corrected_identity_is_sealed_anew(db: None) -> None:
    kept = identities.keep(**PERSON)
    assert kept is not None
    assert identities.replace(kept.pk, **(PERSON | {"name": "Nama Baru Uji"}))
    assert identities.name_of(kept.pk) == "Nama Baru Uji"
    assert bytes(Identity.objects.get(pk=kept.pk).sealed or b"") != bytes(kept.sealed or b"")


def test_an_account_with_a_messaging_service_stays_when_the_contact_is_corrected(db: None) -> None:
    kept = identities.keep(**PERSON, account="telegram:12345")
    assert kept is not None
    assert identities.replace(kept.pk, **(PERSON | {"phone": ""}))
    person = identities.reveal(kept.pk)
    assert person is not None and (person.phone, person.account) == ("", "telegram:12345")
    assert Identity.objects.get(account_index=pins.blind_index("telegram:12345", purpose="account")).pk == kept.pk
    identities.erase(kept.pk, now=timezone.now())
    assert Identity.objects.get(pk=kept.pk).account_index is None


def test_nobody_is_kept_where_nothing_is_known(db: None) -> None:
    assert identities.keep(name=" ", phone="", email="") is None
    assert identities.reveal(uuid.uuid4()) is None


def test_a_person_in_clear_does_not_show_in_a_repr_or_a_row(db: None) -> None:
    kept = identities.keep(**PERSON)
    assert kept is not None
    shown = repr(identities.reveal(kept.pk)) + str(Identity.objects.values_list().get())
    for word in ("Kenari", "81277776666", "kenari@"):
        assert word not in shown


def test_a_pin_fits_its_own_report_only(db: None) -> None:
    stored = pins.pin_digest("4827193056", "12345678")
    assert pins.pin_matches(stored, "4827193056", "12345678")
    assert not pins.pin_matches(stored, "4827193056", "12345679")
    assert not pins.pin_matches(stored, "1000000009", "12345678")
    assert not pins.pin_matches(None, "4827193056", "12345678")


@quick
@given(st.text(min_size=1, max_size=50), st.binary(min_size=32, max_size=32))
def test_a_retry_gets_the_same_pin_of_eight_digits(db: None, key: str, content: bytes) -> None:
    pin = pins.derived_pin(key, content)
    assert pin == pins.derived_pin(key, content)
    assert len(pin) == pins.PIN_DIGITS
    assert pin.isdigit()
