import { ChannelSkeleton } from '../../../../shell/PageSkeleton.tsx';

export default function Loading() {
  return <ChannelSkeleton />;
}
