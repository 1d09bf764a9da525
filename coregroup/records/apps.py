"""The one Django app that stores things."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "coregroup.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
