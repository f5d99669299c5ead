"""Somebody curious: signed in next door, with a browser's tools and everybody's ids."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from smartpos.operations import facts
from smartpos.people.services import devices
from tests.architecture.addresses import Address
from tests.architecture.foreign import ALL, picture, rows_abroad, samples
from tests.architecture.forms import Form, forms_of, is_uuid

WRITE = re.compile(r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+[\"`]?(\w+)", re.IGNORECASE)
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Addresses whose parameter is a word and no thing of anybody's.
TEXT = "/backoffice/settings/email-templates/<slug:text>/"
WORDS = {
    "/backoffice/settings/<slug:tab>/": "general",
    **{f"{TEXT}{part}": "shift_opened-en" for part in ("", "preview/", "reset/", "try/")},
}
# Fields that carry the id of something new, made by the page itself: any id that is free will do.
NEW_IDS = {"uuid"}
# Fields whose choices are numbers and nobody's things.
NUMBERS = {"decimals", "cutoff"}
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


def written(statements: list[str]) -> frozenset[str]:
    """The tables that statements write to; all of them where one does not say."""
    found = [WRITE.match(statement) for statement in statements]
    return frozenset(match[1] for match in found if match) if all(found) else ALL


def key_for(converter: str, row: models.Model, name: str = "") -> str | None:
    """The row's id as an address of that converter takes it. Numbers mean one kind of thing only: the one of the parameter's name."""
    if converter == "IntConverter" and name and row._meta.model_name != name:
        return None
    if converter == "UUIDConverter":
        return str(row.uuid) if hasattr(row, "uuid") else None
    return str(row.pk) if converter == "IntConverter" else str(getattr(row, "uuid", row.pk))


def path_of(address: Address, row: models.Model) -> str | None:
    """The address with a row's id in every parameter; None when the row has no such id."""
    keys = {name: key_for(converter, row, name) for name, converter in address.parameters}
    if None in keys.values():
        return None
    return PARAMETER.sub(lambda match: str(keys[match[1]]), address.path)


def named(rows: dict[str, models.Model]) -> dict[str, models.Model]:
    """Rows by the name that a parameter has: `store`, `employee`."""
    return {row._meta.model_name or "": row for row in rows.values()}


def paths_of(address: Address, own: dict[str, models.Model], there: dict[str, models.Model]) -> Iterator[str]:
    """The address with each of these things in it. One of several parameters names it, the others what is one's own."""
    if len(address.parameters) == 1:
        # A parameter that is called like a model takes that model's ids; any other may take anything's.
        meant = named(there).get(address.parameters[0][0])
        rows = [meant] if meant and path_of(address, meant) else there.values()
        yield from (path for row in rows if (path := path_of(address, row)))
        return
    around = {name: key_for(converter, row) for name, converter in address.parameters if (row := named(own).get(name))}
    for name, converter in address.parameters:
        meant = named(there).get(name)
        for row in [meant] if meant else there.values():
            keys = {**around, name: key_for(converter, row, name)}
            if len(keys) == len(address.parameters) and None not in keys.values():
                yield PARAMETER.sub(lambda match, keys=keys: str(keys[match[1]]), address.path)


def _kind(target: str) -> str:
    """The name of the address, whatever ids are in it."""
    try:
        return resolve(urlsplit(target).path).view_name
    except Resolver404:
        return target


def kin(shown: str, rows: dict[str, models.Model]) -> list[models.Model]:
    """Of a neighbour's things those of the kind that a field shows; all of them where that cannot be told."""
    alike = [r for r in rows.values() if hasattr(r, "uuid") and is_uuid(shown) and _is_one(type(r), shown)]
    return alike or list(rows.values())


def _is_one(model: type[models.Model], uuid: str) -> bool:
    return model._base_manager.filter(uuid=uuid).exists()


