/** Where the portal keeps what works on pictures and sound in the browser; `models.mjs` lays it there at each build. */
export const modelPath = (name: string) => `/_next/static/models/${name}`;
