import { serverOrigin } from '@/api/server-url';
import { shareLinks } from '@/lib/share-links';
import { ShareButton } from './share-button';

/** Shares the challenge of a day that was solved. */
export function ShareDailyButton({ date }: { date: string }) {
  return (
    <ShareButton
      // What came of sharing one day's says nothing of another's.
      key={date}
      link={shareLinks(serverOrigin()).daily(date)}
      label="Share the daily challenge"
      testID="share-daily"
    />
  );
}