@dataclass
class Walker:
    """An actor of business A with a client, and the neighbours whose things are out of reach."""

    name: str
    client: Client
    own: dict[str, models.Model]
    neighbours: list[Foreign]
    headers: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    # Whose ids are tried; those of a neighbour that another walker tries already are left out, what is shown of them is not.
    tried: list[Foreign] = field(default_factory=list)
    _answering: dict[str, list[str]] = field(default_factory=dict)

    def ask(self, method: str, path: str, data: Any = None, **headers: str) -> HttpResponse:
        """One request; what the answer does to the cookies is forgotten, so that the next one is the same person's."""
        send: Callable[..., HttpResponse] = getattr(self.client, method)
        cookies = copy(self.client.cookies)
        try:
            return send(path, data, headers={**self.headers, **headers})
        finally:
            self.client.cookies = cookies

    def afresh(self) -> "Walker":
        """With no faults yet."""
        self.faults.clear()
        return self

    def expect_refusal(self, method: str, path: str, data: Any = None, *, but: set[int] = REFUSED) -> None:
        """Send it, take it back, and note everything that is wrong with what happened."""
        with rolled_back():
            what = f"{self.name}: {method.upper()} {path} {data or ''}".strip()
            with noticing_writes() as writes:
                response = self.ask(method, path, data)
            if response.status_code not in but:
                self.faults.append(f"{what} → {response.status_code}")
            self.look_around(response, what, wrote=written(writes))

    def visit(self, path: str, **headers: str) -> None:
        """Open one's own page, take back what that did, and note everything of the neighbours that it shows or changed."""
        with rolled_back():
            with noticing_writes() as writes:
                response = self.ask("get", path, **headers)
            if response.status_code >= 500:
                self.faults.append(f"{self.name}: GET {path} → {response.status_code}")
            self.look_around(response, f"{self.name}: GET {path}", wrote=written(writes))

    def look_around(self, response: HttpResponse, what: str, *, wrote: frozenset[str] = ALL) -> None:
        """Note what an answer shows of the neighbours, and what it did to them."""
        content = b"".join(response.streaming_content) if response.streaming else response.content
        for neighbour in self.neighbours:
            if neighbour.word.encode() in content:
                self.faults.append(f"{what} → shows something of {neighbour.word}")
            if not wrote:
                continue
            after = picture(neighbour.business_id, neighbour.store_id, tables=wrote)
            changed = [label for label, digest in after.items() if digest != neighbour.before[label]]
            if changed:
                self.faults.append(f"{what} → changed {', '.join(changed)} of {neighbour.word}")
        if wrote:
            self.faults += [f"{what} → {row} points abroad" for row in rows_abroad(wrote)]

    def own_paths(self, address: Address) -> list[str]:
        """The address with the actor's own things in it that it answers to."""
        if not address.parameters:
            return [address.path]
        if address.path in WORDS:
            return [PARAMETER.sub(WORDS[address.path], address.path)]
        if address.path not in self._answering:
            paths = dict.fromkeys(paths_of(address, self.own, self.own))
            self._answering[address.path] = [path for path in paths if self._answers(path)]
        return self._answering[address.path]

    def _answers(self, path: str) -> bool:
        for method in ("get", "post"):
            with rolled_back():
                status = self.ask(method, path).status_code
                # A thing that is not there is 404; what is found may still want a field, or not be in the state for it.
                if status < 400 or status in {409, 422}:
                    return True
        return False

    def pages(self, address: Address) -> Iterator[tuple[str, str]]:
        """Path and HTML of the actor's own pages behind an address."""
        for path in self.own_paths(address):
            with rolled_back():
                response = self.ask("get", path)
                if response.status_code == 200 and response.headers.get("Content-Type", "").startswith("text/html"):
                    yield path, response.content.decode()

    def forms(self, addresses: Iterable[Address]) -> Iterator[tuple[str, Form]]:
        """Where the forms of the actor's own pages go, and the forms: one of those that stand on many pages or in many rows."""
        met = set()
        for path, html in (page for address in addresses for page in self.pages(address)):
            for form in forms_of(html):
                target = form.action or path
                kind = (_kind(target), form.method, tuple(field.name for field in form.fields))
                if kind not in met:
                    met.add(kind)
                    yield target, form

    def try_foreign_ids_in_address(self, address: Address) -> None:
        """Everything that the neighbours have, in the path."""
        if not address.parameters:
            return
        for neighbour in self.tried or self.neighbours:
            for path in paths_of(address, self.own, neighbour.rows):
                self.expect_refusal("get", path)
                self.expect_refusal("post", path)

    def try_foreign_ids_in_forms(self, addresses: Iterable[Address]) -> None:
        """Everything that the neighbours have, in each field that names a thing."""
        for target, form in self.forms(addresses):
            for name in [f.name for f in form.fields if f.holds_an_id and f.name not in {"csrfmiddlewaretoken", *NUMBERS}]:
                shown = form.data()[name] or next(iter(next(f for f in form.fields if f.name == name).options), "")
                for neighbour in self.tried or self.neighbours:
                    for row in kin(shown, neighbour.rows):
                        key = key_for("UUIDConverter" if is_uuid(shown) or not shown else "IntConverter", row)
                        if key is not None and key != shown:
                            self._submit(target, form, name, key)

    def _submit(self, target: str, form: Form, name: str, key: str) -> None:
        method = form.method.lower()
        fine = {*REFUSED, 200} if method == "get" else {*REFUSED, 302} if name in NEW_IDS else REFUSED
        self.expect_refusal(method, target, {**form.data(), name: key}, but=fine)
