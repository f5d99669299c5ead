"""Whom Lighthouse looks as, and at what: prints the owner's session and the addresses as one JSON line."""

import json
import logging
import os

import django


def main() -> None:
    """The demo's owner; one page of every address of the Backoffice, the sign-in and the till."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpos.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django is set up by now
    from django.test import Client  # noqa: PLC0415

    from smartpos.people.models import Employee, Role  # noqa: PLC0415
    from tests.architecture.addresses import addresses  # noqa: PLC0415
    from tests.architecture.foreign import samples  # noqa: PLC0415
    from tests.architecture.walker import Walker  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    logging.disable(logging.ERROR)  # the walk tries what is refused
    owner = Employee.everywhere.filter(role=Role.OWNER, user__isnull=False).order_by("pk")[0]
    client = Client(raise_request_exception=False)
    client.force_login(owner.user)  # type: ignore[arg-type]
    walker = Walker("owner", client, samples(owner.business_id), [])
    paths = ["/sign-in/", "/pos/"]
    for address in addresses():
        if address.guard.startswith(("office", "person")):
            whole = (path for path, html in walker.pages(address) if "<html" in html[:200])
            paths += [path for path in [next(whole, "")] if path]
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
    print(json.dumps({"cookie": cookie, "paths": paths}))  # noqa: T201


if __name__ == "__main__":
    main()
