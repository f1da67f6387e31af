from django.db import migrations

from workspace.fulltext_index import index_on


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]
    operations = [index_on("tasks_task", "title", "description")]
