from django.db import migrations

from workspace.fulltext_index import index_within_projects


class Migration(migrations.Migration):
    dependencies = [("chat", "0002_fulltext")]
    operations = [index_within_projects("chat_message", "text")]
