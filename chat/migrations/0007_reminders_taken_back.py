from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_saved_views")]

    operations = [
        migrations.AddField("reminder", "created_at", models.DateTimeField(null=True)),
        migrations.AddField("reminder", "undone_at", models.DateTimeField(null=True)),
    ]
