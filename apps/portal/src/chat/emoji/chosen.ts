'use client';
import { tones } from './signs.ts';

/** What this browser remembers of the picker. */
const recentKey = 'parvis-emoji-recent';
const toneKey = 'parvis-emoji-tone';
const recentMax = 27;

/** Offered until somebody has chosen others. */
export const firstSigns = ['👍', '❤️', '🎉', '😄', '👀', '🙏', '✅', '🚀'] as const;

/** Signs that were chosen last, the newest first. */
export function recentSigns(): string[] {
  const kept = localStorage.getItem(recentKey)?.split(' ').filter(Boolean) ?? [];
  return [...new Set([...kept, ...firstSigns])].slice(0, recentMax);
}

export function keepRecent(sign: string): void {
  const others = recentSigns().filter((one) => one !== sign);
  localStorage.setItem(recentKey, [sign, ...others].slice(0, recentMax).join(' '));
}

export function keptTone(): string {
  const kept = localStorage.getItem(toneKey) ?? '';
  return tones.some((tone) => tone === kept) ? kept : '';
}

export function keepTone(tone: string): void {
  localStorage.setItem(toneKey, tone);
}
