"""What a judge raises where an operation cannot be booked."""


class Unbookable(Exception):
    """The operation goes to review; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
