import { Icon } from '@parvis/ui/Icon';
import { IconLink } from '@parvis/ui/IconButton';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** For what below is named by the title. */
  titleId?: string;
  /** The address of the page that this one belongs to. */
  back?: string;
  /** Beside the list that leads here the way back is needed on a phone only. */
  backOnPhone?: boolean;
  /** What can be done with the whole page, at the end of its bar. */
  acts?: ReactNode;
  children: ReactNode;
}

/** A page that is one sheet: the bar with its name, and below what scrolls. */
export function SheetPage({ title, titleId, back, backOnPhone = false, acts, children }: Props) {
  const t = useTranslations('shell');
  return (
    <div className="p-sheet">
      <main className="p-main" id="main" tabIndex={-1}>
        <header className="p-bar">
          {back !== undefined && (
            <IconLink
              className={backOnPhone ? 'p-back p-only-phone' : 'p-back'}
              href={back}
              label={t('back')}
            >
              <Icon of={ArrowLeft} flip />
            </IconLink>
          )}
          <div className="p-bar-title">
            <h1 id={titleId}>{title}</h1>
          </div>
          {acts && <div className="p-bar-acts">{acts}</div>}
        </header>
        {children}
      </main>
    </div>
  );
}
