/** Bytes of a file, with Range, ETag and Content-Disposition; `?inline=1` for a preview of safe types. */
export const contentPath = (id: string) => `/api/drive/files/${id}/content`;

/** Where the zip of an export is taken from; bytes and not JSON, for administrators. */
export const chatExportPath = (id: string) => `/api/chat/exports/${id}/content`;

/** `GET`: Ogg Opus of one track, or the WebM of one with a picture, with ranges. `?download=1` names it for the disk. 410 `recording-gone` when the store has lost its bytes. */
export const recordingContentPath = (id: string, n: number | string) =>
  `/api/meet/recordings/${id}/tracks/${n}/content`;
