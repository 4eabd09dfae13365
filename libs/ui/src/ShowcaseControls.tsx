'use client';
import { Bold, Ellipsis, SendHorizontal, UserPlus } from 'lucide-react';
import { Badge, Chip } from './Badge.tsx';
import { Button, LinkButton } from './Button.tsx';
import { Checkbox, RadioGroup, Switch } from './Choice.tsx';
import { ComboBox } from './ComboBox.tsx';
import { Count } from './Count.tsx';
import { DateField } from './DateField.tsx';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';
import { Kbd } from './Kbd.tsx';
import { Seg, SegLinks } from './Seg.tsx';
import { Select } from './Select.tsx';
import type { ShowcaseLabels } from './ShowcaseSet.tsx';
import { Set, State } from './ShowcaseSet.tsx';
import { TextArea, TextField } from './TextField.tsx';

const ignore = () => {};

function OtherButtons({ labels }: { labels: ShowcaseLabels }) {
  return (
    <>
      <State name="disabled">
        <Button disabled>{labels.invite}</Button>
      </State>
      <State name="busy">
        <Button busy>{labels.send}</Button>
      </State>
      <State name="big">
        <Button kind="main" size="big">
          {labels.open}
        </Button>
      </State>
      <State name="small">
        <Button size="small">{labels.open}</Button>
      </State>
      <State name="icons">
        <span className="p-row">
          <IconButton label={labels.more}>
            <Icon of={Ellipsis} />
          </IconButton>
          <IconButton label={labels.bold} shortcut="Ctrl B" pressed>
            <Icon of={Bold} />
          </IconButton>
          <IconButton label={labels.notices} dot>
            <Icon of={Ellipsis} />
          </IconButton>
          <IconButton label={labels.send} kind="main">
            <Icon of={SendHorizontal} flip />
          </IconButton>
          <IconButton label={labels.send} kind="main" disabled>
            <Icon of={SendHorizontal} flip />
          </IconButton>
        </span>
      </State>
      <State name="keys">
        <span className="p-row">
          <Kbd>Ctrl K</Kbd>
          <Kbd>Esc</Kbd>
        </span>
      </State>
    </>
  );
}

function Buttons({ labels }: { labels: ShowcaseLabels }) {
  return (
    <Set title={labels.buttons}>
      <State name="main">
        <Button kind="main">{labels.share}</Button>
      </State>
      <State name="main, hover">
        <Button kind="main" className="is-hover">
          {labels.share}
        </Button>
      </State>
      <State name="main, focus">
        <Button kind="main" className="is-focus">
          {labels.share}
        </Button>
      </State>
      <State name="plain">
        <Button icon={<Icon of={UserPlus} size="s" />}>{labels.invite}</Button>
      </State>
      <State name="plain, hover">
        <Button className="is-hover">{labels.invite}</Button>
      </State>
      <State name="quiet, link">
        <LinkButton kind="quiet" href="#link">
          {labels.open}
        </LinkButton>
      </State>
      <State name="danger">
        <Button kind="danger">{labels.erase}</Button>
      </State>
      <State name="danger-quiet">
        <Button kind="danger-quiet">{labels.refuse}</Button>
      </State>
      <OtherButtons labels={labels} />
    </Set>
  );
}

function Fields({ labels }: { labels: ShowcaseLabels }) {
  const zones = [
    { id: 'north', label: labels.zoneNorth },
    { id: 'south', label: labels.zoneSouth },
    { id: 'island', label: labels.zoneIsland },
  ];
  return (
    <Set title={labels.fields}>
      <div className="p-show-fields">
        <TextField label={labels.channelName} help={labels.channelHelp} defaultValue="littoral-nord" />
        <TextField label={labels.returnDate} error={labels.returnError} defaultValue="1/12" />
        <TextField label={labels.channelName} placeholder="prenom@exemple.test" disabled />
        <TextArea label={labels.note} placeholder={labels.notePlaceholder} />
        <Select label={labels.zone} options={zones} placeholder={labels.chooseZone} />
        <Select label={labels.zone} options={zones} defaultValue="south" error={labels.returnError} />
        <ComboBox label={labels.zone} options={zones} placeholder={labels.chooseZone} none={labels.noZone} />
        <DateField label={labels.returnDate} defaultValue="2026-12-03" help={labels.channelHelp} />
      </div>
    </Set>
  );
}

function Choices({ labels }: { labels: ShowcaseLabels }) {
  return (
    <Set title={labels.whoSees}>
      <div className="p-show-fields">
        <div className="p-choices">
          <Switch label={labels.captions} note={labels.captionsNote} defaultChecked />
          <Switch label={labels.sound} />
          <Switch label={labels.sound} disabled />
        </div>
        <div className="p-choices">
          <Checkbox label={labels.alsoChannel} defaultChecked />
          <Checkbox label={labels.all} some />
          <Checkbox label={labels.messages} />
          <Checkbox label={labels.messages} disabled defaultChecked />
        </div>
        <RadioGroup
          label={labels.whoSees}
          name="who"
          defaultValue="all"
          options={[
            { id: 'all', label: labels.everyone },
            { id: 'guests', label: labels.guestsOnly, note: labels.captionsNote },
          ]}
        />
      </div>
      <Seg
        label={labels.language}
        defaultValue="fr"
        options={[
          { id: 'fr', label: 'Français', lang: 'fr' },
          { id: 'en', label: 'English', lang: 'en' },
          { id: 'ar', label: 'العربية', lang: 'ar' },
        ]}
      />
      <SegLinks
        label={labels.file}
        current="all"
        options={[
          { id: 'all', label: labels.all, href: '#all' },
          { id: 'messages', label: labels.messages, href: '#messages' },
        ]}
      />
      <span className="p-row">
        <button type="button" className="p-chip" aria-pressed="true" onClick={ignore}>
          {labels.all}
        </button>
        <button type="button" className="p-chip" aria-pressed="false" onClick={ignore}>
          {labels.messages}
        </button>
        <Chip href="#file">{labels.fileThree}</Chip>
      </span>
      <span className="p-row">
        <Badge>{labels.members}</Badge>
        <Badge tone="good">{labels.accepted}</Badge>
        <Badge tone="wait">{labels.waiting}</Badge>
        <Badge tone="bad">{labels.refused}</Badge>
        <Badge tone="people">{labels.guest}</Badge>
        <Badge tone="info">{labels.saved}</Badge>
        <Count value={4} mine />
        <Count value={12} />
        <Count value={128} />
      </span>
    </Set>
  );
}

/** Buttons, fields and choices. */
export function ShowcaseControls({ labels }: { labels: ShowcaseLabels }) {
  return (
    <>
      <Buttons labels={labels} />
      <Fields labels={labels} />
      <Choices labels={labels} />
    </>
  );
}
