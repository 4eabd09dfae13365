const redirectsMax = 12;

const plain = (text) =>
  text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replaceAll('&amp;', '&');

/** A browser without script: keeps cookies, follows redirects, signs in through the form that people use. */
export class Visitor {
  #jar = new Map();

  constructor(base) {
    this.base = new URL(base);
  }

  /** Cookies so far, as a request carries them. */
  get cookie() {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** One page; redirects are followed by hand, so that each may set its own cookies. */
  async visit(address, init = {}) {
    let url = new URL(address, this.base);
    let request = init;
    for (let hop = 0; hop < redirectsMax; hop += 1) {
      const response = await fetch(url, {
        ...request,
        headers: { ...request.headers, cookie: this.cookie },
        redirect: 'manual',
      });
      for (const line of response.headers.getSetCookie()) this.#keep(line);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status > 399 || location === null)
        return { url, response, text: await response.text() };
      url = new URL(location, url);
      request = {};
    }
    throw new Error(`more than ${redirectsMax} redirects from ${address}`);
  }

  #keep(line) {
    const [pair] = line.split(';');
    const at = pair.indexOf('=');
    this.#jar.set(pair.slice(0, at), pair.slice(at + 1));
  }

  /** Signs in and lands on the first page. */
  async signIn(username, password) {
    const { url, text } = await this.visit('/auth/login?to=%2F');
    const form = /<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/i.exec(text)?.[0] ?? '';
    const action = plain(/action="([^"]*)"/.exec(form)?.[1] ?? '');
    const fields = new URLSearchParams();
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(input)?.[1];
      if (name) fields.set(name, plain(/value="([^"]*)"/.exec(input)?.[1] ?? ''));
    }
    fields.set('username', username);
    fields.set('password', password);
    const done = await this.visit(new URL(action, url), {
      method: 'POST',
      body: fields,
      headers: { origin: url.origin, referer: url.href },
    });
    if (done.response.status !== 200 || done.url.pathname !== '/')
      throw new Error(`signing in ended at ${done.url.pathname} with ${done.response.status}`);
    return done;
  }
}

/** Scripts that a page's HTML loads by itself: in script tags, and those told to be fetched early. */
export function scriptsOf(html) {
  const found = new Set();
  for (const [tag] of html.matchAll(/<script\b[^>]*\bsrc="[^"]+"[^>]*>/g)) {
    // Browsers that know modules never fetch these.
    if (!/\bnomodule\b/i.test(tag)) found.add(plain(/src="([^"]+)"/.exec(tag)[1]));
  }
  for (const [tag] of html.matchAll(/<link\b[^>]*>/g)) {
    if (/rel="(modulepreload|preload)"/.test(tag) && /as="script"|modulepreload/.test(tag))
      found.add(plain(/href="([^"]+)"/.exec(tag)[1]));
  }
  return [...found];
}
