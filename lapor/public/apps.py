from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "lapor.public"
    label = "public"
