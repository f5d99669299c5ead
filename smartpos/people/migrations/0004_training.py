from django.db import migrations, models


class Migration(migrations.Migration):
    """A terminal where people practise (POS-59)."""

    dependencies = [
        ('people', '0003_places'),
    ]

    operations = [
        migrations.AddField(
            model_name='terminal',
            name='training',
            field=models.BooleanField(default=False),
        ),
    ]
