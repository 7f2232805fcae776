from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "lapor.vault"
    label = "vault"
