'use client';
import { CircleAlert, Clock, CloudCheck, CloudOff, Download, Upload } from 'lucide-react';
import { Banner, Truth } from './Banner.tsx';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ErrorState } from './ErrorState.tsx';
import { Icon } from './Icon.tsx';
import { Level, Meter, Progress } from './Progress.tsx';
import type { ShowcaseLabels } from './ShowcaseSet.tsx';
import { Set } from './ShowcaseSet.tsx';
import { SkeletonLines } from './Skeleton.tsx';
import { SpaceTile } from './SpaceTile.tsx';

/** What is true now, nothing yet, something failed, on its way. */
export function ShowcaseStates({ labels }: { labels: ShowcaseLabels }) {
  return (
    <>
      <Set title={labels.truth}>
        <div className="p-show-column">
          <Banner icon={<Icon of={CloudOff} />}>{labels.offline}</Banner>
          <Banner
            tone="info"
            icon={<Icon of={Download} />}
            action={<Button kind="quiet">{labels.reload}</Button>}
          >
            {labels.updated}
          </Banner>
          <Banner tone="good" icon={<Icon of={CloudCheck} />}>
            {labels.saved}
          </Banner>
          <p className="p-row p-show-wrap">
            <Truth icon={<Icon of={Clock} size="s" />}>{labels.sending}</Truth>
            <Truth icon={<Icon of={CloudCheck} size="s" />}>{labels.saved}</Truth>
            <Truth icon={<Icon of={CircleAlert} size="s" />} tone="bad">
              {labels.notSent}{' '}
              <button type="button" className="p-link">
                {labels.retry}
              </button>
            </Truth>
          </p>
        </div>
        <div className="p-show-column">
          <Progress label={labels.upload} value={0.62} note="62 %" />
          <Progress label={labels.upload} value={0.3} tone="still" note={labels.waiting} />
          <Progress label={labels.loading} labelHidden />
          <Meter label={labels.used} value={0.25} valueText={labels.usedText} />
          <Level value={0.66} label={labels.microphone} />
        </div>
      </Set>
      <Set title={labels.emptySection}>
        <div className="p-show-box">
          <EmptyState
            level={3}
            title={labels.emptyTitle}
            picture={<SpaceTile id="empty" size="xl" stone={{ motif: 'arches', colouring: 0 }} />}
            action={
              <Button kind="main" icon={<Icon of={Upload} size="s" />}>
                {labels.drop}
              </Button>
            }
          >
            {labels.emptyWords}
          </EmptyState>
        </div>
        <div className="p-show-box">
          <ErrorState
            level={3}
            title={labels.failedTitle}
            kept={labels.failedKept}
            action={<Button>{labels.retry}</Button>}
          >
            {labels.failedWords}
          </ErrorState>
        </div>
        <div className="p-show-column">
          <SkeletonLines label={labels.loading} />
        </div>
      </Set>
    </>
  );
}
