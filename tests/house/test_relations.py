"""Tables of one room point at tables of another only where the house plan lets them."""

from __future__ import annotations

from django.apps import apps

#: (room, model of a lower room). A new pair is a decision: it ties two rooms' tables together for good.
ALLOWED = {
    ("people", "platform.Account"),
    ("attendance", "people.Student"),
    ("attendance", "people.School"),
    ("attendance", "people.Section"),
    ("exchange", "people.Student"),
}
FLOORS = ["platform", "people", "attendance", "exchange", "overview", "demonstration", "config"]


def relations():
    """Every relation from a room's table to another room's: (room, target, field)."""
    for model in apps.get_models():
        if model.__module__.startswith("firstbell."):
            for field in model._meta.get_fields():
                target = field.related_model if field.is_relation and not field.auto_created else None
                if target is not None and target._meta.app_label != model._meta.app_label:
                    yield model._meta.app_label, target._meta.label, f"{model._meta.label}.{field.name}"


def test_rooms_point_at_other_rooms_only_as_allowed():
    found = {(room, target): field for room, target, field in relations()}
    assert not {field: pair for pair, field in found.items() if pair not in ALLOWED}


def test_every_allowed_relation_exists():
    assert {(room, target) for room, target, _ in relations()} >= ALLOWED


def test_relations_point_downhill():
    for room, target, field in relations():
        assert FLOORS.index(target.split(".")[0]) < FLOORS.index(room), field


def test_a_lower_room_does_not_see_who_points_at_it():
    """``student.rollsubmission_set`` would let people read attendance's tables without importing them."""
    seen = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not (field.auto_created and field.is_relation and not field.concrete):
                continue
            if not getattr(field.related_model, "__module__", "").startswith("firstbell."):
                continue
            rooms = field.related_model._meta.app_label, model._meta.app_label
            named = field.get_accessor_name()
            if rooms[0] != rooms[1] and rooms[1] != "platform" and named and not named.endswith("+"):
                seen.append(f"{model._meta.label}.{named}")
    assert seen == []
