/*
 * The portal's service worker. It keeps the files of one build (they never change under their names) and, in three
 * languages, the page that says there is no network. Answers of services, and pages, are never kept: they are somebody's.
 */
const asked = new URL(self.location.href).searchParams;
const build = asked.get('build') ?? 'none';
const language = asked.get('lang') ?? 'fr';
const cacheName = `parvis-${build}`;
const languages = ['fr', 'en', 'ar'];
/** Files kept of one build; above it the oldest leave. */
const filesMax = 400;

const offlinePage = (lang) => `/offline?lang=${lang}`;
const isFile = (url) => url.pathname.startsWith('/_next/static/') || url.pathname.startsWith('/icons/');

/** Without cookies, so that what is kept names nobody; the language is asked for as a browser would. */
async function keepOfflinePages(cache) {
  const sheets = new Set();
  for (const lang of languages) {
    const answer = await fetch(offlinePage(lang), {
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'accept-language': lang },
    });
    if (!answer.ok) throw new Error(`offline page: ${answer.status}`);
    const text = await answer.clone().text();
    for (const [, href] of text.matchAll(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"/g)) sheets.add(href);
    for (const [, href] of text.matchAll(/<link[^>]+href="([^"]+)"[^>]+rel="stylesheet"/g)) sheets.add(href);
    await cache.put(offlinePage(lang), answer);
  }
  await cache.addAll([...sheets]);
}

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then(keepOfflinePages)
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith('parvis-') && name !== cacheName)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

async function fromCacheFirst(request) {
  const cache = await caches.open(cacheName);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') {
    await cache.put(request, answer.clone());
    const keys = await cache.keys();
    const files = keys.filter((one) => isFile(new URL(one.url)));
    await Promise.all(files.slice(0, Math.max(0, files.length - filesMax)).map((one) => cache.delete(one)));
  }
  return answer;
}

async function pageOrOffline(request) {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(cacheName);
    return (await cache.match(offlinePage(language))) ?? Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageOrOffline(request));
  else if (isFile(url)) event.respondWith(fromCacheFirst(request));
});
