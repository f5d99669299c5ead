// Keeps the shell of this build; answers of the server are never kept.
const BUILD = "{{ build }}";
// Pictures of products never change under their name: kept as they are seen, the oldest go.
const PICTURES = "pictures";
const MOST_PICTURES = 800;
const FILES = {{ files|safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(BUILD).then((cache) => cache.addAll(FILES.map((url) => new Request(url, { cache: "reload" })))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const key of await caches.keys()) if (key !== BUILD && key !== PICTURES) await caches.delete(key);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && url.pathname === "/pos/") {
    event.respondWith(fetch(event.request).catch(() => caches.match("/pos/")));
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)));
  } else if (url.pathname.startsWith("/media/")) {
    event.respondWith(picture(event.request));
  }
});

self.addEventListener("message", (event) => {
  if (event.data === "activate") self.skipWaiting();
});

async function picture(request) {
  const cache = await caches.open(PICTURES);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const keys = await cache.keys();
    for (const key of keys.slice(0, Math.max(0, keys.length - MOST_PICTURES))) await cache.delete(key);
    await cache.put(request, answer.clone());
  }
  return answer;
}
