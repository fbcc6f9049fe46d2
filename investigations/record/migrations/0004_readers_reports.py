"""Readers' reports get their place and their answer; a table counts reports by address for a day."""

from typing import Any

from django.core.management import call_command
from django.db import migrations, models

LIMITS = "record_limits"


def make_limits(apps: Any, schema_editor: Any) -> None:
    """Django's own command makes the table of a cache in the database, if it isn't there."""
    call_command("createcachetable", LIMITS, database=schema_editor.connection.alias, verbosity=0)


def drop_limits(apps: Any, schema_editor: Any) -> None:
    """What it holds is forgotten within a day anyway."""
    schema_editor.execute(f"DROP TABLE {LIMITS}")


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0003_short_names_for_ever'),
    ]

    operations = [
        migrations.RunPython(make_limits, drop_limits),
        migrations.AlterModelOptions(
            name='report',
            options={
                'ordering': ['-received_at', 'id'],
                'verbose_name': 'reader’s report',
                'verbose_name_plural': 'readers’ reports',
            },
        ),
        migrations.RemoveIndex(
            model_name='report',
            name='report_state_received',
        ),
        migrations.AddField(
            model_name='report',
            name='answered_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='answered'),
        ),
        migrations.AddField(
            model_name='report',
            name='correction',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='number of the correction'),
        ),
        migrations.AddField(
            model_name='report',
            name='outcome',
            field=models.CharField(blank=True, choices=[('corrected', 'Corrected'), ('no_correction', 'No correction needed')], max_length=16, verbose_name='what came of it'),
        ),
        migrations.AddField(
            model_name='report',
            name='place',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name='report',
            name='sentence',
            field=models.CharField(blank=True, max_length=500, verbose_name='our answer'),
        ),
        migrations.AlterField(
            model_name='report',
            name='address',
            field=models.CharField(blank=True, max_length=254, verbose_name='e-mail address'),
        ),
        migrations.AlterField(
            model_name='report',
            name='in_this_story',
            field=models.BooleanField(default=False, verbose_name='in this story'),
        ),
        migrations.AlterField(
            model_name='report',
            name='received_at',
            field=models.DateTimeField(verbose_name='received'),
        ),
        migrations.AlterField(
            model_name='report',
            name='right',
            field=models.TextField(blank=True, verbose_name='what is right'),
        ),
        migrations.RemoveField(
            model_name='report',
            name='words',
        ),
        migrations.AlterField(
            model_name='report',
            name='wrong',
            field=models.TextField(verbose_name='what is wrong'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['-received_at', 'id'], name='report_received'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['state', '-received_at', 'id'], name='report_state_received'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(fields=['work', '-received_at', 'id'], name='report_work_received'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('correction__isnull', True), ('outcome', ''), ('sentence', ''), ('state', 'received')), models.Q(('answered_at__isnull', False), ('state', 'answered'), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='report_answered_whole_or_not'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('correction__isnull', False), ('outcome', 'corrected')), models.Q(models.Q(('outcome', 'corrected'), _negated=True), ('correction__isnull', True)), _connector='OR'), name='report_corrected_by_number'),
        ),
    ]
