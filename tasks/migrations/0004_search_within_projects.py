from django.db import migrations

from workspace.fulltext_index import index_within_projects


class Migration(migrations.Migration):
    dependencies = [("tasks", "0003_open_tasks_by_day")]
    operations = [index_within_projects("tasks_task", "title", "description")]
