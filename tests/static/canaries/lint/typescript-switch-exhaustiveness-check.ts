export function word(kind: 'file' | 'folder'): string {
  switch (kind) {
    case 'file':
      return 'one';
  }
  return 'none';
}
