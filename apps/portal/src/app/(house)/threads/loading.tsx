import { ListSkeleton } from '../../../shell/PageSkeleton.tsx';

export default function Loading() {
  return <ListSkeleton column={false} />;
}
