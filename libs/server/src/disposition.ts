/** Characters of a name that no system of files takes, or that would end the header's quotes. */
// oxlint-disable-next-line eslint/no-control-regex -- they are what is looked for
const unsafe = /[\u0000-\u001f\u007f"\\/:*?<>|]/g;

/**
 * A Content-Disposition that carries a name in any script: RFC 8187 for those who read it, and the nearest ASCII for
 * those who do not (RFC 6266).
 */
export function dispositionOf(kind: 'attachment' | 'inline', name: string): string {
  const clean = name.replace(/[\ud800-\udfff]/gu, '\ufffd').replace(unsafe, '_');
  const ascii = clean
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\u0020-\u007e]/g, '_')
    // A percent sign followed by two digits is decoded by some who should not.
    .replaceAll('%', '_');
  const encoded = encodeURIComponent(clean).replace(
    /['()]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
