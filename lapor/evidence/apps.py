from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "lapor.evidence"
    label = "evidence"
