from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "lapor.editions"
    label = "editions"
