from django.apps import AppConfig


class CausesConfig(AppConfig):
    name = "lapor.causes"
    label = "causes"
