'use client';
import { useEffect, useState } from 'react';

/** The document alone: the rail, the lists and the bars step back until one leaves. It ends with the page. */
export function useFocusMode() {
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    const { documentElement } = document;
    documentElement.toggleAttribute('data-docs-focus', focused);
    return () => documentElement.removeAttribute('data-docs-focus');
  }, [focused]);
  return { focused, setFocused };
}
