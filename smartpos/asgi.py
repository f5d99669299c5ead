"""The one address: `/events` to the streams, everything else through the bridge into Django's threads."""

from smartpos.wsgi import application as pages  # isort: skip - sets Django up, which the rest needs

from django.conf import settings

from smartpos import env
from smartpos.bridge import Bridge, Message, Receive, Send
from smartpos.realtime.endpoint import events, hub

bridge = Bridge(
    pages, threads=env.whole("SMARTPOS_THREADS", 2, least=1), limit=settings.MAX_BODY_BYTES, proxies=settings.TRUSTED_PROXIES
)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """Dispatch by kind of scope and path."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        streams = scope["path"] in ("/events", "/events/poll")
        await (events if streams else bridge)(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            hub.close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
