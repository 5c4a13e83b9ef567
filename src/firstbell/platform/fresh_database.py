"""A fresh database gets its tables from the models at once instead of walking through every migration.

Migrations render the history of every table again and again; on an empty database that takes most of a
first start and ends where the models stand anyway. Here the tables are made as they are now, our own data
steps are taken, and every migration is noted as applied. A test holds the two ways against each other,
table by table, on both databases.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def make_tables_at_once(connection: BaseDatabaseWrapper) -> bool:
    """Make every table of an empty database, all or nothing; False where any table is there already."""
    if connection.introspection.table_names():
        return False
    loader = MigrationLoader(None)
    applied = MigrationRecorder(connection).Migration
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
        for step in _data_steps(loader):
            step.code(apps, editor)  # type: ignore[arg-type]  # a step asks a registry for models, as of now
        editor.create_model(applied)
        applied.objects.using(connection.alias).bulk_create(
            [applied(app=app, name=name) for app, name in sorted(loader.disk_migrations)]
        )
    emit_post_migrate_signal(verbosity=0, interactive=False, db=connection.alias)
    return True


def _data_steps(loader: MigrationLoader) -> list[RunPython]:
    """What our own migrations do beside tables (triggers), in their order. Those of the packages mend rows
    of older versions, of which an empty database has none."""
    rooms = {config.label for config in apps.get_app_configs() if config.name.startswith("firstbell.")}
    return [
        step
        for node in loader.graph.leaf_nodes()
        if node[0] in rooms
        for key in loader.graph.forwards_plan(node)
        if key[0] == node[0]
        for step in loader.get_migration(*key).operations
        if isinstance(step, RunPython)
    ]
