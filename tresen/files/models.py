from django.db import models


class Blob(models.Model):
    """Bytes known by their content: the SHA-256 is the key, so the same file is kept once."""

    sha256 = models.BinaryField(primary_key=True, max_length=32)
    size = models.BigIntegerField()
    created_at = models.DateTimeField()


class BlobChunk(models.Model):
    """A piece of a blob, at most CHUNK_SIZE bytes: PostgreSQL reads a large value whole, a chunk at a time is kind."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="chunks")
    position = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "position"], name="files_chunk_position")]
