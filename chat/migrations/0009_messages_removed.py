import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workspace.fulltext_index import index_again

# The way here adds a column; on the way back the table is made anew.
on_the_way_back, _ = index_again("chat_message", "text")


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0008_messages_edited"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        on_the_way_back,
        migrations.AddField(
            "message",
            "removed_by",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
