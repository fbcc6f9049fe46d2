from django.db import migrations, models
from django.db.models import F


def told_when_changed(apps, schema_editor):
    """Until recompile makes the rows anew: a story was last told when it last changed."""
    rows = apps.get_model('record', 'StoryRow').objects.using(schema_editor.connection.alias)
    rows.update(told_at=F('changed_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0002_corrections_as_lists_show_them'),
    ]

    operations = [
        migrations.CreateModel(
            name='SlugRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=80, unique=True)),
                ('work', models.CharField(max_length=40)),
            ],
            options={
                'ordering': ['slug'],
            },
        ),
        migrations.AddField(
            model_name='storyrow',
            name='retracted',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='storyrow',
            name='told_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(told_when_changed, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='storyrow',
            name='told_at',
            field=models.DateTimeField(),
        ),
        migrations.AddIndex(
            model_name='storyrow',
            index=models.Index(fields=['-told_at', '-id'], name='story_row_told'),
        ),
    ]
