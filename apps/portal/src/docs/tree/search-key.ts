/** A title as letters find it: no case, no accents. */
export function searchKey(title: string): string {
  return title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
