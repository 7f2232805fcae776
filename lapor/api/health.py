"""Is the process alive, and is the service fit to take reports?"""

from __future__ import annotations

import msgspec
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from lapor.vault import keys

from .problem import answers, respond


@never_cache
@answers("GET", "HEAD")
def alive(request: HttpRequest) -> HttpResponse:
    """200 while the process answers; asks nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@answers("GET", "HEAD")
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the key of the vault is there; 503 says which is not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return respond(503, gettext("Basis data tidak menjawab."))
    try:
        keys.derived("ready")
    except keys.KeyTrouble:
        return respond(503, gettext("Kunci penyimpanan rahasia tidak ditemukan."))
    body = {"status": "ready", "at": timezone.now().isoformat()}
    return HttpResponse(msgspec.json.encode(body), content_type="application/json")
