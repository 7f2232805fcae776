from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "lapor.channels.opendata"
    label = "opendata"
