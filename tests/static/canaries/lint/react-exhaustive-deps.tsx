import { useEffect } from 'react';

export function Once({ name }: { name: string }) {
  useEffect(() => {
    document.title = name;
  }, []);
  return null;
}
