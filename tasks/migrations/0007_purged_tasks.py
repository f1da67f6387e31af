from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0006_trash_items_and_blockers")]

    operations = [
        migrations.AddField("task", "purged_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "task",
            models.Index(
                fields=["deleted_at"],
                condition=models.Q(deleted_at__isnull=False, purged_at=None),
                name="tasks_in_the_trash",
            ),
        ),
    ]
