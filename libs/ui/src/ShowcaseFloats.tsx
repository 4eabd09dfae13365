'use client';
import { Ellipsis, Eye, FolderInput, Hash, PenLine, Plus, Trash2, Video } from 'lucide-react';
import { useState } from 'react';
import { Button } from './Button.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { Dialog } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { Shortcut } from './Kbd.tsx';
import { Menu } from './Menu.tsx';
import { MenuLater } from './MenuLater.tsx';
import { PersonChip } from './PersonChip.tsx';
import { Popover } from './Popover.tsx';
import { Sheet } from './Sheet.tsx';
import type { ShowcaseLabels } from './ShowcaseSet.tsx';
import { Set } from './ShowcaseSet.tsx';
import { toast } from './Toast.tsx';
import { Tooltip } from './Tooltip.tsx';

function Files({ labels }: { labels: ShowcaseLabels }) {
  const [sort, setSort] = useState<readonly string[]>(['name']);
  return (
    <Menu
      label={labels.file}
      trigger={
        <IconButton label={labels.more}>
          <Icon of={Ellipsis} />
        </IconButton>
      }
      groups={[
        {
          id: 'do',
          label: labels.file,
          items: [
            { id: 'see', label: labels.preview, icon: <Icon of={Eye} size="s" />, shortcut: 'Space' },
            { id: 'rename', label: labels.rename, icon: <Icon of={PenLine} size="s" />, shortcut: 'F2' },
            {
              id: 'move',
              label: labels.move,
              icon: <Icon of={FolderInput} size="s" />,
              items: [
                { id: 'plan', label: labels.folderPlan },
                { id: 'markets', label: labels.folderMarkets },
              ],
            },
          ],
        },
        {
          id: 'sort',
          title: labels.sortBy,
          choose: 'one',
          selected: sort,
          onChoose: setSort,
          items: [
            { id: 'name', label: labels.byName },
            { id: 'date', label: labels.byDate },
          ],
        },
        {
          id: 'end',
          label: labels.trash,
          items: [
            {
              id: 'trash',
              label: labels.trash,
              danger: true,
              icon: <Icon of={Trash2} size="s" />,
              shortcut: 'Del',
            },
          ],
        },
      ]}
    />
  );
}

function Palette({ labels }: { labels: ShowcaseLabels }) {
  const [open, setOpen] = useState(false);
  const groups = [
    {
      id: 'go',
      title: labels.goTo,
      items: [
        {
          id: 'committee',
          label: labels.committee,
          note: labels.committeeNote,
          icon: <Icon of={Video} size="s" />,
        },
        {
          id: 'minutes',
          label: labels.folderMinutes,
          note: labels.folderPlan,
          icon: <Icon of={Hash} size="s" />,
        },
      ],
    },
    {
      id: 'do',
      title: labels.do,
      items: [{ id: 'new', label: labels.newMeeting, shortcut: 'N R', icon: <Icon of={Plus} size="s" /> }],
    },
  ];
  const search = async (text: string) =>
    groups.map((group) => ({
      ...group,
      items: group.items.filter((item) => item.label.toLowerCase().includes(text.toLowerCase())),
    }));
  return (
    <>
      <Button onClick={() => setOpen(true)}>{labels.palette}</Button>
      <CommandPalette
        open={open}
        onOpenChange={setOpen}
        label={labels.ask}
        placeholder={labels.ask}
        closeLabel={labels.close}
        recent={groups}
        search={search}
        onChoose={(item) => toast(item.label)}
        none={() => labels.none}
        failed={labels.searchFailed}
        found={() => labels.found}
        hints={
          <>
            <Shortcut keys="↑ ↓">{labels.choose}</Shortcut>
            <Shortcut keys="↵">{labels.open}</Shortcut>
            <Shortcut keys="Ctrl ↵">{labels.newTab}</Shortcut>
          </>
        }
      />
    </>
  );
}

/** Menus, dialogs, sheets, popovers, tooltips, toasts, the palette. */
export function ShowcaseFloats({ labels }: { labels: ShowcaseLabels }) {
  return (
    <Set title={labels.floating}>
      <Files labels={labels} />
      <MenuLater
        label={labels.language}
        trigger={<Button>{labels.language}</Button>}
        groups={[
          {
            id: 'languages',
            label: labels.language,
            items: [
              { id: 'fr', label: 'Français' },
              { id: 'ar', label: 'العربية' },
            ],
          },
        ]}
        onAction={(id) => toast(id)}
      />
      <Dialog
        kind="alert"
        title={labels.eraseQuestion}
        trigger={<Button kind="danger-quiet">{labels.erase}</Button>}
        actions={(close) => (
          <>
            <Button onClick={close}>{labels.keep}</Button>
            <Button kind="danger" onClick={close}>
              {labels.erase}
            </Button>
          </>
        )}
      >
        <p>{labels.eraseWords}</p>
      </Dialog>
      <Sheet title={labels.details} closeLabel={labels.close} trigger={<Button>{labels.details}</Button>}>
        <p>{labels.emptyWords}</p>
      </Sheet>
      <Popover label={labels.person} trigger={<Button kind="quiet">{labels.person}</Button>}>
        <PersonChip id="card" name={labels.personOne} note={labels.members} presence="here" size="l" />
      </Popover>
      <Tooltip words={labels.exact}>
        <button type="button" className="p-meta">
          09:41
        </button>
      </Tooltip>
      <Button
        onClick={() =>
          toast(labels.binned, {
            action: { label: labels.undo, onPress: () => toast(labels.saved) },
          })
        }
      >
        {labels.sayIt}
      </Button>
      <Button onClick={() => toast(labels.notSentToast, { tone: 'bad' })}>{labels.sayBad}</Button>
      <Palette labels={labels} />
    </Set>
  );
}
