import { Skeleton, SkeletonLines } from '@parvis/ui/Skeleton';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';

const columnWidths = ['62%', '48%', '71%', '54%', '66%', '43%', '58%'];

/** The list column before it is known. */
function ColumnSkeleton() {
  return (
    <div className="p-list" aria-hidden="true">
      <header>
        <Skeleton width="60%" height="18px" />
      </header>
      <div className="p-scroll skeleton-column">
        {columnWidths.map((width) => (
          <Skeleton key={width} width={width} height="14px" />
        ))}
      </div>
    </div>
  );
}

/** A page in the shape of what comes: its bar, and below what the caller draws. The focus waits until it has come. */
export async function PageSkeleton({ column = true, children }: { column?: boolean; children?: ReactNode }) {
  const t = await getTranslations('shell');
  return (
    <>
      {column && <ColumnSkeleton />}
      <div className="p-sheet">
        <main className="p-main" id="main" tabIndex={-1} aria-busy="true">
          <header className="p-bar" aria-hidden="true">
            <div className="p-bar-title">
              <Skeleton width="11rem" height="18px" />
            </div>
          </header>
          <div className="p-scroll skeleton-page">
            {children ?? <SkeletonLines label={t('loading')} rows={8} />}
          </div>
        </main>
      </div>
    </>
  );
}

/** A list under a bar: files, people, the trash. */
export async function ListSkeleton({ column, faces = true }: { column?: boolean; faces?: boolean }) {
  const t = await getTranslations('shell');
  return (
    <PageSkeleton column={column}>
      <SkeletonLines label={t('loading')} rows={9} faces={faces} />
    </PageSkeleton>
  );
}

/** A channel: the newest messages lie at the bottom, above the place to write. */
export async function ChannelSkeleton() {
  const t = await getTranslations('shell');
  return (
    <PageSkeleton>
      <div className="skeleton-channel">
        <SkeletonLines label={t('loading')} rows={6} />
        <Skeleton height="76px" />
      </div>
    </PageSkeleton>
  );
}

/** A document: a title and paragraphs at reading width. */
export async function DocumentSkeleton() {
  const t = await getTranslations('shell');
  return (
    <PageSkeleton>
      <div className="skeleton-document">
        <Skeleton width="70%" height="40px" />
        <SkeletonLines label={t('loading')} rows={6} faces={false} />
      </div>
    </PageSkeleton>
  );
}

/** The first page of a space, or home: a large line, then rows. */
export async function ColumnPageSkeleton({ column }: { column?: boolean }) {
  const t = await getTranslations('shell');
  return (
    <PageSkeleton column={column}>
      <div className="skeleton-home">
        <Skeleton width="55%" height="36px" />
        <SkeletonLines label={t('loading')} rows={6} />
      </div>
    </PageSkeleton>
  );
}
