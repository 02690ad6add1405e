"""Send single HTTP requests with a deadline, and keep secrets out of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.faces import lazy_face

if TYPE_CHECKING:
    from pipeline.services.redaction import answer_excerpt, redact
    from pipeline.services.request import (
        Call,
        RequestFault,
        fault_of_status,
        send,
        timeout_fault,
        user_in_url,
    )
else:
    __getattr__, __dir__, __all__ = lazy_face(
        __name__,
        {
            "redaction": "answer_excerpt redact",
            "request": "Call RequestFault fault_of_status send timeout_fault user_in_url",
        },
    )
