import { useEffect } from 'react';
import { StyleSheet, View } from 'react-native';
import type { Language } from '@/api/types';
import { Button } from '@/components/button';
import { ProgressBar } from '@/components/progress-bar';
import { Text } from '@/components/text';
import { languageNames } from '@/lib/languages';
import { useIsOnline } from '@/offline/connection';
import { useGuests } from '@/offline/engine/guest-state';
import { loadGuest, lookForGuest, removeGuest } from '@/offline/engine/guests';
import { spacing, useAppTheme } from '@/theme/theme';

/** A language that comes by itself is not offered. */
const loadsByItself: Language = 'javascript';

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Whether code of a language can be run without a connection, and what that takes. */
export function OfflineLanguage({ language }: { language: Language }) {
  const { palette } = useAppTheme();
  const { isReady, size, loaded, hasFailed } = useGuests((guests) => guests[language]);
  const isOnline = useIsOnline();
  // biome-ignore lint/correctness/useExhaustiveDependencies: more is known with a connection
  useEffect(() => void lookForGuest(language), [language, isOnline]);
  const name = languageNames[language];
  if (!isReady && size === null && loaded === null) return null;
  return (
    <View style={styles.language} testID={`offline-${language}`}>
      <Text variant="bodyMedium">{isReady ? `${name} runs offline` : `${name} runs online only`}</Text>
      {loaded !== null && size !== null && (
        <>
          <ProgressBar done={loaded} total={size} label={`${name}: loaded`} />
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {megabytes(loaded)} of {megabytes(size)}
          </Text>
        </>
      )}
      {hasFailed && (
        <Text variant="bodySmall" style={{ color: palette.error }} accessibilityLiveRegion="polite">
          That could not be loaded. What has been loaded is kept.
        </Text>
      )}
      {!isReady && loaded === null && size !== null && (
        <Button
          mode="outlined"
          icon="download-outline"
          disabled={!isOnline}
          onPress={() => void loadGuest(language)}
          testID={`load-${language}`}
        >
          Load {name} ({megabytes(size)})
        </Button>
      )}
      {isReady && language !== loadsByItself && (
        <Button
          icon="delete-outline"
          onPress={() => void removeGuest(language)}
          testID={`remove-${language}`}
        >
          Remove {name}
        </Button>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  language: { gap: spacing.s, alignItems: 'stretch' },
});
