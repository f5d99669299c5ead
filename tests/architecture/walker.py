"""Somebody curious: signed in next door, with a browser's tools and everybody's ids."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client

from smartpos.operations import facts
from smartpos.people.services import devices
from tests.architecture.addresses import Address
from tests.architecture.foreign import picture, rows_abroad, samples
from tests.architecture.forms import Form, forms_of, is_uuid

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Fields that carry the id of something new, made by the page itself: any id that is free will do.
NEW_IDS = {"uuid"}
# What a refusal looks like. 405: the address takes another method.
REFUSED = {403, 404, 405, 409, 422}


@dataclass
class Foreign:
    """A tenant or a store next door: its rows by model, the word that all of them carry, and what they look like now."""

    word: str
    business_id: int
    store_id: int | None = None
    rows: dict[str, models.Model] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def look(self) -> "Foreign":
        """Take the picture that is compared later."""
        self.rows = samples(self.business_id, self.store_id)
        self.before = picture(self.business_id, self.store_id)
        return self


@contextmanager
def rolled_back() -> Iterator[None]:
    """Try something and take it back, with what the process remembers of it."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)
        facts.forget()
        devices.forget()


@contextmanager
def noticing_writes() -> Iterator[list[str]]:
    """Collects the statements that change something; sessions do not count."""
    writes: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if (
            not sql.lstrip("( ").upper().startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"))
            and "django_session" not in sql
        ):
            writes.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(watch):
        yield writes


def key_for(converter: str, row: models.Model) -> str | None:
    """The row's id as an address of that converter takes it."""
    if converter == "UUIDConverter":
        return str(row.uuid) if hasattr(row, "uuid") else None
    return str(row.pk) if converter == "IntConverter" else str(getattr(row, "uuid", row.pk))


def path_of(address: Address, row: models.Model) -> str | None:
    """The address with a row's id in every parameter; None when the row has no such id."""
    keys = {name: key_for(converter, row) for name, converter in address.parameters}
    if None in keys.values():
        return None
    return PARAMETER.sub(lambda match: str(keys[match[1]]), address.path)


@dataclass
class Walker:
    """An actor of business A with a client, and the neighbours whose things are out of reach."""

    name: str
    client: Client
    own: dict[str, models.Model]
    neighbours: list[Foreign]
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    _answering: dict[str, list[str]] = field(default_factory=dict)

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> HttpResponse:
        """One request."""
        send: Callable[..., HttpResponse] = getattr(self.client, method)
        return send(path, data, headers={**self.headers, **headers})

    def expect_refusal(self, method: str, path: str, data: Any = None, *, but: set[int] = REFUSED) -> None:
        """Send it, take it back, and note everything that is wrong with what happened."""
        with rolled_back():
            what = f"{self.name}: {method.upper()} {path} {data or ''}".strip()
            with noticing_writes() as writes:
                response = self.ask(method, path, data)
            if response.status_code not in but:
                self.faults.append(f"{what} → {response.status_code}")
            self.look_around(response, what, wrote=bool(writes))

    def look_around(self, response: HttpResponse, what: str, *, wrote: bool = True) -> None:
        """Note what an answer shows of the neighbours, and what it did to them."""
        content = b"".join(response.streaming_content) if response.streaming else response.content
        for neighbour in self.neighbours:
            if neighbour.word.encode() in content:
                self.faults.append(f"{what} → shows something of {neighbour.word}")
            if not wrote:
                continue
            after = picture(neighbour.business_id, neighbour.store_id)
            changed = [label for label, digest in after.items() if digest != neighbour.before[label]]
            if changed:
                self.faults.append(f"{what} → changed {', '.join(changed)} of {neighbour.word}")
        if wrote:
            self.faults += [f"{what} → {row} points abroad" for row in rows_abroad()]

    def own_paths(self, address: Address) -> list[str]:
        """The address with the actor's own things in it that it answers to."""
        if not address.parameters:
            return [address.path]
        if address.path not in self._answering:
            paths = [path for row in self.own.values() if (path := path_of(address, row))]
            self._answering[address.path] = [path for path in paths if self._answers(path)]
        return self._answering[address.path]

    def _answers(self, path: str) -> bool:
        for method in ("get", "post"):
            with rolled_back():
                if self.ask(method, path).status_code < 400:
                    return True
        return False

    def pages(self, address: Address) -> Iterator[tuple[str, str]]:
        """Path and HTML of the actor's own pages behind an address."""
        for path in self.own_paths(address):
            with rolled_back():
                response = self.ask("get", path)
                if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
                    yield path, response.content.decode()

    def forms(self, address: Address) -> Iterator[tuple[str, Form]]:
        """Where each form of the actor's own pages goes, and the form."""
        for path, html in self.pages(address):
            for form in forms_of(html):
                yield form.action or path, form

    def try_foreign_ids_in_address(self, address: Address) -> None:
        """Everything that the neighbours have, in the path."""
        if not address.parameters:
            return
        for neighbour in self.neighbours:
            for row in neighbour.rows.values():
                path = path_of(address, row)
                if path is not None:
                    self.expect_refusal("get", path)
                    self.expect_refusal("post", path)

    def try_foreign_ids_in_forms(self, address: Address) -> None:
        """Everything that the neighbours have, in each field that names a thing."""
        for target, form in self.forms(address):
            for name in [f.name for f in form.fields if f.holds_an_id and f.name != "csrfmiddlewaretoken"]:
                shown = form.data()[name] or next(iter(next(f for f in form.fields if f.name == name).options), "")
                for neighbour in self.neighbours:
                    for row in neighbour.rows.values():
                        key = key_for("UUIDConverter" if is_uuid(shown) or not shown else "IntConverter", row)
                        if key is not None and key != shown:
                            self._submit(target, form, name, key)

    def _submit(self, target: str, form: Form, name: str, key: str) -> None:
        method = form.method.lower()
        fine = {*REFUSED, 200} if method == "get" else {*REFUSED, 302} if name in NEW_IDS else REFUSED
        self.expect_refusal(method, target, {**form.data(), name: key}, but=fine)
