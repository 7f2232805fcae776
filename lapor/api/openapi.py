"""The OpenAPI 3.1 document, made from the types that the views use."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from lapor.lib.files import MAX_FILES
from lapor.reports import queue

from . import schemas
from .problem import CONTENT_TYPE, answers

_TYPES = (
    schemas.NewReport,
    schemas.Filed,
    schemas.PublishedReport,
    schemas.ReportPage,
    schemas.RegionList,
    schemas.AgencyList,
    schemas.CategoryList,
    schemas.SignedHead,
    schemas.HeadPage,
    schemas.KeyList,
    schemas.Consistency,
    schemas.Inclusion,
    schemas.Problem,
)
_STATES = sorted(value for value, _name in queue.STATES)


@answers("GET", "HEAD")
def document(request: HttpRequest) -> HttpResponse:
    """The description of this API, in the caller's language."""
    answer = HttpResponse(msgspec.json.encode(_document(get_language())), content_type="application/json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


@lru_cache(maxsize=4)
def _document(language: str | None) -> dict[str, Any]:
    """In the language of this moment, which is `language`."""
    _schemas, components = msgspec.json.schema_components(_TYPES, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "LAPOR! API",
            "version": "1",
            "description": _("Mengirim laporan dan membaca salinan publiknya."),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.LAPOR_PUBLIC_URL}],
        "paths": {
            "/api/v1/reports": {"get": _list(), "post": _file()},
            "/api/v1/reports/{code}": {"get": _one()},
            "/api/v1/regions": {"get": _regions()},
            "/api/v1/agencies": {"get": _agencies()},
            "/api/v1/categories": {"get": _get("categories", _("Daftar kategori"), "CategoryList", [])},
            **_evidence(),
            "/healthz": {"get": {"operationId": "alive", "responses": {"200": {"description": _("Hidup")}}}},
            "/readyz": {
                "get": {
                    "operationId": "ready",
                    "responses": {"200": {"description": _("Siap")}, "503": _problem(_("Belum siap"))},
                }
            },
        },
        "components": {"schemas": components},
    }


def _file() -> dict[str, Any]:
    return {
        "operationId": "file_report",
        "summary": _("Kirim laporan"),
        "description": _("Tanpa `agency` laporan diarahkan seperti dari formulir. `Idempotency-Key` untuk mengulang."),
        "parameters": [
            {
                "name": "Idempotency-Key",
                "in": "header",
                "required": False,
                "schema": {"type": "string", "minLength": 16, "maxLength": 200, "pattern": "^[\\x21-\\x7e]+$"},
            },
            _language(),
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": _ref("NewReport")},
                "multipart/form-data": {"schema": _parcel()},
            },
        },
        "responses": {
            "201": _body(_("Diterima"), "Filed"),
            "200": _body(_("Sudah diterima sebelumnya dengan Idempotency-Key ini"), "Filed"),
            "400": _problem(_("Bukan JSON, atau Idempotency-Key salah bentuk")),
            "409": _problem(_("Idempotency-Key dipakai untuk isi lain")),
            "413": _problem(_("Terlalu besar")),
            "415": _problem(_("Bukan application/json")),
            "422": _problem(_("Ada isian yang perlu diperbaiki")),
        },
    }


def _parcel() -> dict[str, Any]:
    """A report with its files: a form with the JSON in one part."""
    file = {"type": "string", "format": "binary"}
    return {
        "type": "object",
        "required": ["report"],
        "properties": {
            "report": _ref("NewReport"),
            "files": {"type": "array", "items": file, "maxItems": MAX_FILES, "description": _("Foto, PDF, atau video")},
        },
    }


def _list() -> dict[str, Any]:
    parameters = [
        _query("q"),
        _query("region", _("Kode wilayah Kemendagri pada tingkat mana pun")),
        _query("agency", _("Slug instansi")),
        _query("category"),
        _query("kind"),
        _query("state", enum=_STATES),
        _query("bucket", enum=["belum", "proses", "selesai"]),
        _query("since", kind={"type": "string", "format": "date"}),
        _query("until", kind={"type": "string", "format": "date"}),
        _query("sort", enum=["newest", "supported"]),
        _query("cursor", _("Dari `next` atau `previous`")),
        _query("limit", kind={"type": "integer", "minimum": 1, "maximum": 100}),
        _language(),
    ]
    return _get("list_reports", _("Salinan publik, terbaru dahulu"), "ReportPage", parameters, refuses=True)


