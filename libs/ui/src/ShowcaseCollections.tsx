'use client';
import { Download, FileImage, FileSpreadsheet, FileText, Folder, Hash } from 'lucide-react';
import { useState } from 'react';
import { Calendar } from './Calendar.tsx';
import { Count } from './Count.tsx';
import { DropZone, FileButton } from './DropZone.tsx';
import type { TileTone } from './FileTile.tsx';
import { FileName, FileTile, KindGlyph } from './FileTile.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { ListBox } from './ListBox.tsx';
import { Progress } from './Progress.tsx';
import type { ShowcaseLabels } from './ShowcaseSet.tsx';
import { Set } from './ShowcaseSet.tsx';
import { SplitView } from './SplitView.tsx';
import { TabLinks } from './TabLinks.tsx';
import type { TableSort } from './Table.tsx';
import { Table } from './Table.tsx';
import { Tabs } from './Tabs.tsx';
import { toast } from './Toast.tsx';
import { Tree } from './Tree.tsx';

const say = (files: File[]) => {
  toast(files.map((file) => file.name).join(', '));
};

interface Line {
  id: string;
  name: string;
  at: string;
  size: string;
  tone: TileTone;
  icon: typeof FileText;
}

function Files({ labels }: { labels: ShowcaseLabels }) {
  const [selected, setSelected] = useState<string[]>(['2']);
  const [sort, setSort] = useState<TableSort>({ column: 'name', direction: 'ascending' });
  const rows: Line[] = [
    { id: '1', name: labels.fileOne, at: '09:41', size: '92', tone: 'green', icon: FileSpreadsheet },
    { id: '2', name: labels.fileTwo, at: '09:12', size: '4 200', tone: 'terra', icon: FileImage },
    { id: '3', name: labels.fileThree, at: '17:02', size: '318', tone: 'red', icon: FileText },
  ];
  rows.sort((one, two) =>
    one[sort.column === 'name' ? 'name' : 'at'].localeCompare(two[sort.column === 'name' ? 'name' : 'at']),
  );
  if (sort.direction === 'descending') rows.reverse();
  return (
    <Table
      label={labels.lists}
      rows={rows}
      text={(row) => row.name}
      choose="many"
      selected={selected}
      onChoose={setSelected}
      sort={sort}
      onSort={setSort}
      columns={[
        {
          id: 'name',
          title: labels.name,
          sortable: true,
          cell: (row) => (
            <span className="p-row">
              <KindGlyph size="s" tone={row.tone}>
                <Icon of={row.icon} size="s" />
              </KindGlyph>
              <FileName name={row.name} />
            </span>
          ),
        },
        { id: 'at', title: labels.changed, sortable: true, width: 110, cell: (row) => row.at },
        { id: 'size', title: labels.size, numeric: true, width: 90, wideOnly: true, cell: (row) => row.size },
        { id: 'access', title: labels.access, width: 110, wideOnly: true, cell: () => labels.members },
      ]}
    />
  );
}

function Folders({ labels }: { labels: ShowcaseLabels }) {
  const folder = <Icon of={Folder} size="s" />;
  return (
    <Tree
      label={labels.folderPlan}
      current="plan"
      defaultExpanded={['plan']}
      loading={labels.loading}
      items={[
        {
          id: 'plan',
          label: labels.folderPlan,
          icon: folder,
          items: [
            { id: 'maps', label: labels.folderMaps, icon: folder, end: <Count value={3} /> },
            { id: 'minutes', label: labels.folderMinutes, icon: folder },
          ],
        },
        { id: 'markets', label: labels.folderMarkets, icon: folder, items: [] },
      ]}
      onAction={(id) => toast(id)}
    />
  );
}

function Tabbed({ labels }: { labels: ShowcaseLabels }) {
  return (
    <>
      <div className="p-show-column">
        <Tabs
          label={labels.tools}
          tabs={[
            { id: 'talk', title: labels.discussion, children: <p>{labels.emptyWords}</p> },
            { id: 'people', title: labels.people, count: 6, children: <p>{labels.personOne}</p> },
            { id: 'notes', title: labels.notes, children: <p>{labels.captionsNote}</p> },
          ]}
        />
      </div>
      <div className="p-show-column">
        <TabLinks
          label={labels.notices}
          current="one"
          tabs={[
            { id: 'one', title: labels.all, href: '#one', count: 3 },
            { id: 'two', title: labels.messages, href: '#two' },
          ]}
        />
      </div>
    </>
  );
}

function Tiles({ labels }: { labels: ShowcaseLabels }) {
  return (
    <DropZone className="p-show-column" onFiles={say} words={labels.dropHere}>
      <FileTile
        name={labels.fileTwo}
        icon={<Icon of={FileImage} />}
        tone="terra"
        note="4,2 Mo"
        href="#file"
        actions={
          <IconButton label={labels.download}>
            <Icon of={Download} />
          </IconButton>
        }
      />
      <FileTile
        name={labels.upload}
        icon={<Icon of={FileText} />}
        tone="red"
        progress={<Progress label={labels.upload} labelHidden value={0.4} note="40 %" />}
      />
      <FileButton onFiles={say}>{labels.drop}</FileButton>
    </DropZone>
  );
}

/** Tables, trees, long lists, files, days, panes. */
export function ShowcaseCollections({ labels }: { labels: ShowcaseLabels }) {
  const many = Array.from({ length: 5000 }, (_, place) => ({
    id: String(place),
    name: `${labels.folderMinutes} ${place + 1}`,
  }));
  return (
    <>
      <Set title={labels.lists}>
        <Files labels={labels} />
        <div className="p-show-aside">
          <Folders labels={labels} />
        </div>
        <div className="p-show-aside p-show-tall">
          <ListBox
            label={labels.folderMinutes}
            items={many}
            text={(item) => item.name}
            choose="one"
            selected={['1']}
          >
            {(item) => (
              <>
                <Icon of={Hash} size="s" />
                <span className="p-cut">{item.name}</span>
              </>
            )}
          </ListBox>
        </div>
        <Tiles labels={labels} />
        <Tabbed labels={labels} />
      </Set>
      <Set title={labels.days}>
        <Calendar label={labels.days} defaultValue="2026-11-23" marked={(day) => day.endsWith('-26')} />
      </Set>
      <Set title={labels.panes}>
        <div className="p-show-panes">
          <SplitView
            label={labels.resize}
            defaultWidth={220}
            min={160}
            max={320}
            pane={<p>{labels.folderPlan}</p>}
          >
            <p>{labels.emptyWords}</p>
          </SplitView>
        </div>
      </Set>
    </>
  );
}
