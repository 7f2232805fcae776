from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "lapor.transparency"
    label = "transparency"
