"""Addresses for gateways, which show a shared secret or sign what they send. No person comes here."""

from __future__ import annotations

from django.urls import path

from .kannel import receive as kannel
from .meta import receive as meta
from .partner import receive as partner
from .telegram import receive as telegram
from .whatsapp import receive as whatsapp
from .x import receive as x

app_name = "channels"
urlpatterns = [
    path("kannel/inbound", kannel.inbound, name="kannel_inbound"),
    path("kannel/report", kannel.report, name="kannel_report"),
    path("meta/", meta.inbound, name="meta"),
    path("partner/<slug:slug>/", partner.inbound, name="partner"),
    path("telegram/", telegram.inbound, name="telegram"),
    path("whatsapp/", whatsapp.inbound, name="whatsapp"),
    path("x/", x.inbound, name="x"),
]
