from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "lapor.channels.letters"
    label = "letters"
