import core.models.content_document
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_press_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('file', models.FileField(db_index=True, upload_to='', verbose_name='file')),
                ('filename', models.CharField(max_length=100, verbose_name='file name')),
                ('file_size', models.PositiveBigIntegerField(null=True, verbose_name='size')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('replaced_at', models.DateTimeField(auto_now_add=True, verbose_name='replaced on')),
                ('is_public', models.BooleanField(default=False, verbose_name='public')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='core.contentdocument', verbose_name='document')),
            ],
            options={
                'verbose_name': 'earlier version of a document',
                'verbose_name_plural': 'earlier versions of documents',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='one_number_for_version')],
            },
        ),
        migrations.AlterField(
            model_name='contentdocument',
            name='file',
            field=models.FileField(upload_to=core.models.content_document.stored_path, verbose_name='file'),
        ),
        migrations.AddIndex(
            model_name='contentdocument',
            index=models.Index(fields=['file'], name='document_of_file'),
        ),
        migrations.AddIndex(
            model_name='contentimage',
            index=models.Index(fields=['file'], name='image_of_file'),
        ),
        migrations.AddIndex(
            model_name='contentrendition',
            index=models.Index(fields=['file'], name='rendition_of_file'),
        ),
    ]
