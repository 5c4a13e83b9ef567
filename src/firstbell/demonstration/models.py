"""The mark on a database that holds the demonstration district and nothing else."""

from __future__ import annotations

from django.db import models


class DemonstrationDistrict(models.Model):
    """The one row of a demonstration's database: size, seed, the day its roster speaks of, a digest of the
    plan it was built by, and up to which moment its attendance has been filled."""

    students = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    known_on = models.DateField()
    plan = models.CharField(max_length=64, default="")
    filled_to = models.DateTimeField()
    built_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"demonstration of {self.students}"
