"""Who and where on every log line."""

import logging

from smartpos.context import current


class ActFilter(logging.Filter):
    """Adds the current act's ids to a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        act = current()
        record.request_id, record.business, record.device = act.request_id, act.business_id, act.device_id
        return True
