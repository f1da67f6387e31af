from django.db import migrations

from workspace.seal import sealed


class Migration(migrations.Migration):
    dependencies = [("workspace", "0002_sealed_log")]
    operations = [sealed()]
