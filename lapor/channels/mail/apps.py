from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "lapor.channels.mail"
    label = "mail"
