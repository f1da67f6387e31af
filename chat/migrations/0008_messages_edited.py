from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chat", "0007_reminders_taken_back")]
    operations = [migrations.AddField("message", "edited_at", models.DateTimeField(null=True))]
