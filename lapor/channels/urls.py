"""Addresses for gateways, which show a shared secret. No person comes here."""

from __future__ import annotations

from django.urls import path

from .kannel import receive as kannel

app_name = "channels"
urlpatterns = [
    path("kannel/inbound", kannel.inbound, name="kannel_inbound"),
    path("kannel/report", kannel.report, name="kannel_report"),
]
