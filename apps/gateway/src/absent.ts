const words = {
  fr: ['Parvis démarre', 'La page se recharge d’elle-même dans un instant. Rien n’est perdu.'],
  en: ['Parvis is starting', 'This page reloads by itself in a moment. Nothing is lost.'],
  ar: ['بارفي قيد التشغيل', 'تُعاد الصفحة تلقائيا بعد لحظة. لم يُفقد شيء.'],
} as const;

/** A page without script for the seconds in which the portal is not there, in the browser's first language of ours. */
export function absentPage(acceptLanguage: string | undefined): string {
  const tags = (acceptLanguage ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  const locale = tags.find((tag): tag is keyof typeof words => tag in words) ?? 'fr';
  const [title, say] = words[locale];
  return `<!doctype html><html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="2"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:17px/1.6 system-ui,sans-serif;display:grid;place-content:center;min-height:100vh;margin:0;padding:0 24px;text-align:center;background:light-dark(oklch(.987 .005 88),oklch(.218 .018 268));color:light-dark(oklch(.245 .028 268),oklch(.94 .008 85))}h1{font-size:26px;margin:0}</style>
</head><body><main><h1>${title}</h1><p>${say}</p></main></body></html>`;
}
