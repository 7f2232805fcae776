from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "lapor.limits"
    label = "limits"
