from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "lapor.voice"
    label = "voice"
