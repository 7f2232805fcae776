from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "lapor.worker"
    label = "worker"
