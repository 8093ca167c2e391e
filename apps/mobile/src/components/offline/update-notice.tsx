import { Button } from '@/components/button';
import { useAppUpdate } from '@/offline/service-worker/app-update';
import { Notice } from './notice';

/** Offers the newer version that was loaded in the background. Nothing is loaded anew unless the learner wants it. */
export function UpdateNotice() {
  const reload = useAppUpdate((state) => state.reload);
  if (!reload) return null;
  return (
    <Notice icon="restore" text="A new version is ready" testID="update-notice">
      <Button compact onPress={reload} testID="reload-app">
        Reload
      </Button>
    </Notice>
  );
}
