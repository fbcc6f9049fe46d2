import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('investigations', '0017_words_kept_unsaved'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FactCheckFileOpened',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('version', models.CharField(choices=[('counsel', 'Full, for counsel'), ('without', 'Without identities and notes')], max_length=10)),
                ('grouping', models.CharField(choices=[('sentence', 'By sentence'), ('person', 'By person or organization named')], max_length=10)),
                ('format', models.CharField(choices=[('html', 'A page, to read here or print'), ('pdf', 'PDF')], max_length=4)),
                ('names', models.PositiveIntegerField(default=0, verbose_name='identities named')),
                ('wording', models.CharField(max_length=64)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fact_check_files', to='investigations.story')),
            ],
            options={
                'verbose_name': 'fact-check file opened',
                'verbose_name_plural': 'fact-check files opened',
                'ordering': ['-at', '-id'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['story', '-at'], name='fact_check_story_at')],
                'constraints': [models.CheckConstraint(condition=models.Q(('names', 0), ('version', 'counsel'), _connector='OR'), name='fact_check_names_only_in_full', violation_error_message='Only the full file names a source.')],
            },
        ),
    ]
