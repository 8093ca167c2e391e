import { useEffect, useState } from 'react';
import { Button } from '@/components/button';
import { countSnippets } from '@/components/offline/describe-attempts';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { loadAhead, useAhead, wantedCount } from '@/offline/ahead/ahead';
import { useReadySnippets } from '@/offline/cache/cache';
import { useIsOnline } from '@/offline/connection';
import { usedBytes } from '@/offline/used-bytes';
import { useAppTheme } from '@/theme/theme';
import { OfflineLanguage } from './offline-language';

/** What of bugdrill is there without a connection, and how much room it takes. */
export function OfflineCard() {
  const { palette } = useAppTheme();
  const ready = useReadySnippets((state) => state.bySlug);
  const { chosen, isLoading, savesData } = useAhead();
  const isOnline = useIsOnline();
  const used = useUsed(ready.size);
  const isComplete = chosen.length > 0 && chosen.every((slug) => ready.has(slug));
  return (
    <TitledCard title="Without a connection" testID="offline-card">
      <Text variant="bodyMedium" testID="ready-count">
        {countSnippets(ready.size)} ready offline{used && ` · ${used} used`}
      </Text>
      <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
        {stateText({ isComplete, isLoading, isOnline, savesData })}
      </Text>
      {savesData && isOnline && !isComplete && (
        <Button
          mode="outlined"
          icon="download-outline"
          loading={isLoading}
          disabled={isLoading}
          onPress={() => void loadAhead(true)}
          testID="load-ahead"
        >
          Load {wantedCount} snippets
        </Button>
      )}
      <OfflineLanguage language="javascript" />
      <OfflineLanguage language="python" />
    </TitledCard>
  );
}

interface Standing {
  isComplete: boolean;
  isLoading: boolean;
  isOnline: boolean;
  savesData: boolean;
}

function stateText({ isComplete, isLoading, isOnline, savesData }: Standing): string {
  if (isLoading) return 'More are being loaded.';
  if (isComplete)
    return 'What is due, what comes next, and what you opened. What you submit is sent when you are online.';
  if (!isOnline) return 'More are loaded once you are online.';
  if (savesData) return 'Your browser saves data: only what you open is kept.';
  return 'More are loaded while you look around.';
}

function useUsed(readyCount: number): string | null {
  const [bytes, setBytes] = useState<number | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it changes with what is ready
  useEffect(() => {
    let isCurrent = true;
    usedBytes().then(
      (used) => isCurrent && setBytes(used),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [readyCount]);
  if (bytes === null) return null;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
