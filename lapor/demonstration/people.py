"""The people of the demonstration, all invented: those with an open account, and silent colleagues everywhere else."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from lapor.accounts.demonstration import PASSPHRASE, ensure_account
from lapor.accounts.models import User
from lapor.agencies import posts
from lapor.agencies.models import Agency, Membership, Role, Unit
from lapor.custody import recovery
from lapor.reports.actors import officer
from lapor.vault import investigators
from lapor.vault.sealing import Private

PASSWORD = "peragaan-lapor-2026"  # noqa: S105 -- open to all, on a demonstration alone
SINCE = date(2023, 1, 2)
HOST = "contoh.invalid"
_INSPECTORATE = "inspektorat-kota-samarinda"
_NATIONAL = "sp4n-lapor"
_CITY = "pemkot-samarinda"
_ROADS = "dinas-pupr-kota-samarinda"
_REFUSE = "dinas-lingkungan-hidup-kota-samarinda"


@dataclass(frozen=True)
class Account:
    """One line of the table that a visitor sees. Without an agency it is a citizen."""

    address: str
    name: str
    says: str  # in Indonesian; whoever shows it translates
    role: Role | None = None
    agency: str = ""
    unit: str = ""

    @property
    def email(self) -> str:
        return f"{self.address}@{HOST}"


ACCOUNTS = (
    Account("warga", "Yulianti Rekaan", _("Warga yang melapor")),
    Account("inspektorat", "Petugas Contoh Satu", _("Admin Inspektorat Kota Samarinda"), Role.ADMIN, _INSPECTORATE),
    Account("penghubung.pupr", "Petugas Contoh Dua", _("Pejabat penghubung PUPR Samarinda"), Role.LIAISON, _ROADS),
    Account(
        "operator.jalan",
        "Petugas Contoh Tiga",
        _("Operator Bina Marga, PUPR Samarinda"),
        Role.OPERATOR,
        _ROADS,
        "Bidang Bina Marga",
    ),
    Account(
        "operator.drainase",
        "Petugas Contoh Empat",
        _("Operator Sumber Daya Air, PUPR Samarinda"),
        Role.OPERATOR,
        _ROADS,
        "Bidang Sumber Daya Air",
    ),
    Account("penghubung.dlh", "Petugas Contoh Lima", _("Pejabat penghubung DLH Samarinda"), Role.LIAISON, _REFUSE),
    Account(
        "operator.dlh",
        "Petugas Contoh Enam",
        _("Operator Pengelolaan Sampah, DLH Samarinda"),
        Role.OPERATOR,
        _REFUSE,
        "Bidang Pengelolaan Sampah",
    ),
    Account(
        "kepala.jalan",
        "Petugas Contoh Enambelas",
        _("Kepala Bidang Bina Marga, PUPR Samarinda"),
        Role.HEAD,
        _ROADS,
        "Bidang Bina Marga",
    ),
    Account("kepala.pupr", "Petugas Contoh Tujuhbelas", _("Kepala Dinas PUPR Samarinda"), Role.HEAD, _ROADS),
    Account("walikota", "Petugas Contoh Delapanbelas", _("Kantor Wali Kota Samarinda"), Role.HEAD, _CITY),
    Account(
        "inspektorat.kaltim",
        "Petugas Contoh Tujuh",
        _("Admin Inspektorat Provinsi Kalimantan Timur"),
        Role.ADMIN,
        "inspektorat-provinsi-kalimantan-timur",
    ),
    Account("nasional", "Petugas Contoh Delapan", _("Admin nasional SP4N-LAPOR!"), Role.NATIONAL, _NATIONAL),
    Account("penghubung.pln", "Petugas Contoh Sembilan", _("Pejabat penghubung PT PLN"), Role.LIAISON, "pln"),
    Account(
        "pemeriksa",
        "Petugas Contoh Sepuluh",
        _("Pemeriksa laporan rahasia, Samarinda"),
        Role.INVESTIGATOR,
        _INSPECTORATE,
    ),
    Account("kustodian1", "Petugas Contoh Empatbelas", _("Penjaga identitas pertama"), Role.CUSTODIAN, _NATIONAL),
    Account("kustodian2", "Petugas Contoh Limabelas", _("Penjaga identitas kedua"), Role.CUSTODIAN, _NATIONAL),
    Account("ombudsman", "Petugas Contoh Sebelas", _("Pengawas, Ombudsman RI"), Role.OVERSEER, "ombudsman"),
    Account("loket", "Petugas Contoh Duabelas", _("Petugas loket pengaduan Samarinda"), Role.COUNTER, _INSPECTORATE),
    Account("ppid", "Petugas Contoh Tigabelas", _("Petugas PPID Kota Samarinda"), Role.PPID, "ppid-kota-samarinda"),
)
CITIZEN = ACCOUNTS[0]
COUNTER = next(account for account in ACCOUNTS if account.role == Role.COUNTER)


def ensure_all() -> None:
    """Makes or mends every account and post; a colleague for every connected body that would have nobody."""
    for account in ACCOUNTS:
        user = ensure_account(
            account.email,
            account.name,
            is_officer=account.role is not None,
            password=PASSWORD,
            totp_secret=totp_secret(account.email) if account.role else None,
            role=account.says,
        )
        if account.role is not None:
            agency = Agency.objects.get(slug=account.agency)
            unit = Unit.objects.get(agency=agency, name=account.unit) if account.unit else None
            posts.join(user, agency, account.role, starts_on=SINCE, unit=unit)
    _ensure_colleagues()


def ensure_keys() -> None:
    """The investigator with an open account, and the one of the national administrator, to whom everything else climbs,
    open sealed reports; the custodians guard recovery. The others have none: each key costs a second of work.
    """
    for user in investigators_with_keys() + _custodians():
        if investigators.current(user.pk) is None:
            investigators.set_up(owner_id=user.pk, passphrase=PASSPHRASE, now=timezone.now())
    _ensure_recovery()


def _ensure_recovery() -> None:
    """The two custodians have made the recovery key, as real ones do: one began, the other confirmed."""
    now = timezone.now()
    if recovery.standing(on=timezone.localdate(now)).works:
        return
    first, second = (officer(user, on=timezone.localdate(now), keys=unlocked(user.pk)) for user in _custodians())
    recovery.confirm(recovery.begin_renewal(first, now=now).pk, custodian=second, now=now)


def _custodians() -> list[User]:
    accounts = [account.email for account in ACCOUNTS if account.role == Role.CUSTODIAN]
    return list(User.objects.filter(email__in=accounts).order_by("pk"))


def investigators_with_keys() -> list[User]:
    """Those who are to have a key."""
    posts = Membership.objects.filter(
        agency__slug__in=(_INSPECTORATE, _NATIONAL), role=Role.INVESTIGATOR, user__is_demonstration=True
    )
    return [post.user for post in posts.select_related("user").order_by("pk")]


def unlocked(user_id: int) -> Private | None:
    """The key of one of them, for playing the lives of reports; None for anybody else."""
    if investigators.current(user_id) is None:
        return None
    now = timezone.now()
    token = investigators.unlock(owner_id=user_id, passphrase=PASSPHRASE, now=now)
    try:
        return investigators.keys_of(owner_id=user_id, token=token, now=now)
    finally:
        investigators.lock(owner_id=user_id, token=token)


def totp_secret(email: str) -> str:
    """Always the same for one address, so that an authenticator app goes on working after the site was made anew."""
    return base64.b32encode(hashlib.sha256(email.encode()).digest()[:20]).decode()


def _ensure_colleagues() -> None:
    """Bodies need somebody who works: admin and investigator where reports are verified, else a liaison officer."""
    held = set(Membership.objects.filter(ends_on=None).values_list("agency_id", "role"))
    for agency in Agency.objects.exclude(connected_on=None).order_by("pk") | Agency.objects.filter(
        kind=Agency.Kind.NATIONAL_ADMIN
    ):
        for role in _needed(agency):
            if (agency.pk, role) not in held:
                posts.join(_colleague(agency, role), agency, role, starts_on=SINCE)


def _needed(agency: Agency) -> tuple[Role, ...]:
    match agency.kind:
        case Agency.Kind.INSPECTORATE | Agency.Kind.SABER_PUNGLI:
            return (Role.ADMIN, Role.INVESTIGATOR)
        case Agency.Kind.NATIONAL_ADMIN:
            return (Role.NATIONAL, Role.INVESTIGATOR)
        case _:
            return (Role.PPID,) if agency.field == "ppid" else (Role.LIAISON,)


def _colleague(agency: Agency, role: Role) -> User:
    """Nobody can sign in as this person: without a password there is no way in."""
    user, is_new = User.objects.get_or_create(
        email=f"{role}.{agency.pk}@{HOST}",
        defaults={
            "name": f"Petugas Contoh {agency.short or agency.name}"[:150],
            "is_officer": True,
            "is_demonstration": True,
        },
    )
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
