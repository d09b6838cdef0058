"""Keep synonyms, and the searches that lead to recommended pages, in rows, one for each language."""

import django.db.models.deletion
import search.vocabulary.models
from django.db import migrations, models

from core.migrations._columns_to_rows import columns_to_rows

COLUMN = search.vocabulary.models.ExpressionsField(blank=True, default="", db_default="")


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0008_longer_language_codes'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='promotedresult',
            options={'base_manager_name': 'objects', 'ordering': ['pk'], 'verbose_name': 'recommended page', 'verbose_name_plural': 'recommended pages'},
        ),
        migrations.AlterModelOptions(
            name='synonymgroup',
            options={'base_manager_name': 'objects', 'ordering': ['pk'], 'verbose_name': 'synonyms', 'verbose_name_plural': 'synonyms'},
        ),
        migrations.CreateModel(
            name='PromotedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('expressions', search.vocabulary.models.ExpressionsField(blank=True, verbose_name='expressions')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='search.promotedresult')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'language'), name='one_text_of_promoted_result')],
            },
        ),
        migrations.CreateModel(
            name='SynonymText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=35, verbose_name='language')),
                ('expressions', search.vocabulary.models.ExpressionsField(blank=True, verbose_name='expressions')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='search.synonymgroup')),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'language'), name='one_text_of_synonyms')],
            },
        ),
        *columns_to_rows(
            "search", "synonymgroup", "synonymtext", {"expressions": COLUMN}, stem_of="in", needed=False
        ),
        *columns_to_rows(
            "search", "promotedresult", "promotedtext", {"expressions": COLUMN}, stem_of="in", needed=False
        ),
    ]
