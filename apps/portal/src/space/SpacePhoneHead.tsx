import type { Space } from '@parvis/contract/directory';
import { SpaceTile } from '@parvis/ui/SpaceTile';
import { me } from '../ask.ts';
import { StartMeeting } from '../meet/StartMeeting.tsx';
import { ScheduleIn } from '../meetings/ScheduleIn.tsx';
import { MembersButton } from './MembersButton.tsx';

/** On a phone the list of a space is its page: this stands above it, with who is in and the way to meet. */
export async function SpacePhoneHead({ space }: { space: Space }) {
  const mine = await me();
  return (
    <main className="space-phone">
      <SpaceTile id={space.id} size="m" />
      <h1 className="p-sr">
        <bdi>{space.title}</bdi>
      </h1>
      <span className="p-grow" />
      <MembersButton space={space} />
      {space.abilities.edit && mine.person.kind === 'member' && (
        <>
          <ScheduleIn space={{ id: space.id, title: space.title }} />
          <StartMeeting spaceId={space.id} title={space.title} small />
        </>
      )}
    </main>
  );
}
