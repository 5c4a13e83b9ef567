"""The home folder's secrets: made once, whole, whoever comes first."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

from firstbell.config import home


def test_who_starts_at_the_same_moment_gets_one_whole_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTBELL_HOME", str(tmp_path))
    for round_ in range(20):
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(home.secret, [f"name-{round_}"] * 8))
        assert len(found) == 1
        assert len(found.pop()) == 64
    assert {path.suffix for path in tmp_path.iterdir()} == {".secret"}


def test_a_secret_that_another_process_made_meanwhile_is_everybody_s(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTBELL_HOME", str(tmp_path))

    def late(source, target):
        target.write_text("theirs", encoding="ascii")
        raise FileExistsError

    monkeypatch.setattr(os, "link", late)
    assert home.secret("key") == "theirs"
    assert [path.name for path in tmp_path.iterdir()] == ["key.secret"]


def test_a_secret_is_its_owner_s_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("FIRSTBELL_HOME", str(tmp_path))
    home.secret("key")
    assert (tmp_path / "key.secret").stat().st_mode & 0o077 == 0
