"""Before the server starts: the database at its present shape, and demo data when it is empty.

python -m scripts.prepare [--demo]
"""

import os
import sys


def main() -> int:
    """Migrate, then seed."""
    import django  # noqa: PLC0415 - the settings' variable comes first

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - Django is ready now

    if pending():
        print("Bringing the database to its present shape …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    if "--demo" in sys.argv[1:]:
        call_command("seed_demo")
    return 0


def pending() -> bool:
    """Whether a migration is still to be applied."""
    from django.db import connection  # noqa: PLC0415 - Django is ready now
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


if __name__ == "__main__":
    sys.exit(main())
