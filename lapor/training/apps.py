from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "lapor.training"
    label = "training"
