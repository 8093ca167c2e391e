import { router } from 'expo-router';
import { ScrollView, StyleSheet, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import type { Language } from '@/api/types';
import { Button } from '@/components/button';
import { PressableCard } from '@/components/card';
import { Icon } from '@/components/icon/icon';
import { Text } from '@/components/text';
import { languageNames } from '@/lib/languages';
import { setPreference } from '@/state/preferences';
import { useHasAccount } from '@/state/session';
import { codeFontFamily, contentWidth, radius, spacing, useAppTheme } from '@/theme/theme';

const samples: Record<Language, string> = {
  python: 'while left < right:\n    total += nums[left]',
  javascript: 'while (left < right) {\n  total += nums[left];',
};

/** The first start: the one question that is asked. */
export function WelcomeScreen() {
  const { palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  // Whoever came by a link may have signed up before.
  const hasAccount = useHasAccount();
  return (
    <ScrollView
      role="main"
      style={{ backgroundColor: palette.background }}
      contentContainerStyle={[
        styles.content,
        { paddingTop: insets.top + spacing.xxl, paddingBottom: insets.bottom + spacing.xl },
      ]}
    >
      <View style={[styles.emblem, { backgroundColor: palette.primaryContainer }]}>
        <Icon name="bug-outline" color={palette.onPrimaryContainer} size={40} />
      </View>
      <View style={styles.texts}>
        <Text variant="headlineMedium" style={styles.title} accessibilityRole="header">
          Find the bug. Fix it. Remember the pattern.
        </Text>
        <Text variant="bodyLarge" style={{ color: palette.onSurfaceVariant }}>
          Short functions, one bug each. Which language do you want to practise in?
        </Text>
      </View>
      <LanguageCard language="python" />
      <LanguageCard language="javascript" />
      <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
        You can change it at any time in your profile.
      </Text>
      {!hasAccount && (
        <Button onPress={() => router.push('/log-in')} style={styles.start} testID="welcome-log-in">
          You have an account? Log in
        </Button>
      )}
    </ScrollView>
  );
}

function LanguageCard({ language }: { language: Language }) {
  const { palette } = useAppTheme();
  return (
    <PressableCard
      testID={`language-${language}`}
      label={languageNames[language]}
      onPress={() => setPreference({ language })}
      style={styles.card}
    >
      <View style={styles.cardHeader}>
        <Text variant="titleLarge" style={styles.cardTitle}>
          {languageNames[language]}
        </Text>
        <Icon name="arrow-right" color={palette.primary} />
      </View>
      <View
        style={[
          styles.sample,
          { backgroundColor: palette.code.background, borderColor: palette.outlineVariant },
        ]}
      >
        <Text style={[styles.code, { color: palette.code.text }]} numberOfLines={2}>
          {samples[language]}
        </Text>
      </View>
    </PressableCard>
  );
}

const styles = StyleSheet.create({
  content: {
    flexGrow: 1,
    justifyContent: 'center',
    width: '100%',
    maxWidth: contentWidth,
    alignSelf: 'center',
    paddingHorizontal: spacing.l,
    gap: spacing.l,
  },
  emblem: { width: 72, height: 72, borderRadius: radius.l, alignItems: 'center', justifyContent: 'center' },
  texts: { gap: spacing.s },
  title: { fontWeight: '700', lineHeight: 36 },
  start: { alignSelf: 'flex-start', marginLeft: -spacing.m },
  card: { gap: spacing.m },
  cardHeader: { flexDirection: 'row', alignItems: 'center' },
  cardTitle: { flex: 1, fontWeight: '700' },
  sample: { borderRadius: radius.m, borderWidth: 1, padding: spacing.m },
  code: { fontFamily: codeFontFamily, fontSize: 13, lineHeight: 20 },
});
