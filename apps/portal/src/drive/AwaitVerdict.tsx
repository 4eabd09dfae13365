'use client';
import { call } from '@parvis/contract/call';
import { getFile } from '@parvis/contract/drive';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Milliseconds between two looks whether the antivirus has answered. */
const lookMs = 2_000;

/** Shows the page anew as soon as the antivirus has answered: nobody has to reload to open a file. */
export function AwaitVerdict({ id, link }: { id: string; link: string | undefined }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      call(getFile, { id, link }).then(
        (file) => file.verdict !== 'waiting' && router.refresh(),
        () => undefined,
      );
    }, lookMs);
    return () => clearInterval(timer);
  }, [id, link, router]);
  return null;
}
