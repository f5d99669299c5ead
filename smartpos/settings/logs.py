"""Structured logs: one JSON object a line with the request id, or plain text while developing."""

from typing import Any


def logging_config(*, level: str, as_json: bool) -> dict[str, Any]:
    """The `LOGGING` setting; everything goes to standard error."""
    fields = "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s %(business)s %(device)s"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"act": {"()": "smartpos.web.logs.ActFilter"}},
        "formatters": {
            "json": {"()": "pythonjsonlogger.json.JsonFormatter", "format": fields},
            "plain": {"format": "%(asctime)s %(levelname)-7s %(name)s [%(request_id)s] %(message)s"},
        },
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "plain",
                "filters": ["act"],
            },
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"level": "WARNING"},
            "celery": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
            "fontTools": {"level": "WARNING"},
        },
    }
