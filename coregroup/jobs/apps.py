"""What runs without a person."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "coregroup.jobs"
    label = "jobs"
