"""Addresses of the training; all of them are unknown on a site for real reports."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "training"

urlpatterns = [
    path("", views.home, name="home"),
    path("sertifikat/<slug:number>/", views.certificate, name="certificate"),
    path("sertifikat/<slug:number>.pdf", views.paper, name="paper"),
    path("<int:post>/sertifikat/", views.certify, name="certify"),
    path("<int:post>/<slug:slug>/", views.begin, name="begin"),
]
