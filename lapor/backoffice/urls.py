"""Addresses of the back office: its pages, and one for each row of the table of acts."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import bodies, channels, days, deliveries, held, home, law, people, privacy, region, routing, silence, wording
from .acts import ACTS
from .perform import perform

app_name = "backoffice"

urlpatterns: list[URLPattern] = [
    *(path(f"{act.about.path}{act.path}", perform, {"name": name}, name=name) for name, act in ACTS.items()),
    path("", home.home, name="home"),
    path("instansi/", bodies.bodies, name="bodies"),
    path("instansi/<slug:slug>/", bodies.body, name="body"),
    path("instansi/<slug:slug>/penyambungan/", region.onboarding_of, name="onboarding"),
    path("instansi/<slug:slug>/penyambungan/petugas.csv", region.posts_to_fill, name="posts_to_fill"),
    path("petugas/", people.people, name="people"),
    path("petugas/<int:user_id>/", people.person, name="person"),
    path("kalender/", days.calendar, name="calendar"),
    path("kalender/<int:year>/", days.calendar, name="calendar_year"),
    path("janji/", days.promises, name="promises"),
    path("kategori/", wording.categories, name="categories"),
    path("templat/", wording.templates, name="templates"),
    path("saluran/", channels.channels, name="channels"),
    path("kiriman/", deliveries.deliveries, name="deliveries"),
    path("surat/", held.mails, name="held_mails"),
    path("surat/<int:key>/", held.mail, name="held_mail"),
    path("aturan/", routing.rules, name="rules"),
    path("aturan/<int:key>/", routing.rule, name="rule"),
    path("ketepatan/", routing.numbers, name="numbers"),
    path("alarm/", silence.alarms, name="alarms"),
    path("tangga/", law.ladder, name="ladder"),
    path("dasar-hukum/", law.grounds, name="grounds"),
    path("masa-simpan/", privacy.kept, name="terms"),
    path("insiden/", privacy.breaches, name="breaches"),
    path("insiden/<int:key>/", privacy.breach, name="breach"),
    path("insiden/<int:key>/surat/<slug:to>/", privacy.letter, name="breach_letter"),
]
