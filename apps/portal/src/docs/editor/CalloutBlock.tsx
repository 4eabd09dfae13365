'use client';
import { createReactBlockSpec, type ReactCustomBlockRenderProps } from '@blocknote/react';
import { calloutConfig, tones } from '@parvis/document/configs';
import { Icon } from '@parvis/ui/Icon';
import { MenuLater } from '@parvis/ui/MenuLater';
import { CircleCheck, Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';

const shapes = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: OctagonAlert };
type Tone = (typeof tones)[number];

/** A text that stands out; its sign says why, and a press on it changes that. */
function CalloutView({ block, editor, contentRef }: ReactCustomBlockRenderProps<typeof calloutConfig>) {
  const t = useTranslations('docsEditor');
  const { tone } = block.props;
  const sign = <Icon of={shapes[tone]} size="m" />;
  return (
    <div className="docs-callout" data-tone={tone} role="note" aria-label={t(`tones.${tone}`)}>
      <span contentEditable={false} className="docs-callout-sign">
        {editor.isEditable ? (
          <MenuLater
            label={t('tone')}
            trigger={
              <button type="button" aria-label={`${t('tone')} : ${t(`tones.${tone}`)}`}>
                {sign}
              </button>
            }
            groups={[
              {
                id: 'tones',
                label: t('tone'),
                choose: 'one',
                selected: [tone],
                onChoose: ([chosen]) =>
                  chosen !== undefined && editor.updateBlock(block, { props: { tone: chosen as Tone } }),
                items: tones.map((one) => ({
                  id: one,
                  label: t(`tones.${one}`),
                  icon: <Icon of={shapes[one]} size="s" />,
                })),
              },
            ]}
          />
        ) : (
          sign
        )}
      </span>
      <div className="docs-callout-words" ref={contentRef} />
    </div>
  );
}

/** Copied elsewhere it is a quotation. */
function CalloutOutside({ contentRef }: ReactCustomBlockRenderProps<typeof calloutConfig>) {
  return <blockquote ref={contentRef} />;
}

export const calloutBlock = createReactBlockSpec(calloutConfig, {
  meta: { isolating: false },
  render: CalloutView,
  toExternalHTML: CalloutOutside,
})();
