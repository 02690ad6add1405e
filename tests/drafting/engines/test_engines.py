"""Engines opened by name, with options and keys."""

from __future__ import annotations

import pytest

from pipeline.drafting.engines import ENGINES, SERVICES, open_engine
from pipeline.errors import EngineUnavailable, UsageError

from .servers import KEY

NAMES = sorted(ENGINES)


ENVIRONMENT = {service.KEY: KEY for service in SERVICES.values() if service.KEY}


@pytest.mark.parametrize("name", NAMES)
def test_closed_unused(name: str) -> None:
    opened = open_engine(name, {}, ENVIRONMENT)
    opened.close()
    opened.close()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("gogle", {}, "unknown engine 'gogle': expected one of apertium, pseudo, google"),
        ("pseudo", {"damages": 1}, "unknown option 'damages' of engine 'pseudo': .*damage, seed"),
        ("pseudo", {"damage": "much"}, "option 'damage' of engine 'pseudo' must be a number"),
        ("pseudo", {"damage": True}, "option 'damage'"),
        ("pseudo", {"seed": 1.5}, "option 'seed'"),
        ("pseudo", {"kinds": "drop"}, "option 'kinds'"),
        ("pseudo", {"kinds": [1]}, "option 'kinds'"),
        ("google", {"base_url": 5}, "option 'base_url'"),
        ("google", {"base_url": "example.org"}, "'example.org' is not a server address for google"),
        ("deepl", {"formality": "polite"}, "unknown formality 'polite'"),
        ("deepl", {"key": "abc"}, "set DEEPL_API_KEY"),
        ("deepl", {"api_key": "abc"}, "set DEEPL_API_KEY"),
        ("libretranslate", {"api_key": "abc"}, "set LIBRE_API_KEY"),
        ("chatgpt", {"api_key": "abc"}, "set OPENAI_API_KEY"),
        ("microsoft", {"region": 5}, "option 'region'"),
        ("mymemory", {"email": True}, "option 'email'"),
        ("mymemory", {"threads": 0}, "option 'threads' of engine 'mymemory' must be at least 1"),
    ],
)
def test_wrong_options(name: str, options: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message) as raised:
        open_engine(name, options, ENVIRONMENT)
    assert "abc" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("pseudo", {"damage": 1, "seed": 5, "kinds": ["drop"]}),
        ("deepl", {"formality": "prefer_less", "glossary_id": "a", "threads": 8, "rate": 5}),
        ("chatgpt", {"model": "llama3.2:3b", "base_url": "http://localhost:11434/v1/"}),
        ("libretranslate", {"base_url": "http://localhost:5000/", "timeout": 60}),
        ("microsoft", {"region": "westeurope"}),
        ("mymemory", {"email": "editor@example.org"}),
    ],
)
def test_right_options(name: str, options: dict[str, object]) -> None:
    assert open_engine(name, options, ENVIRONMENT).name == name


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name in SERVICES and SERVICES[name].KEY_NEEDED]
)
def test_a_missing_key_is_named(name: str) -> None:
    engine = open_engine(name, {}, {})
    with pytest.raises(EngineUnavailable, match=f"set {SERVICES[name].KEY}"):
        list(engine.translate(["The house is big."], "en", "es", {}))
