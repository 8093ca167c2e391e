import { router } from 'expo-router';
import { StyleSheet } from 'react-native';
import type { Language } from '@/api/types';
import { Button } from '@/components/button';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { useAccountLinks } from '@/lib/account-links';
import { languageNames } from '@/lib/languages';
import { useProgress } from '@/state/queries/progress';
import { useAppTheme } from '@/theme/theme';

/** In place of a drill, when all that may be done is done. */
export function NothingNext({ language }: { language: Language }) {
  const { palette } = useAppTheme();
  const { signUp } = useAccountLinks();
  const isTrialUsed = useProgress(language).data?.trial_snippets_remaining === 0;
  return (
    <TitledCard
      title={isTrialUsed ? 'Your trial snippets are used' : 'All done for now'}
      testID="nothing-next"
    >
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        {isTrialUsed
          ? 'With an account all snippets are open to you, and what you did comes along.'
          : `There is nothing new in ${languageNames[language]} right now. What you solved comes back when it is time.`}
      </Text>
      {isTrialUsed ? (
        <Button mode="contained" onPress={signUp} style={styles.button} testID="nothing-next-sign-up">
          Sign up
        </Button>
      ) : (
        <Button mode="contained-tonal" onPress={() => router.navigate('/patterns')} style={styles.button}>
          To the patterns
        </Button>
      )}
    </TitledCard>
  );
}

const styles = StyleSheet.create({ button: { alignSelf: 'flex-start' } });
