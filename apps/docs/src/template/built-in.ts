import type { Locale } from '@parvis/contract/shape';
import type { SimpleBlock } from '@parvis/document/seed';
import { arabic } from './built-in.ar.ts';
import { english } from './built-in.en.ts';
import { french } from './built-in.fr.ts';

export interface BuiltIn {
  readonly title: string;
  readonly description: string;
  readonly blocks: readonly SimpleBlock[];
}

/** Templates that come with the house; their names are ids that never change. */
export const builtInNames = ['meeting-minutes', 'brief', 'project-plan'] as const;
export type BuiltInName = (typeof builtInNames)[number];

const byLocale: Record<Locale, Record<BuiltInName, BuiltIn>> = { fr: french, en: english, ar: arabic };

/** A template of the house in a language; null when none has this name. */
export function builtIn(name: string, locale: Locale): BuiltIn | null {
  const known = builtInNames.find((one) => one === name);
  return known === undefined ? null : byLocale[locale][known];
}
