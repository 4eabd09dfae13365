import type { Resource } from '@parvis/contract/shape';
import { exactTime, relativeTime } from '@parvis/ui/format';
import Link from 'next/link';
import { getLocale, getNow, getTimeZone, getTranslations } from 'next-intl/server';
import { wayTo } from './resource-way.ts';
import { ThingIcon } from './ThingIcon.tsx';

/** A thing in a list of what moved: what it is, where it lies, when it changed. */
export async function ThingRow({ thing, place }: { thing: Resource; place?: string | undefined }) {
  const [shell, locale, now, timeZone] = await Promise.all([
    getTranslations('shell'),
    getLocale(),
    getNow(),
    getTimeZone(),
  ]);
  return (
    <Link className="row-link" href={wayTo(thing)}>
      <ThingIcon kind={thing.kind} />
      <span className="row-text">
        <bdi>{thing.title}</bdi>
        <span className="p-meta">
          {shell(`kinds.${thing.kind}`)}
          {place !== undefined && (
            <>
              {' · '}
              <bdi>{place}</bdi>
            </>
          )}
        </span>
      </span>
      <time
        className="row-end"
        dateTime={thing.updatedAt}
        title={exactTime(thing.updatedAt, locale, { timeZone })}
      >
        {relativeTime(thing.updatedAt, locale, now, { timeZone })}
      </time>
    </Link>
  );
}
