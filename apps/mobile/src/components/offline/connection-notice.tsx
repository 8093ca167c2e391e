import { Button } from '@/components/button';
import { useMyAttempts } from '@/offline/attempts/attempts';
import { sendAttempts } from '@/offline/attempts/send';
import { useReadySnippets } from '@/offline/cache/cache';
import { useIsOnline } from '@/offline/connection';
import { countAttempts, countSnippets } from './describe-attempts';
import { Notice } from './notice';

/** Says that there is no connection, and what the server does not have yet; nothing, where all is well. */
export function ConnectionNotice() {
  const isOnline = useIsOnline();
  const { pending, isSending } = useMyAttempts();
  const readyCount = useReadySnippets((state) => state.bySlug.size);
  const count = pending.length;
  if (count === 0) {
    if (isOnline) return null;
    const ready = readyCount > 0 ? ` · ${countSnippets(readyCount)} ready` : '';
    return <Notice icon="cloud-off-outline" text={`Offline${ready}`} testID="offline-notice" />;
  }
  if (!isOnline) {
    return (
      <Notice
        icon="cloud-off-outline"
        text={`Offline · ${countAttempts(count)} not sent`}
        testID="offline-notice"
      />
    );
  }
  if (isSending) {
    return <Notice icon="send" text={`Sending ${countAttempts(count)}…`} testID="sending-notice" />;
  }
  return (
    <Notice icon="send" text={`${countAttempts(count)} not sent`} testID="pending-notice">
      <Button compact onPress={() => void sendAttempts()} testID="send-attempts">
        Send now
      </Button>
    </Notice>
  );
}
