"""Lock-out that grows: the fifth failure costs half a minute, each further one twice as much, an hour at most."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.db.models import F
from django.utils.translation import gettext as _

from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError, TooManyTries
from smartpos.people.models import Throttle

FREE_TRIES = 4
FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(hours=24)


def place(address: str) -> str:
    """What one guesser can change at will counts as one place: an IPv6 network of 64 bits, an IPv4 address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:45]
    if not isinstance(parsed, IPv6Address):
        return address
    return str(parsed.ipv4_mapped) if parsed.ipv4_mapped else str(ip_network(f"{parsed}/64", strict=False))


def check(keys: Iterable[str], *, at: datetime) -> None:
    """Refuse while any of the keys is locked."""
    until = [t.locked_until for t in Throttle.objects.filter(key__in=list(keys), locked_until__gt=at)]
    if until:
        seconds = max(1, round((max(t for t in until if t) - at).total_seconds()))
        raise TooManyTries(_("Too many failed tries. Wait %(seconds)s seconds.") % {"seconds": seconds}, seconds=seconds)


def fail(keys: Iterable[str], *, at: datetime, free: int = FREE_TRIES) -> bool:
    """Count a failure under each key, in a transaction of its own so that no rollback forgets it; True when one got locked."""
    locked = False
    with write_transaction():
        for key in sorted(keys):
            Throttle.objects.bulk_create([Throttle(key=key, last_at=at)], ignore_conflicts=True)
            Throttle.objects.filter(key=key, last_at__lt=at - FORGOTTEN_AFTER).update(failures=0)
            Throttle.objects.filter(key=key).update(failures=F("failures") + 1, last_at=at)
            failures = Throttle.objects.get(key=key).failures
            if failures > free:
                lock = min(FIRST_LOCK * 2 ** min(failures - free - 1, 12), LONGEST_LOCK)
                Throttle.objects.filter(key=key).update(locked_until=at + lock)
                locked = True
    return locked


def succeed(keys: Iterable[str]) -> None:
    """Forget the failures of these keys."""
    Throttle.objects.filter(key__in=list(keys), failures__gt=0).update(failures=0, locked_until=None)


@contextmanager
def counted(what: str, account: int, address: str, *, at: datetime) -> Iterator[None]:
    """Proofs of one account: a refusal inside locks account and address for a growing time; success forgets the account's.

    Counted after whatever was begun inside is rolled back.
    """
    keys = (f"{what}:account:{account}", f"{what}:address:{place(address)}")
    check(keys, at=at)
    try:
        yield
    except DomainError:
        fail(keys, at=at)
        raise
    succeed(keys[:1])
