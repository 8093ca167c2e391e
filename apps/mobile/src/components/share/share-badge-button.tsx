import { serverOrigin } from '@/api/server-url';
import type { BadgeName } from '@/api/types';
import { shareLinks } from '@/lib/share-links';
import { ShareButton } from './share-button';

/** Shares a badge that was earned. */
export function ShareBadgeButton({ badge }: { badge: Pick<BadgeName, 'id' | 'name'> }) {
  return (
    <ShareButton
      link={shareLinks(serverOrigin()).badge(badge)}
      label={`Share the badge “${badge.name}”`}
      testID={`share-${badge.id}`}
    />
  );
}
