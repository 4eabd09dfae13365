/*
 * The portal's service worker. It keeps the files of one build (they never change under their names) and, in three
 * languages, the page that says there is no network. Answers of services are never kept. Of pages, those of documents
 * and channels that were open lately are, for the one person whose browser this is: they leave when the person signs out or another
 * one comes in (docs/offline/leaving.ts), and with the build.
 */
const asked = new URL(self.location.href).searchParams;
const build = asked.get('build') ?? 'none';
const language = asked.get('lang') ?? 'fr';
const cacheName = `parvis-${build}`;
const languages = ['fr', 'en', 'ar'];
/** Files kept of one build; above it the oldest leave. */
const filesMax = 800;
const pagesName = `parvis-pages-${build}-${language}`;
/** Pages of documents and channels that are kept; above it the oldest leave. */
const pagesMax = 60;
/** Of them, those that a new build asks for anew by itself. */
const pagesAgainMax = 8;
/** Milliseconds after which a page that is kept is shown while the network thinks. */
const patienceMs = 5_000;
const versionHeader = 'parvis-version';

const offlinePage = (lang) => `/offline?lang=${lang}`;
/** Pages that are kept when they ask for it: of documents and of channels. */
const isKept = (path) => /^\/(docs|chat)\/[0-9a-f-]{36}$/.test(path);
const isFile = (url) => url.pathname.startsWith('/_next/static/') || url.pathname.startsWith('/icons/');

/** Without cookies, so that what is kept names nobody; the language is asked for as a browser would. */
async function keepOfflinePages(cache) {
  const files = new Set();
  for (const lang of languages) {
    const answer = await fetch(offlinePage(lang), {
      credentials: 'omit',
      cache: 'no-store',
      headers: { 'accept-language': lang },
    });
    if (!answer.ok) throw new Error(`offline page: ${answer.status}`);
    const text = await answer.clone().text();
    for (const path of filesIn(text)) files.add(path);
    await cache.put(offlinePage(lang), answer);
  }
  await cache.addAll([...files]);
}

/** The files that a page names: it needs them to come to life. */
function filesIn(text) {
  return new Set([...text.matchAll(/"(\/_next\/static\/[^"\\?]+\.(?:js|css))/g)].map(([, path]) => path));
}

/** One that cannot be had is had when it is asked for. */
async function keepFiles(paths) {
  const cache = await caches.open(cacheName);
  for (const path of paths)
    if ((await cache.match(path)) === undefined) await cache.add(path).catch(() => undefined);
}

/** Keeps all files of the build, once: panels, dialogs and the editor come in files of their own when they are opened. */
async function keepEveryFile() {
  if (self.navigator.connection?.saveData) return;
  const answer = await fetch('/offline/files', { credentials: 'omit' });
  if (answer.ok) await keepFiles((await answer.json()).slice(0, filesMax));
}

/** Keeps the page of a document or channel, asked for anew, unless it stands there in this version. */
async function keepPage(path, version, files) {
  const pages = await caches.open(pagesName);
  const known = await pages.match(path);
  await keepFiles(files.filter((one) => isFile(new URL(one, self.location.origin))));
  if (known?.headers.get(versionHeader) === version) return;
  if ((await pages.keys()).length === 0) await keepEveryFile();
  const answer = await fetch(path, { headers: { accept: 'text/html' } });
  // A page that led elsewhere is not the one that was asked for.
  if (!answer.ok || answer.redirected) return;
  const text = await answer.text();
  const headers = new Headers(answer.headers);
  headers.set(versionHeader, version);
  // What is kept is the text, unpacked.
  headers.delete('content-encoding');
  headers.delete('content-length');
  await keepFiles(filesIn(text));
  await pages.delete(path);
  await pages.put(path, new Response(text, { headers }));
  const keys = await pages.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - pagesMax)).map((one) => pages.delete(one)));
}

self.addEventListener('message', (event) => {
  const { keep, version, files } = event.data ?? {};
  if (typeof keep !== 'string' || !isKept(keep)) return;
  event.waitUntil(keepPage(keep, encodeURIComponent(version), files).catch(() => undefined));
});

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then(keepOfflinePages)
      .then(() => self.skipWaiting()),
  );
});

/** The pages that an older build kept, the last opened: they are asked for anew, for their files are going. */
async function keepPagesAgain() {
  for (const name of await caches.keys()) {
    if (!name.startsWith('parvis-pages-') || name === pagesName) continue;
    const pages = await caches.open(name);
    const last = (await pages.keys()).slice(-pagesAgainMax);
    for (const { url } of last) {
      const version = (await pages.match(url))?.headers.get(versionHeader) ?? '';
      await keepPage(new URL(url).pathname, version, []).catch(() => undefined);
    }
  }
}

async function dropOldCaches() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith('parvis-') && name !== cacheName && name !== pagesName);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener('activate', (event) => {
  event.waitUntil(keepPagesAgain().then(dropOldCaches));
  event.waitUntil(self.clients.claim());
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

/** The page that is kept, or undefined. By the secret of a link it is somebody else's to show. */
async function keptPage(url) {
  if (!isKept(url.pathname) || url.searchParams.has('link')) return undefined;
  return (await caches.open(pagesName)).match(url.pathname);
}

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms, null));

async function pageOrOffline(request) {
  const kept = await keptPage(new URL(request.url));
  try {
    const asked = fetch(request);
    if (kept === undefined) return await asked;
    const answer = await Promise.race([asked, later(patienceMs)]);
    // Nobody answers, or somebody says that nobody is there: 502 to 504 are a proxy's.
    return answer === null || (answer.status >= 502 && answer.status <= 504) ? kept : answer;
  } catch {
    if (kept !== undefined) return kept;
    const cache = await caches.open(cacheName);
    return (await cache.match(offlinePage(language))) ?? Response.error();
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  // A worker finds what it is to do behind the `#` of its address, and what comes out of the cache has none.
  if (request.destination === 'worker') return;
  if (request.mode === 'navigate') event.respondWith(pageOrOffline(request));
  else if (isFile(url)) event.respondWith(fromCacheFirst(request));
});

const newsWords = {
  fr: 'Du nouveau dans votre boîte de réception',
  en: 'Something new in your inbox',
  ar: 'جديد في صندوق الوارد',
};

/**
 * A push names a line of the inbox and nothing else. Where it is about is asked with the person's own session; without
 * one, or without an answer, it says that there is something. Nothing is shown over a page that is looked at.
 */
async function showNews(item) {
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((page) => page.focused)) return;
  const answer = await fetch('/api/notify/inbox?show=unread&limit=50').catch(() => null);
  const { items = [] } = answer?.ok ? await answer.json() : {};
  const line = items.find(({ id }) => id === item);
  const title = line?.thing?.title ?? 'Parvis';
  await self.registration.showNotification(title, {
    body: newsWords[language] ?? newsWords.fr,
    tag: item ?? 'news',
    icon: '/icons/parvis-192.png',
    lang: language,
    dir: language === 'ar' ? 'rtl' : 'ltr',
  });
}

self.addEventListener('push', (event) => {
  let item;
  try {
    item = event.data?.json().item;
  } catch {
    // Not ours, or newer than this page: there is something, all the same.
  }
  event.waitUntil(showNews(typeof item === 'string' ? item : undefined));
});

async function openInbox() {
  const pages = await self.clients.matchAll({ type: 'window' });
  const page = pages[0];
  if (page === undefined) return self.clients.openWindow('/inbox');
  await page.focus();
  return page.navigate('/inbox').catch(() => undefined);
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openInbox());
});
