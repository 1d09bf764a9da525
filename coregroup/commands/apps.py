"""The Django management commands behind `coregroup`."""

from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "coregroup.commands"
    label = "commands"
