import { AskForAccess } from '../../sharing/AskForAccess.tsx';
import { Nowhere } from '../../shell/Nowhere.tsx';

/** Behind the sign-in, whoever came by an address that a colleague gave them may ask to be let in. */
export default function NotFound() {
  return (
    <Nowhere>
      <AskForAccess />
    </Nowhere>
  );
}
