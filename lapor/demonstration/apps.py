from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "lapor.demonstration"
    label = "demonstration"
