"""Evidence: signed heads of the tree over all history, the keys, and proofs. What is here anyone may know and keep."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from lapor.evidence import heads, keys, proofs
from lapor.lib.canonical import moment
from lapor.lib.merkle import HASH_BYTES

from . import schemas as out
from .parameters import text, whole, wrong
from .problem import Refusal, answers

_BIGGEST = 10**15


@answers("GET", "HEAD")
def all_heads(request: HttpRequest) -> HttpResponse:
    """Signed heads, newest first; `before` is the `next` of the page before."""
    page = heads.page(before=whole(request, "before", most=_BIGGEST))
    more = page[-1].pk if len(page) == heads.PAGE else None
    return _json(out.HeadPage(heads=[_head(heads.shown(head)) for head in page], next=more))


@answers("GET", "HEAD")
def latest_head(request: HttpRequest) -> HttpResponse:
    """The newest signed head alone."""
    head = heads.latest()
    if head is None:
        raise Refusal(404, gettext("Belum ada kepala pohon yang ditandatangani."))
    return _json(_head(heads.shown(head)))


@answers("GET", "HEAD")
def all_keys(request: HttpRequest) -> HttpResponse:
    """Every public key that ever signed, oldest first; the last one signs now."""
    return _json(
        out.KeyList(
            keys=[
                out.SigningKey(
                    key=key.key_id,
                    public=bytes(key.public).hex(),
                    made_at=moment(key.made_at),
                    vouched_by=key.vouched_by,
                    vouched=bytes(key.vouched).hex(),
                )
                for key in keys.all_public()
            ]
        )
    )


@answers("GET", "HEAD")
def consistency(request: HttpRequest) -> HttpResponse:
    """That the tree of head `new` begins with the tree of head `old`."""
    old, new = whole(request, "old", most=_BIGGEST), whole(request, "new", most=_BIGGEST)
    try:
        found = proofs.consistency(old or 0, new or 0)
    except proofs.NotThere:
        raise Refusal(404, gettext("Tidak ada dua kepala pohon dengan ukuran itu.")) from None
    return _json(out.Consistency(**found))


@answers("GET", "HEAD")
def inclusion(request: HttpRequest) -> HttpResponse:
    """That the receipt with this leaf hash is in a signed tree. Only who holds the receipt can name the hash."""
    try:
        leaf = bytes.fromhex(text(request, "leaf"))
    except ValueError:
        leaf = b""
    if len(leaf) != HASH_BYTES:
        raise wrong("leaf", gettext("Tulis 64 angka heksadesimal."))
    try:
        found = proofs.inclusion(leaf, size=whole(request, "size", most=_BIGGEST))
    except proofs.NotThere:
        raise Refusal(404, gettext("Tanda terima itu belum ada di pohon yang ditandatangani.")) from None
    return _json(out.Inclusion(index=found["index"], path=found["path"], head=_head(found["head"])))


def _head(shown: dict[str, object]) -> out.SignedHead:
    return msgspec.convert(shown, out.SignedHead)


def _json(body: msgspec.Struct) -> HttpResponse:
    answer = HttpResponse(msgspec.json.encode(body), content_type="application/json")
    answer["Cache-Control"] = "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"  # whoever checks may do so from a page of their own
    return answer
