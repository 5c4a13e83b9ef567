"""Every request gets a number, answers with it, and is logged with it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from firstbell.platform.request_id import begin_request_id

log = logging.getLogger("firstbell.request")


class RequestNumberMiddleware:
    """First in the chain. The log line names the address pattern, never a value in it or a query string."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = begin_request_id()
        request.request_id = number  # type: ignore[attr-defined]  # ours
        begin, used = time.perf_counter(), time.thread_time()
        response = self.get_response(request)
        response["X-Request-Id"] = number
        match = request.resolver_match
        log.info(
            "request",
            extra={
                "method": request.method,
                "route": match.route if match else "",
                "status": response.status_code,
                "ms": round((time.perf_counter() - begin) * 1000, 1),
                # less than ms by what the request waited: for the database, a lock, other requests
                "processor_ms": round((time.thread_time() - used) * 1000, 1),
            },
        )
        return response
