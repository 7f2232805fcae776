"""Addresses of the door for programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from . import evidence, health, intake, openapi, reading

app_name = "api"


@csrf_exempt
def reports(request: HttpRequest) -> HttpResponse:
    """One address, two doors: filing and reading."""
    return intake.file(request) if request.method == "POST" else reading.reports(request)


urlpatterns = [
    path("api/v1/reports", reports, name="reports"),
    path("api/v1/reports/<str:code>", reading.report, name="report"),
    path("api/v1/regions", reading.regions, name="regions"),
    path("api/v1/agencies", reading.agencies, name="agencies"),
    path("api/v1/categories", reading.categories, name="categories"),
    path("api/v1/evidence/heads", evidence.all_heads, name="heads"),
    path("api/v1/evidence/heads/latest", evidence.latest_head, name="latest_head"),
    path("api/v1/evidence/keys", evidence.all_keys, name="signing_keys"),
    path("api/v1/evidence/consistency", evidence.consistency, name="consistency"),
    path("api/v1/evidence/inclusion", evidence.inclusion, name="inclusion"),
    path("api/openapi.json", openapi.document, name="openapi"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
