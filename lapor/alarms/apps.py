from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    name = "lapor.alarms"
    label = "alarms"
