'use client';
import { call } from '@parvis/contract/call';
import { createLink, type Reason } from '@parvis/contract/sharing';
import type { Resource } from '@parvis/contract/shape';
import { Button } from '@parvis/ui/Button';
import { Icon } from '@parvis/ui/Icon';
import { TextField } from '@parvis/ui/TextField';
import { toast } from '@parvis/ui/Toast';
import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useProblem } from '../problems/useProblem.ts';
import { wayTo } from '../shell/resource-way.ts';

/** Makes a link for whoever is signed in and has it; its secret is shown once, and copied at once. */
export function LinkMaker({ resource, onMade }: { resource: Resource; onMade: (reasons: Reason[]) => void }) {
  const t = useTranslations('sharing');
  const problem = useProblem();
  const [address, setAddress] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  async function make() {
    setBusy(true);
    try {
      const made = await call(createLink, { id: resource.id, reach: 'members', role: 'reader' });
      const url = `${location.origin}${wayTo(resource)}?link=${made.secret}`;
      setAddress(url);
      onMade(made.reasons);
      await navigator.clipboard?.writeText(url).then(
        () => toast(t('copied')),
        () => undefined,
      );
    } catch (error) {
      toast(problem(error), { tone: 'bad' });
    } finally {
      setBusy(false);
    }
  }
  return (
    <div className="share-link">
      <Button icon={<Icon of={Link2} size="s" />} busy={busy} onClick={() => void make()}>
        {t('makeLink')}
      </Button>
      {address !== null && (
        <TextField label={t('address')} value={address} readOnly dir="ltr" help={t('addressHelp')} />
      )}
    </div>
  );
}
