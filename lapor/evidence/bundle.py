"""The file of a case as a bundle that an overseeing body takes along: a ZIP whose manifest the evidence key signs.

It holds what that officer reads on the page of the case, so never who reported. `check` tells, with the public key
alone, whether anything in it was changed since. The newest signed head lies in it, which ties it to the history of that
moment.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from lapor.lib import canonical
from lapor.lib.zips import Pipe
from lapor.reports import files
from lapor.reports.case import Case
from lapor.reports.models import Attachment, Event, Message, Recommendation, Report, Scan
from lapor.vault import signing

from . import heads, keys

BUNDLE = "lapor-bundle-1"
CASE, MANIFEST, SIGNATURE, README = "perkara.json", "manifest.json", "manifest.sig.json", "BACA.txt"
_SAYS = """Berkas perkara dari LAPOR!

perkara.json       laporan, percakapan, riwayat, dan tenggat; tanpa identitas pelapor
berkas/            berkas yang bebas virus
manifest.json      sidik SHA-256 setiap berkas di atas
manifest.sig.json  tanda tangan Ed25519 atas manifest.json

Memeriksa:  lapor audit bundle BERKAS.zip
Kunci publiknya ada di /api/v1/evidence/keys. Tanda tangan dibuat atas isi manifest.json persis seperti tertulis.
"""
# Facts of an event that say nothing of a person.
_TOLD = ("step", "office", "decision", "skipped", "next", "due", "why", "was", "now", "outcome", "reason", "fields")


def signer(*, now: datetime) -> signing.Signer:
    """The key that will sign; raises `MissingKey` or `WrongKey` of the vault, before anything is written or noted."""
    return keys.current(now=now)


def stream(case: Case, *, taken_by: str, key: signing.Signer, now: datetime) -> Iterator[bytes]:
    """The bytes of the archive, piece by piece. Files with a virus, and those that no scanner has seen, stay out; the
    case says which.
    """
    pipe, listed = Pipe(), list[dict[str, Any]]()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        attached = _files(case)
        told = json.dumps(_case(case, attached), default=str, ensure_ascii=False, indent=2).encode()
        for path, data in ((CASE, told), (README, _SAYS.encode())):
            yield _put(archive, pipe, listed, path, data)
        for path, file in attached.items():
            yield _put(archive, pipe, listed, path, files.content(file))
        words = {
            "type": BUNDLE,
            "code": case.report.code,
            "for": taken_by,
            "at": canonical.moment(now),
            "files": listed,
        }
        newest = heads.latest()
        manifest = canonical.canonical(words | ({"head": heads.shown(newest)} if newest else {}))
        archive.writestr(MANIFEST, manifest)
        archive.writestr(SIGNATURE, canonical.canonical({"key": key.key_id, "signature": key.sign(manifest).hex()}))
    yield pipe.take()


def _put(archive: zipfile.ZipFile, pipe: Pipe, listed: list[dict[str, Any]], path: str, data: bytes) -> bytes:
    archive.writestr(path, data)
    listed.append({"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    return pipe.take()


def _all(case: Case) -> list[Attachment]:
    return [*case.attachments, *(file for message in case.messages for file in message.attachments.all())]


def _files(case: Case) -> dict[str, Attachment]:
    """The clean files by the path they get; pictures were made anew here and hold nothing else."""
    clean = [
        file for file in _all(case) if file.scan == Scan.CLEAN or (file.scan, file.kind) == (Scan.NOT_SCANNED, "image")
    ]
    return {f"berkas/{number:03}-{Path(file.name).name}": file for number, file in enumerate(clean, start=1)}


def _case(case: Case, attached: dict[str, Attachment]) -> dict[str, Any]:
    report, paths = case.report, {file.pk: path for path, file in attached.items()}
    columns = (
        "code", "kind", "title", "text", "place", "occurred_on", "channel", "state", "outcome", "visibility",
        "is_anonymous", "received_at", "verified_at", "assigned_at", "responded_at", "answered_at", "closed_at",
        "due_at",
    )  # fmt: skip
    bodies = ("verifier", "agency", "responsible", "holder", "guardian")
    return {
        **{name: getattr(report, name) for name in columns},
        **{name: str(getattr(report, name) or "") for name in ("category", "region", *bodies)},
        "files": [paths[file.pk] for file in case.attachments if file.pk in paths],
        "left_out": sum(file.pk not in paths for file in _all(case)),
        "messages": [_message(one, paths) for one in case.messages],
        "recommendations": _recommendations(report),
        "history": [_event(one) for one in case.events],
        "clocks": [
            {"step": one.step, "body": str(one.agency or ""), "due_at": one.due_at, "stopped_at": one.stopped_at}
            for one in case.clocks
        ],
    }


def _recommendations(report: Report) -> list[dict[str, Any]]:
    """What overseers recommended, when an answer was due, when it came, and when it was found late."""
    given = Recommendation.objects.filter(report=report).select_related("by", "to", "answer").order_by("made_at", "pk")
    return [
        {
            "by": str(one.by),
            "to": str(one.to),
            "made_at": one.made_at,
            "due_at": one.due_at,
            "answered_at": one.answer.written_at if one.answer else None,
            "late_since": one.missed_at,
            "office": one.office,
        }
        for one in given
    ]


def _message(one: Message, paths: dict[int, str]) -> dict[str, Any]:
    names = ("kind", "audience", "author", "text", "done_by", "done_on", "written_at")
    attached = [paths[file.pk] for file in one.attachments.all() if file.pk in paths]
    return {**{name: getattr(one, name) for name in names}, "body": str(one.agency or ""), "files": attached}


def _event(one: Event) -> dict[str, Any]:
    facts = {name: one.data[name] for name in _TOLD if name in one.data}
    return {"kind": one.kind, "at": one.at, "actor": one.actor, "body": str(one.agency or ""), "facts": facts}


def check(path: Path, *, public: bytes | None = None) -> list[str]:
    """What is wrong with a bundle, in plain words; nothing when it is as it was signed. Without `public` the key of
    that name which this service knows is taken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            signed, manifest = json.loads(archive.read(SIGNATURE)), archive.read(MANIFEST)
            known = public or keys.public_of(str(signed["key"]))
            if known is None:
                return ["signed with a key that is not known here"]
            if not signing.verify(public=known, message=manifest, signature=bytes.fromhex(signed["signature"])):
                return ["the signature does not fit the manifest"]
            return list(_faults(archive, json.loads(manifest)))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError) as problem:
        return [f"not a bundle: {type(problem).__name__}"]


def _faults(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> Iterator[str]:
    listed = {one["path"]: one for one in manifest["files"]}
    there = archive.namelist()
    if len(there) != len(set(there)):
        yield "a name stands in the archive twice"
    for path in sorted(set(there) - listed.keys() - {MANIFEST, SIGNATURE}):
        yield f"{path} was put in"
    for path, said in listed.items():
        if path not in there:
            yield f"{path} is gone"
        elif hashlib.sha256(archive.read(path)).hexdigest() != said["sha256"]:
            yield f"{path} was changed"
