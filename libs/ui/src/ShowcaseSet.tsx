import type { ReactNode } from 'react';
import type words from './showcase.en.json';

/** The words of the page of parts: one of the three files beside it. */
export type ShowcaseLabels = typeof words;

/** One line of the page of parts. */
export function Set({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="p-show-set">
      <h2>{title}</h2>
      <div>{children}</div>
    </section>
  );
}

/** A part in one state, with the name of the state below. */
export function State({ name, children }: { name: string; children: ReactNode }) {
  return (
    <figure className="p-show-state">
      {children}
      <figcaption dir="ltr">{name}</figcaption>
    </figure>
  );
}
