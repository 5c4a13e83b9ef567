"""Everything an attacker who owns the database can do to the chain is found, and found where it was done."""

from __future__ import annotations

import random

import pytest
from django.db import IntegrityError, connection, transaction

from firstbell.platform.access import DataClass
from firstbell.platform.audit import Act, record, record_many, signed_head, verify
from firstbell.platform.audit.chain import GENESIS, SIGNED_COLUMNS, head_mac, key_id, row_mac
from firstbell.platform.audit.record import audit_key
from firstbell.platform.models import AuditEntry, AuditHead
from firstbell.platform.testing import audit_chain_unlocked, viewer_with

pytestmark = pytest.mark.django_db
VIEWER = viewer_with("registrar")
TABLE = AuditEntry._meta.db_table


@pytest.fixture
def chain():
    record_many(VIEWER, [Act(action="student.update", object_id=n, fields=("name",)) for n in range(1, 21)])
    assert verify() == []
    with audit_chain_unlocked():
        yield


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def found(*heads, **options):
    return [(f.code.removeprefix("audit."), f.row) for f in verify(heads, **options)]


def move(old, new):
    sql(f"UPDATE {TABLE} SET sequence = %s WHERE sequence = %s", new, old)


def forge(begin, key, previous):
    """Write valid codes from ``begin`` on with a key, and seal the head: what a holder of that key can do."""
    for entry in AuditEntry.objects.filter(sequence__gte=begin).order_by("sequence"):
        row = [getattr(entry, name) for name in SIGNED_COLUMNS]
        previous = row_mac(key, previous, row)
        sql(f"UPDATE {TABLE} SET mac = %s WHERE sequence = %s", previous, entry.sequence)
    last = AuditEntry.objects.order_by("-sequence").first()
    AuditHead.objects.update(
        sequence=last.sequence, mac=last.mac, seal=head_mac(key, last.sequence, last.mac), key_id=key_id(key)
    )


@pytest.mark.parametrize("sequence", [1, 2, 10, 19, 20])
@pytest.mark.parametrize("column", [c for c in SIGNED_COLUMNS if c != "sequence"])
def test_a_changed_value_is_found_in_its_row(chain, column, sequence):
    number = column in ("actor_id", "on_behalf_of_id", "count")
    quoted = connection.ops.quote_name(column)
    sql(f"UPDATE {TABLE} SET {quoted} = %s WHERE sequence = %s", 999 if number else "x", sequence)
    assert found() == [("changed", sequence)]


@pytest.mark.parametrize("sequence", [1, 10, 19])
def test_a_changed_code_is_found_in_its_row_and_not_in_the_next(chain, sequence):
    sql(f"UPDATE {TABLE} SET mac = %s WHERE sequence = %s", "0" * 64, sequence)
    assert found() == [("changed", sequence)]


@pytest.mark.parametrize(("begin", "end"), [(1, 1), (1, 3), (10, 10), (9, 12), (20, 20), (18, 20)])
def test_deleted_rows_are_found_first_middle_and_last(chain, begin, end):
    sql(f"DELETE FROM {TABLE} WHERE sequence BETWEEN %s AND %s", begin, end)
    assert found() == [("deleted", begin)]


def test_a_deletion_hidden_by_renumbering_is_found(chain):
    sql(f"DELETE FROM {TABLE} WHERE sequence = 10")
    for n in range(11, 21):
        move(n, n - 1)
    AuditHead.objects.update(sequence=19)
    assert ("deleted", 10) in found()


@pytest.mark.parametrize(("one", "other"), [(1, 2), (9, 10), (19, 20), (3, 17), (1, 20), (5, 7)])
def test_swapped_rows_are_found_as_swapped(chain, one, other):
    move(one, 1000)
    move(other, one)
    move(1000, other)
    assert found() == [("swapped", one)]


def insert(sequence):
    entry = AuditEntry.objects.order_by("?").first()
    entry.pk, entry.mac = sequence, "ab" * 32
    entry.save(force_insert=True)


@pytest.mark.parametrize("sequence", [1, 10, 20])
def test_an_inserted_row_is_found_although_later_rows_were_renumbered(chain, sequence):
    for n in range(20, sequence - 1, -1):
        move(n, n + 1)
    insert(sequence)
    assert found()[0] == ("inserted", sequence)


def test_a_row_added_behind_the_last_or_before_the_first_is_found(chain):
    insert(21)
    assert ("inserted", 21) in found()
    insert(0)
    assert ("inserted", 0) in found()


def test_a_tail_rewritten_without_the_key_is_found(chain):
    sql(f"UPDATE {TABLE} SET reason = 'x', mac = %s WHERE sequence >= 15", "cd" * 32)
    assert found() == [("rewritten_tail", 15)]


