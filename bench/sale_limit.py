"""What PostgreSQL takes here when nothing stands in the way: a real sale's rows, written again and again by a bare client.

The rows are read back from a sale that the product booked, so both sides write the same tables, columns and indexes.
"""

import multiprocessing
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from smartpos.ids import uuid7

# Table, the column that names the receipt (or its uuid), and what must be new in every copy.
CHILDREN = (("pos_receiptline", "receipt_id"), ("pos_receipttax", "receipt_id"), ("pos_payment", "receipt_id"))


class Copier:
    """One client: remembers a sale's rows as columns and inserts them under new ids."""

    def __init__(self, dsn: str, receipt: UUID) -> None:
        self.connection = psycopg.connect(dsn)
        self.connection.prepare_threshold = 0
        read = self.connection.cursor(row_factory=dict_row).execute
        self.receipt = read("SELECT * FROM pos_receipt WHERE uuid = %s", [receipt]).fetchone() or {}
        self.operation = read("SELECT * FROM operations_operation WHERE uuid = %s", [receipt]).fetchone() or {}
        self.audit = read("SELECT * FROM audit_entry WHERE subject = %s", [f"receipt:{receipt}"]).fetchone() or {}
        self.event = read("SELECT * FROM outbox_event WHERE payload LIKE %s", [f"%{receipt}%"]).fetchone() or {}
        self.movements = read("SELECT * FROM inventory_movement WHERE source_id = %s", [receipt]).fetchall()
        self.children = {t: read(f"SELECT * FROM {t} WHERE {c} = %s", [self.receipt["id"]]).fetchall() for t, c in CHILDREN}  # noqa: S608
        self.device = self.receipt["device_id"]
        self.connection.commit()

    def sale(self, number: int) -> None:
        """One sale: the same statements in the same order as the product's."""
        cursor = self.connection.cursor()
        cursor.execute("SELECT last_seq FROM operations_devicejournal WHERE device_id = %s FOR UPDATE", [self.device])
        cursor.execute("SELECT id FROM pos_shift WHERE id = %s FOR SHARE", [self.receipt["shift_id"]])
        uuid = uuid7()
        self._insert(cursor, "operations_operation", [{**self.operation, "uuid": uuid, "seq": number}])
        self._insert(cursor, "pos_receipt", [{**self.receipt, "uuid": uuid, "number": number}], returning=True)
        receipt = cursor.fetchone()
        key = receipt[0] if receipt else 0
        for table, rows in self.children.items():
            self._insert(cursor, table, [{**row, "receipt_id": key} for row in rows])
        self._insert(cursor, "inventory_movement", [{**row, "source_id": uuid} for row in self.movements])
        self._insert(cursor, "audit_entry", [{**self.audit, "chain": f"bench:{self.device}", "position": number}])
        self._insert(cursor, "outbox_event", [{**self.event, "position": None}])
        cursor.execute("UPDATE operations_devicejournal SET last_seen_at = now() WHERE device_id = %s", [self.device])
        levels = sorted((row["variant_id"], row["quantity"]) for row in self.movements)
        cursor.execute(
            "INSERT INTO inventory_stocklevel (business_id, store_id, variant_id, quantity) SELECT %s, %s, * FROM unnest(%s::bigint[], %s::bigint[]) "  # noqa: E501
            "ON CONFLICT (variant_id, store_id) DO UPDATE SET quantity = inventory_stocklevel.quantity + excluded.quantity",
            [self.receipt["business_id"], self.receipt["store_id"], [v for v, _ in levels], [q for _, q in levels]],
        )
        self.connection.commit()

    def _insert(self, cursor: psycopg.Cursor[Any], table: str, rows: list[dict[str, Any]], *, returning: bool = False) -> None:
        if not rows:
            return
        names = [name for name in rows[0] if name != "id"]
        columns = ", ".join(names)
        if len(rows) == 1:
            places = ", ".join(["%s"] * len(names))
            tail = " RETURNING id" if returning else ""
            cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places}){tail}", [rows[0][n] for n in names])  # noqa: S608
            return
        arrays = ", ".join(f"%s::{self._types(table)[name]}[]" for name in names)
        values = [[row[name] for row in rows] for name in names]
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT * FROM unnest({arrays})", values)  # noqa: S608

    def _types(self, table: str) -> dict[str, str]:
        known: dict[str, dict[str, str]] = self.__dict__.setdefault("_known", {})
        if table not in known:
            query = "SELECT column_name, udt_name FROM information_schema.columns WHERE table_name = %s"
            known[table] = dict(self.connection.execute(query, [table]).fetchall())
        return known[table]


def _client(dsn: str, receipt: UUID, span: tuple[float, int], start: Event, out: "Queue[list[float]]") -> None:
    seconds, first = span
    copier = Copier(dsn, receipt)
    taken: list[float] = []
    start.wait()
    end, number = time.perf_counter() + seconds, first
    while (began := time.perf_counter()) < end:
        number += 1
        copier.sale(number)
        taken.append(time.perf_counter() - began)
    out.put(taken)


def limit(dsn: str, receipts: list[UUID], *, seconds: float, first: int) -> float:
    """Sales per second of as many bare clients as there are receipts to copy."""
    context = multiprocessing.get_context("spawn")
    start, out = context.Event(), context.Queue()
    clients = [context.Process(target=_client, args=(dsn, r, (seconds, first), start, out)) for r in receipts]
    for client in clients:
        client.start()
    time.sleep(1.5)
    start.set()
    counts = [len(out.get(timeout=seconds + 60)) for _ in clients]
    for client in clients:
        client.join()
    return sum(counts) / seconds