def _one() -> dict[str, Any]:
    operation = _get(
        "read_report",
        _("Satu salinan publik dengan riwayatnya"),
        "PublishedReport",
        [{"name": "code", "in": "path", "required": True, "schema": {"type": "string", "pattern": "^[0-9]{10}$"}}],
    )
    operation["responses"]["404"] = _problem(_("Tidak ada, atau tidak terbuka"))
    return operation


def _regions() -> dict[str, Any]:
    parameters = [
        _query("q", _("Nama yang diketik")),
        _query("parent", _("Kode wilayah di atasnya")),
        _query("within"),
        _query("level", kind={"type": "integer", "minimum": 1, "maximum": 4}),
        _query("limit", kind={"type": "integer", "minimum": 1, "maximum": 50}),
    ]
    return _get("find_regions", _("Wilayah"), "RegionList", parameters, refuses=True)


def _agencies() -> dict[str, Any]:
    parameters = [
        _query("q"),
        _query("region"),
        _query("limit", kind={"type": "integer", "minimum": 1, "maximum": 100}),
    ]
    return _get("find_agencies", pgettext("daftar", "Instansi"), "AgencyList", parameters, refuses=True)


def _evidence() -> dict[str, Any]:
    """Heads, keys and proofs of the tree over all history."""
    number = {"type": "integer", "minimum": 1, "maximum": 10**15}
    heads = _get("list_heads", _("Kepala pohon yang ditandatangani"), "HeadPage", [_query("before", kind=number)],
                 refuses=True)  # fmt: skip
    latest = _get("latest_head", _("Kepala pohon terakhir"), "SignedHead", [])
    latest["responses"]["404"] = _problem(_("Belum ada"))
    sizes = [_query("old", kind=number), _query("new", kind=number)]
    grew = _get("consistency", _("Bukti bahwa pohon hanya bertambah"), "Consistency", sizes, refuses=True)
    grew["responses"]["404"] = _problem(_("Tidak ada kepala pohon dengan ukuran itu"))
    leaf = _query("leaf", _("SHA-256 atas byte nol dan pernyataan pada tanda terima"))
    there = _get("inclusion", _("Bukti bahwa tanda terima ada di pohon"), "Inclusion",
                 [leaf, _query("size", kind=number)], refuses=True)  # fmt: skip
    there["responses"]["404"] = _problem(_("Tidak ada, atau belum di pohon yang ditandatangani"))
    base = "/api/v1/evidence"
    return {
        f"{base}/heads": {"get": heads},
        f"{base}/heads/latest": {"get": latest},
        f"{base}/keys": {"get": _get("signing_keys", _("Kunci publik"), "KeyList", [])},
        f"{base}/consistency": {"get": grew},
        f"{base}/inclusion": {"get": there},
    }


def _get(
    operation: str, summary: str, schema: str, parameters: list[dict[str, Any]], *, refuses: bool = False
) -> dict[str, Any]:
    responses: dict[str, Any] = {"200": _body(summary, schema)}
    if refuses:
        responses["422"] = _problem(_("Parameter salah"))
    return {"operationId": operation, "summary": summary, "parameters": parameters, "responses": responses}


def _query(
    name: str, description: str = "", *, kind: dict[str, Any] | None = None, enum: list[str] | None = None
) -> dict[str, Any]:
    schema: dict[str, Any] = kind or ({"type": "string", "enum": enum} if enum else {"type": "string"})
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _language() -> dict[str, Any]:
    return {
        "name": "Accept-Language",
        "in": "header",
        "required": False,
        "schema": {"type": "string", "examples": ["id", "en"]},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _body(description: str, schema: str) -> dict[str, Any]:
    return {"description": description, "content": {"application/json": {"schema": _ref(schema)}}}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "content": {CONTENT_TYPE: {"schema": _ref("Problem")}}}
