import { DocumentSkeleton } from '../../../../shell/PageSkeleton.tsx';

export default function Loading() {
  return <DocumentSkeleton />;
}
