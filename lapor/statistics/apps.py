from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "lapor.statistics"
    label = "statistics"
