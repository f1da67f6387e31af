"""What the apps above the kernel may follow."""

from django.dispatch import Signal

project_created = Signal()  # project: within the transaction that made it; the board sets up its columns here