def test_a_head_set_back_by_hand_is_found(chain):
    sql(f"DELETE FROM {TABLE} WHERE sequence > 15")
    AuditHead.objects.update(sequence=15, mac=AuditEntry.objects.get(sequence=15).mac)
    assert found() == [("head_changed", None)]
    AuditHead.objects.all().delete()
    assert found() == [("head_missing", None)]


def test_a_tail_rewritten_with_the_key_shows_only_against_signed_heads(chain):
    early = signed_head()
    record_many(VIEWER, [Act(action="a.b") for _ in range(5)])
    late = signed_head()
    sql(f"UPDATE {TABLE} SET reason = 'x' WHERE sequence >= 23")
    forge(23, audit_key(), AuditEntry.objects.get(sequence=22).mac)
    assert found() == []
    assert found(early) == []
    assert found(late, early) == [("rewritten_tail", 21)]


def test_rows_cut_off_with_the_key_show_only_against_signed_heads(chain):
    late = signed_head()
    sql(f"DELETE FROM {TABLE} WHERE sequence > 15")
    forge(15, audit_key(), AuditEntry.objects.get(sequence=14).mac)
    assert found() == []
    assert found(late) == [("replaced", 1)]


def test_a_chain_replaced_with_another_key_is_told_from_a_wrong_key_by_signed_heads(chain):
    head = signed_head()
    forge(1, b"attacker", GENESIS)
    assert found() == [("unverifiable", None)]
    assert found(head) == [("replaced", 1)]


def test_a_chain_replaced_with_the_same_key_shows_only_against_signed_heads(chain):
    head = signed_head()
    sql(f"UPDATE {TABLE} SET reason = 'x'")
    forge(1, audit_key(), GENESIS)
    assert found() == []
    assert found(head) == [("replaced", 1)]


def test_a_wrong_key_is_named(chain):
    assert found(key=b"wrong") == [("unverifiable", None)]
    assert found(signed_head(), key=b"wrong") == [("wrong_key", None)]


def test_an_emptied_chain_shows_against_signed_heads(chain):
    head = signed_head()
    sql(f"DELETE FROM {TABLE}")
    AuditHead.objects.all().delete()
    assert found() == []
    assert found(head) == [("replaced", 1)]


def test_a_forged_signed_head_is_named(chain):
    from dataclasses import replace

    assert found(replace(signed_head(), sequence=7)) == [("head_forged", None)]


def test_random_tampering_never_passes(chain):
    """Whatever is done to one random row, verify does not stay silent."""
    generator = random.Random(20261124)
    for _ in range(25):
        point = transaction.savepoint()
        sequence = generator.randint(1, 20)
        if generator.random() < 0.5:
            sql(f"DELETE FROM {TABLE} WHERE sequence = %s", sequence)
        else:
            sql(f"UPDATE {TABLE} SET count = count + 1 WHERE sequence = %s", sequence)
        assert sequence in {row for _, row in found()}
        transaction.savepoint_rollback(point)


@pytest.mark.parametrize("statement", [f"UPDATE {TABLE} SET count = 2", f"DELETE FROM {TABLE}"])
def test_the_database_refuses_change_and_removal(statement):
    record(VIEWER, "student.update")
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        sql(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(sequence=1).update(count=2)


def test_an_act_and_its_row_are_one(chain):
    def fail_after_recording():
        with transaction.atomic():
            record(VIEWER, "student.update")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_recording()
    assert AuditEntry.objects.count() == 20
    assert verify() == []


@pytest.mark.parametrize("bad", ["Ana Torres", "name=Ana", "", "Name"])
def test_a_value_in_the_place_of_a_field_name_is_refused(bad):
    with pytest.raises(ValueError, match="never values"):
        record(VIEWER, "student.update", fields=[bad])


def test_a_row_holds_what_was_done():
    record(
        VIEWER,
        "student.read",
        "student",
        12,
        data_classes=[DataClass.HEALTH, DataClass.DIRECTORY],
        fields=["a"],
    )
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.action, entry.object_kind, entry.object_id) == (
        1,
        "student.read",
        "student",
        "12",
    )
    assert (entry.data_classes, entry.fields, entry.count) == ("D1 D9", "a", 1)


def test_the_number_of_queries_does_not_grow_with_the_acts(django_assert_num_queries):
    record(VIEWER, "a.b")
    with django_assert_num_queries(3):
        record(VIEWER, "a.b")
    with django_assert_num_queries(3):
        record_many(VIEWER, [Act(action="a.b")] * 50)
