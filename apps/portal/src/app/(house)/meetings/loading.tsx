import { ColumnPageSkeleton } from '../../../shell/PageSkeleton.tsx';

export default function Loading() {
  return <ColumnPageSkeleton column={false} />;
}
