import './home.css';
import { listMyMentions } from '@parvis/contract/doc-links';
import { listDocuments } from '@parvis/contract/doc-list';
import { listTemplates } from '@parvis/contract/doc-templates';
import { listSpaces } from '@parvis/contract/directory';
import type { Locale } from '@parvis/contract/shape';
import { EmptyState } from '@parvis/ui/EmptyState';
import { TabLinks } from '@parvis/ui/TabLinks';
import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import { ask, askOrLeave } from '../../ask.ts';
import { SheetPage } from '../../shell/SheetPage.tsx';
import { Fresh } from '../tree/Fresh.tsx';
import { DocumentRows } from './DocumentRows.tsx';
import { Finder } from './Finder.tsx';
import { Mentions } from './Mentions.tsx';
import { NewDocument } from './NewDocument.tsx';
import { TemplateRows } from './TemplateRows.tsx';

const lists = ['recent', 'favourite', 'shared', 'mine'] as const;
const views = [...lists, 'mentions', 'templates'] as const;
type List = (typeof lists)[number];
type View = (typeof views)[number];

const isList = (view: View): view is List => lists.some((one) => one === view);
const viewOf = (text: string | undefined): View => views.find((one) => one === text) ?? 'recent';

interface Props {
  list: string | undefined;
  from: number;
}

/** The documents of a person: what they opened, what they like, what was given to them, and finding all the rest. */
export async function DocumentsHome({ list, from }: Props) {
  const view = viewOf(list);
  const [t, { spaces }] = await Promise.all([getTranslations('docsHome'), askOrLeave(listSpaces, {})]);
  const writable = spaces.filter(({ abilities }) => abilities.edit).map(({ id, title }) => ({ id, title }));
  const tabs = views.map((id) => ({
    id,
    title: t(`views.${id}`),
    href: id === 'recent' ? '/docs' : `/docs?list=${id}`,
  }));
  return (
    <SheetPage title={t('title')} acts={writable.length > 0 && <NewDocument spaces={writable} />}>
      <div className="p-scroll">
        <div className="docs-home">
          <Finder spaces={spaces.map(({ id, title }) => ({ id, title }))}>
            <TabLinks as={Link} label={t('lists')} tabs={tabs} current={view} />
            {isList(view) && <OneList list={view} from={from} />}
            {view === 'mentions' && <MentionsOfMe />}
            {view === 'templates' && <TemplatesOfMine spaces={writable} />}
          </Finder>
        </div>
      </div>
    </SheetPage>
  );
}

async function OneList({ list, from }: { list: List; from: number }) {
  const [t, { documents, next }] = await Promise.all([
    getTranslations('docsHome'),
    ask(listDocuments, { list, from }),
  ]);
  if (documents.length === 0)
    return <EmptyState title={t(`none.${list}`)}>{t(`noneHelp.${list}`)}</EmptyState>;
  return (
    <>
      <Fresh ids={documents.map(({ id }) => id)} />
      <DocumentRows documents={documents} list={list} label={t(`views.${list}`)} />
      {next !== null && (
        <Link className="docs-home-more" href={`/docs?list=${list}&from=${next}`}>
          {t('more')}
        </Link>
      )}
    </>
  );
}

async function MentionsOfMe() {
  const [t, { mentions }] = await Promise.all([getTranslations('docsHome'), ask(listMyMentions, {})]);
  if (mentions.length === 0)
    return <EmptyState title={t('none.mentions')}>{t('noneHelp.mentions')}</EmptyState>;
  return <Mentions mentions={mentions} label={t('views.mentions')} />;
}

async function TemplatesOfMine({ spaces }: { spaces: readonly { id: string; title: string }[] }) {
  const locale = (await getLocale()) as Locale;
  // Those of each space where one may write: an administrator's and one's own come with every answer.
  const answers = await Promise.all(
    (spaces.length === 0 ? [{}] : spaces.map(({ id }) => ({ spaceId: id }))).map((place) =>
      ask(listTemplates, { ...place, locale }),
    ),
  );
  const all = new Map(answers.flatMap(({ templates }, at) => templates.map((one) => [one.id, { one, at }])));
  const rows = [...all.values()].map(({ one, at }) => ({
    ...one,
    spaceId: one.scope === 'space' ? spaces[at]?.id : undefined,
    place: one.scope === 'space' ? spaces[at]?.title : undefined,
  }));
  return <TemplateRows templates={rows} spaces={spaces} />;
}
