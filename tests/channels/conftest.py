from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from lapor.agencies.reference import load_categories
from lapor.channels.youtube import account
from tests.cast import Stage
from tests.fakes import graph, telegram, x, youtube


@pytest.fixture
def whole_stage(stage: Stage) -> Stage:
    """With all categories, as everywhere outside the tests: words of any matter may come."""
    load_categories()
    return stage


@pytest.fixture
def bot(whole_stage: Stage, settings: LazySettings) -> Iterator[telegram.Telegram]:
    """Telegram, set up."""
    fake = telegram.Telegram()
    settings.LAPOR_TELEGRAM_URL, settings.LAPOR_TELEGRAM_TOKEN = fake.url, telegram.TOKEN
    settings.LAPOR_TELEGRAM_SECRET = "kata-uji"
    with fake.running():
        yield fake


@pytest.fixture
def meta(whole_stage: Stage, settings: LazySettings) -> Iterator[graph.Graph]:
    """The Graph API, set up for WhatsApp, a page and an Instagram account."""
    fake = graph.Graph()
    settings.LAPOR_GRAPH_URL, settings.LAPOR_META_SECRET, settings.LAPOR_META_WORD = fake.url, graph.SECRET, graph.WORD
    settings.LAPOR_WHATSAPP_NUMBER_ID, settings.LAPOR_WHATSAPP_TOKEN = graph.NUMBER_ID, graph.TOKEN
    settings.LAPOR_WHATSAPP_TEMPLATE = "kabar_laporan"
    settings.LAPOR_FACEBOOK_PAGE_ID, settings.LAPOR_INSTAGRAM_ID = graph.PAGE_ID, graph.INSTAGRAM_ID
    settings.LAPOR_PAGE_TOKEN = graph.PAGE_TOKEN
    with fake.running():
        yield fake


@pytest.fixture
def bird(whole_stage: Stage, settings: LazySettings) -> Iterator[x.X]:
    """X, set up."""
    fake = x.X()
    settings.LAPOR_X_URL, settings.LAPOR_X_USER_ID = fake.url, x.US
    settings.LAPOR_X_MEDIA_URL = fake.url
    settings.LAPOR_X_KEY, settings.LAPOR_X_SECRET, settings.LAPOR_X_TOKEN, settings.LAPOR_X_TOKEN_SECRET = x.KEYS
    with fake.running():
        yield fake


@pytest.fixture
def films(whole_stage: Stage, settings: LazySettings) -> Iterator[youtube.YouTube]:
    """YouTube, set up, and asked once before anybody wrote."""
    account._tokens.clear()
    fake = youtube.YouTube()
    settings.LAPOR_YOUTUBE_URL, settings.LAPOR_YOUTUBE_TOKEN_URL = fake.url, f"{fake.url}/token"
    settings.LAPOR_YOUTUBE_CHANNEL_ID, settings.LAPOR_YOUTUBE_REFRESH_TOKEN = youtube.US, fake.refresh
    settings.LAPOR_YOUTUBE_CLIENT_ID, settings.LAPOR_YOUTUBE_CLIENT_SECRET = "klien", "rahasia"
    with fake.running():
        yield fake
