"""Keep the names of desks and holidays, and the names and roles of spokespeople, in rows, one for each language."""

import django.db.models.deletion
from django.db import migrations, models

from core.migrations._columns_to_rows import columns_to_rows, text


class Migration(migrations.Migration):

    dependencies = [
        ('press', '0013_longer_language_codes'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='desk',
            options={'base_manager_name': 'objects', 'ordering': ['-is_duty', 'pk'], 'verbose_name': 'press desk', 'verbose_name_plural': 'press desks'},
        ),
        migrations.AlterModelOptions(
            name='holiday',
            options={'base_manager_name': 'objects', 'ordering': ['first_day', 'pk'], 'verbose_name': 'holiday', 'verbose_name_plural': 'holidays'},
        ),
        migrations.AlterModelOptions(
            name='spokesperson',
            options={'base_manager_name': 'objects', 'ordering': ['order', 'pk'], 'verbose_name': 'spokesperson', 'verbose_name_plural': 'spokespeople'},
        ),
        migrations.CreateModel(
            name='DeskName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='press.desk')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'language'), name='one_name_of_desk')],
            },
        ),
        migrations.CreateModel(
            name='HolidayName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='press.holiday')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'language'), name='one_name_of_holiday')],
            },
        ),
        migrations.CreateModel(
            name='SpokespersonText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('role', models.CharField(max_length=160, verbose_name='role')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='press.spokesperson')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'language'), name='one_text_of_spokesperson')],
            },
        ),
        *columns_to_rows("press", "desk", "deskname", {"name": text(120)}),
        *columns_to_rows("press", "holiday", "holidayname", {"name": text(120)}),
        *columns_to_rows("press", "spokesperson", "spokespersontext", {"name": text(160), "role": text(160)}),
    ]
