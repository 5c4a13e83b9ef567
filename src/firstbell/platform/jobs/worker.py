"""The worker: takes jobs one by one, begins what is due, gives signs of life, stops when told to."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult

from firstbell.platform.jobs.schedule import start_due
from firstbell.platform.jobs.start import worker_name
from firstbell.platform.jobs.sweep import sweep
from firstbell.platform.models import Worker

log = logging.getLogger("firstbell.jobs")
BEAT = 10.0  # seconds
ROUND = 1.0  # seconds between looks for new jobs
SWEEP_ROUNDS = 60


class JobWorker:
    """One worker process."""

    def __init__(self) -> None:
        self.name = worker_name()
        self.stopping = threading.Event()
        self._tasks = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name[:64],
            excluded_queue_names=[],
        )

    def run(self, *, once: bool = False) -> None:
        """Work until told to stop; ``once`` returns when nothing is left to do."""
        self.beat()
        beating = threading.Thread(target=self._keep_beating, daemon=True)
        if not once:
            beating.start()
        rounds = 0
        while not self.stopping.is_set():
            if not once:
                close_old_connections()
            if rounds % SWEEP_ROUNDS == 0:
                sweep()
                start_due()
            rounds += 1
            if DBTaskResult.objects.ready().exists():
                self._tasks.running = True
                self._tasks.run()
            elif once:
                return
            else:
                self.stopping.wait(ROUND)

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Finish the job at hand, then end."""
        self.stopping.set()
        self._tasks.running = False

    def listen_to_signals(self) -> None:
        """Stop on SIGTERM and SIGINT."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)

    def beat(self) -> None:
        """A sign of life; a database that is busy is no reason to die."""
        now = timezone.now()
        try:
            Worker.objects.update_or_create(
                name=self.name, defaults={"beat_at": now}, create_defaults={"beat_at": now, "started_at": now}
            )
        except DatabaseError:
            log.warning("worker could not give a sign of life", extra={"worker": self.name})

    def _keep_beating(self) -> None:
        while not self.stopping.wait(BEAT):
            self.beat()
        connection.close()
