'use client';
import { AvatarStack, Avatar } from './Avatar.tsx';
import { Mark } from './Mark.tsx';
import { PersonChip } from './PersonChip.tsx';
import { ShowcaseCollections } from './ShowcaseCollections.tsx';
import { ShowcaseControls } from './ShowcaseControls.tsx';
import { ShowcaseFloats } from './ShowcaseFloats.tsx';
import type { ShowcaseLabels } from './ShowcaseSet.tsx';
import { Set } from './ShowcaseSet.tsx';
import { ShowcaseStates } from './ShowcaseStates.tsx';
import type { Motif } from './SpaceTile.tsx';
import { SpaceTile } from './SpaceTile.tsx';
import { Toaster } from './Toast.tsx';

const surfaces = ['ground', 'paper', 'raised', 'well', 'hover', 'ink', 'ink-2', 'ink-3'];
const colours = [
  'accent',
  'accent-wash',
  'terra',
  'terra-wash',
  'green',
  'green-wash',
  'amber',
  'amber-wash',
  'red',
  'red-wash',
  'mark',
];
const sizes = ['34', '26', '20', '17', '15', '13', '12'];
const motifs: Motif[] = ['waves', 'corners', 'arches', 'star'];

function Swatches({ names }: { names: readonly string[] }) {
  return (
    <ul className="p-show-swatches">
      {names.map((name) => (
        <li key={name}>
          <span style={{ background: `var(--${name})` }} />
          <code dir="ltr">{name}</code>
        </li>
      ))}
    </ul>
  );
}

function People({ labels }: { labels: ShowcaseLabels }) {
  const people = [
    labels.personOne,
    labels.personTwo,
    labels.personThree,
    labels.personFour,
    labels.personFive,
  ].map((name, place) => ({ id: `person-${place}`, name }));
  const presences = ['here', 'meeting', undefined, 'away', 'busy'] as const;
  return (
    <>
      {people.map((person, place) => (
        <Avatar
          key={person.id}
          {...person}
          hue={(place + 1) as 1 | 2 | 3 | 4 | 5}
          size="l"
          presence={presences[place]}
        />
      ))}
      {([6, 7, 8] as const).map((hue) => (
        <Avatar key={hue} id="x" name={labels.personTwo} hue={hue} size="l" />
      ))}
      <Avatar id="m" name={labels.personFour} />
      <Avatar id="s" name={labels.personThree} size="s" />
      <PersonChip
        id="p1"
        name={labels.personFive}
        guest={labels.guest}
        presence="here"
        presenceLabel={labels.here}
      />
      <AvatarStack people={people} max={3} label={people.map((person) => person.name).join(', ')} />
    </>
  );
}

/** Every part in all its states, for looking, for axe and for pictures. `labels` is one of the showcase.*.json files. */
export function Showcase({ labels }: { labels: ShowcaseLabels }) {
  return (
    <div className="p-show">
      <header className="p-row">
        <Mark size={34} />
        <h1>{labels.title}</h1>
      </header>
      <Set title={labels.surfaces}>
        <Swatches names={surfaces} />
      </Set>
      <Set title={labels.colours}>
        <Swatches names={colours} />
      </Set>
      <Set title={labels.people}>
        <People labels={labels} />
      </Set>
      <Set title={labels.spaces}>
        {motifs.flatMap((motif) =>
          ([0, 1] as const).map((colouring) => (
            <SpaceTile key={motif + colouring} id={motif} size="l" stone={{ motif, colouring }} />
          )),
        )}
        <SpaceTile id="one" />
        <SpaceTile id="two" size="s" />
      </Set>
      <Set title={labels.letters}>
        <div className="p-show-scale">
          {sizes.map((size, place) => (
            <p
              key={size}
              style={{ fontSize: `var(--t${size})`, fontWeight: `var(--w-${place < 4 ? 'title' : 'text'})` }}
            >
              <span className="p-tiny p-meta p-num">{size}</span>
              {labels.sample}
            </p>
          ))}
        </div>
      </Set>
      <ShowcaseControls labels={labels} />
      <ShowcaseFloats labels={labels} />
      <ShowcaseStates labels={labels} />
      <ShowcaseCollections labels={labels} />
      <Toaster label={labels.notices} closeLabel={labels.close} />
    </div>
  );
}
