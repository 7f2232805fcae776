from django.apps import AppConfig


class PulseConfig(AppConfig):
    name = "lapor.pulse"
    label = "pulse"
