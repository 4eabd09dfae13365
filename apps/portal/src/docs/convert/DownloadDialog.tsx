'use client';
import './convert.css';
import { call } from '@parvis/contract/call';
import {
  type ExportFormat,
  exportFormats,
  listConversions,
  startExport,
} from '@parvis/contract/doc-conversion';
import type { Document } from '@parvis/contract/docs';
import { Button, LinkButton } from '@parvis/ui/Button';
import { Checkbox, RadioGroup } from '@parvis/ui/Choice';
import { Dialog } from '@parvis/ui/Dialog';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { resultPath } from './conversion.ts';
import { Outcome } from './Outcome.tsx';
import { useConversion } from './useConversion.ts';

interface Along {
  readonly comments: boolean;
  readonly suggestions: boolean;
}
interface WishesProps {
  format: ExportFormat;
  setFormat: (format: ExportFormat) => void;
  along: Along;
  setAlong: (along: Along) => void;
  /** Whether this house makes PDF. */
  pdf: boolean;
  busy: boolean;
}

function Wishes({ format, setFormat, along, setAlong, pdf, busy }: WishesProps) {
  const t = useTranslations('docsConvert');
  const problems = useTranslations('problems');
  const options = exportFormats.map((id) => {
    const off = id === 'pdf' && !pdf;
    return {
      id,
      label: t(`formats.${id}`),
      disabled: busy || off,
      note: off ? problems('pdf-off') : undefined,
    };
  });
  return (
    <>
      <RadioGroup
        label={t('format')}
        name="format"
        value={format}
        onChange={(id) => setFormat(id as ExportFormat)}
        options={options}
      />
      <div className="convert-along">
        {(['comments', 'suggestions'] as const).map((what) => (
          <Checkbox
            key={what}
            label={t(what)}
            checked={along[what]}
            disabled={busy}
            onChange={(event) => setAlong({ ...along, [what]: event.target.checked })}
          />
        ))}
      </div>
    </>
  );
}

/** Makes a file of a document: which kind, what goes along, how far it is, and the file. */
export function DownloadDialog({ document: shown, close }: { document: Document; close: () => void }) {
  const t = useTranslations('docsConvert');
  const shell = useTranslations('shell');
  const [format, setFormat] = useState<ExportFormat>('docx');
  const [pdf, setPdf] = useState(true);
  const [along, setAlong] = useState({ comments: true, suggestions: true });
  const { now, error, busy, run } = useConversion();
  useEffect(() => {
    call(listConversions, {}).then(
      (known) => setPdf(known.pdf),
      () => undefined,
    );
  }, []);
  const begin = async () => {
    const done = await run(() => call(startExport, { id: shown.id, format, ...along }));
    if (done?.state === 'done') window.location.assign(resultPath(done.id));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('downloadTitle')}
      closeLabel={shell('close')}
      actions={
        <>
          {now?.state === 'done' && now.direction === 'export' && (
            <LinkButton href={resultPath(now.id)} download>
              {t('again')}
            </LinkButton>
          )}
          <Button kind="main" busy={busy} onClick={() => void begin()}>
            {t('download')}
          </Button>
        </>
      }
    >
      <Wishes format={format} setFormat={setFormat} along={along} setAlong={setAlong} pdf={pdf} busy={busy} />
      <Outcome now={now} error={error} busy={busy} />
    </Dialog>
  );
}
