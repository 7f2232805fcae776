from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "lapor.backoffice"
    label = "backoffice"
