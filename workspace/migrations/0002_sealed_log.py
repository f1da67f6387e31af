from django.db import migrations

from workspace.seal import sealed


class Migration(migrations.Migration):
    dependencies = [("workspace", "0001_initial")]
    operations = [sealed()]
