import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0014_notes_from_drafts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FindingOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(max_length=20)),
                ('mark', models.CharField(blank=True, max_length=10)),
                ('place', models.CharField(max_length=64)),
                ('reason', models.TextField(help_text='This may be read in court.')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='investigations.story')),
            ],
            options={
                'ordering': ['at', 'id'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['story', 'at'], name='override_story_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='override_says_why', violation_error_message='Say why it may go out so.')],
            },
        ),
    ]
