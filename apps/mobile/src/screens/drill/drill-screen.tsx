import { StyleSheet, View } from 'react-native';
import { failureFromError } from '@/api/failure';
import { ScreenHeader } from '@/components/screen';
import { Skeleton } from '@/components/skeleton';
import { loadEditor } from '@/editor/load-editor';
import { goBack } from '@/lib/go-back';
import { useIsLong } from '@/lib/use-is-long';
import { useScreenTitle } from '@/lib/use-screen-title';
import { useIsOnline } from '@/offline/connection';
import { NotFoundScreen } from '@/screens/not-found-screen';
import { useSnippetState } from '@/state/queries/progress';
import { useSnippet } from '@/state/queries/snippets';
import { spacing, useAppTheme } from '@/theme/theme';
import { Drill } from './drill';
import { NotOnDevice } from './not-on-device';
import { useBeginning } from './use-beginning';

// It is needed as soon as the snippet is there: both are loaded at once.
if (typeof window !== 'undefined') loadEditor().catch(() => undefined);

/** What was kept on the device is old: the server is asked first, but nobody waits long for it. */
const appStartedAt = Date.now();
const patienceMilliseconds = 4000;

function useIsWaiting({ isLoading, isFetching, dataUpdatedAt }: ReturnType<typeof useSnippetState>): boolean {
  const isOnline = useIsOnline();
  const isWaiting = isLoading || (isOnline && isFetching && dataUpdatedAt < appStartedAt);
  const isLong = useIsLong(isWaiting, patienceMilliseconds);
  return isWaiting && !isLong;
}

interface DrillScreenProps {
  slug: string;
  /** Whether it comes back, to be done as if it had not been done before. */
  isAgain: boolean;
}

export function DrillScreen({ slug, isAgain }: DrillScreenProps) {
  const { palette } = useAppTheme();
  const snippet = useSnippet(slug);
  const state = useSnippetState(slug);
  useScreenTitle(snippet.data?.title);
  const isLoading = useIsWaiting(state);
  const beginning = useBeginning(snippet.data, { data: state.data, isLoading }, slug, isAgain);

  if (snippet.error && failureFromError(snippet.error).kind === 'not-found') return <NotFoundScreen />;
  if (snippet.data && beginning) {
    return <Drill snippet={snippet.data} state={state.data} beginning={beginning} />;
  }
  return (
    <View role="main" style={[styles.screen, { backgroundColor: palette.background }]}>
      <ScreenHeader title="" onBack={() => goBack('/')} />
      {snippet.error ? (
        <NotOnDevice error={snippet.error} onRetry={() => void snippet.refetch()} />
      ) : (
        <View style={styles.bones}>
          <Skeleton width="100%" height={120} />
          <Skeleton width="100%" height={280} />
        </View>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  screen: { flex: 1 },
  bones: { padding: spacing.l, gap: spacing.l },
});
