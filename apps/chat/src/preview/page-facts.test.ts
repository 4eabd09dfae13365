import { describe, expect, test } from 'vitest';
import { linksIn } from './links.ts';
import { factsOf } from './page-facts.ts';

const page = 'https://www.littoral.example/plan/';

describe('what a page says of itself', () => {
  test('its Open Graph words come before its own title', () => {
    const html = `<title>Onglet</title><meta property="og:title" content="Plan de l’estuaire">
      <meta property="og:site_name" content="Littoral"><meta name="description" content="Trois zones.">`;
    expect(factsOf(html, page)).toEqual({
      title: 'Plan de l’estuaire',
      description: 'Trois zones.',
      site: 'Littoral',
      image: null,
    });
  });

  test.each([
    ['/carte.png', 'https://www.littoral.example/carte.png'],
    ['https://cdn.example/a.jpg', 'https://cdn.example/a.jpg'],
    ['javascript:alert(1)', null],
    ['data:image/png;base64,AAAA', null],
    ['http://[', null],
  ])('its picture %s stands at %s', (content, image) => {
    const html = `<title>Plan</title><meta property="og:image" content="${content}">`;
    expect(factsOf(html, page)?.image).toBe(image);
  });

  test('markup, controls and signs that turn the reader around are not taken over', () => {
    const html = '<title>a&lt;b&gt;\u202Egpj\u0007.exe</title>';
    expect(factsOf(html, page)?.title).toBe('a<b> gpj .exe');
  });

  test('a long text is cut, and a page without a title says nothing', () => {
    expect(factsOf(`<title>${'x'.repeat(5_000)}</title>`, page)?.title).toHaveLength(200);
    expect(factsOf('<p>rien', page)).toBeNull();
    expect(factsOf('<'.repeat(100_000), page)).toBeNull();
    expect(factsOf('<div>'.repeat(100_000), page)).toBeNull();
  });
});

test('links are read from the text and not from code, each once and only a few', () => {
  expect(linksIn('voir https://a.fr/x, et (https://b.fr/y_z). `https://c.fr`')).toEqual([
    'https://a.fr/x',
    'https://b.fr/y_z',
  ]);
  expect(linksIn('<https://a.fr/_b_> https://a.fr/_b_')).toEqual(['https://a.fr/_b_']);
  expect(linksIn(Array.from({ length: 9 }, (_, nr) => `https://${nr}.fr/`).join(' '))).toHaveLength(3);
});
