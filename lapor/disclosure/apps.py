from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "lapor.disclosure"
    label = "disclosure"
