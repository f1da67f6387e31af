from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_search_within_projects")]
    operations = [
        # Django would copy SQLite's table, and lose the triggers that keep the index of the search.
        migrations.RunSQL(
            "ALTER TABLE tasks_task ADD COLUMN every varchar(40) NOT NULL DEFAULT ''",
            "ALTER TABLE tasks_task DROP COLUMN every",
            state_operations=[
                migrations.AddField("task", "every", models.CharField(blank=True, max_length=40)),
            ],
        ),
    ]
