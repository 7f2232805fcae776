from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "lapor.quality"
    label = "quality"
