import Constants from 'expo-constants';
import { type ReactNode, useState } from 'react';
import { StyleSheet } from 'react-native';
import { Button, Text } from 'react-native-paper';
import type { Language } from '@/api/types';
import { Card } from '@/components/card';
import { Choices } from '@/components/choices';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Screen, ScreenHeader } from '@/components/screen';
import { languageNames } from '@/lib/languages';
import { trialNote } from '@/lib/trial';
import { useScreenTitle } from '@/lib/use-screen-title';
import { fontSizes, setPreference, type ThemeChoice, usePreferences } from '@/state/preferences';
import { useFreshProgress, useProgress } from '@/state/queries/progress';
import { resetDevice } from '@/state/reset-device';
import { useLanguage } from '@/state/use-language';
import { codeFontFamily, spacing, useAppTheme } from '@/theme/theme';

const languages: { value: Language; label: string }[] = [
  { value: 'python', label: languageNames.python },
  { value: 'javascript', label: languageNames.javascript },
];
const themes: { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function ProfileScreen() {
  useFreshProgress();
  useScreenTitle('Profile');
  return (
    <Screen header={<ScreenHeader title="Profile" />}>
      <AccountCard />
      <LanguageSetting />
      <ThemeSetting />
      <FontSizeSetting />
      <ResetDevice />
      <About />
    </Screen>
  );
}

function Setting({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card style={styles.setting}>
      <Text variant="titleMedium" style={styles.title}>
        {title}
      </Text>
      {children}
    </Card>
  );
}

function AccountCard() {
  const { palette } = useAppTheme();
  const remaining = useProgress().data?.trial_snippets_remaining;
  return (
    <Setting title="You are trying bugdrill">
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        {remaining == null ? 'A trial has a few snippets.' : `You have ${trialNote(remaining)}.`} Sign-up is
        not available on this server yet. Your progress belongs to this device.
      </Text>
    </Setting>
  );
}

function LanguageSetting() {
  return (
    <Setting title="Language">
      <Choices
        label="Language"
        options={languages}
        chosen={useLanguage()}
        onChoose={(language) => setPreference({ language })}
        testID="choose"
      />
    </Setting>
  );
}

function ThemeSetting() {
  return (
    <Setting title="Theme">
      <Choices
        label="Theme"
        options={themes}
        chosen={usePreferences((state) => state.theme)}
        onChoose={(theme) => setPreference({ theme })}
        testID="theme"
      />
    </Setting>
  );
}

function FontSizeSetting() {
  const { palette } = useAppTheme();
  const chosen = usePreferences((state) => state.fontSize);
  return (
    <Setting title="Size of code">
      <Choices
        label="Size of code"
        options={fontSizes.map((size) => ({ value: size, label: String(size) }))}
        chosen={chosen}
        onChoose={(fontSize) => setPreference({ fontSize })}
        testID="font-size"
      />
      <Text style={[styles.sample, { color: palette.code.text, fontSize: chosen, lineHeight: chosen * 1.6 }]}>
        while left &lt;= right:
      </Text>
    </Setting>
  );
}

function ResetDevice() {
  const { palette } = useAppTheme();
  const [isAsking, setAsking] = useState(false);
  return (
    <Setting title="This device">
      <Text variant="bodyMedium" style={{ color: palette.onSurfaceVariant }}>
        Forgets your trial, your drafts and your settings.
      </Text>
      <Button
        mode="outlined"
        icon="delete-outline"
        textColor={palette.error}
        onPress={() => setAsking(true)}
        testID="reset-device-button"
        style={styles.button}
      >
        Reset this device
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title="Reset this device?"
        message="Your progress and everything you typed will be gone. This can't be undone."
        confirmLabel="Reset"
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void resetDevice();
        }}
      />
    </Setting>
  );
}

function About() {
  const { palette } = useAppTheme();
  return (
    <Text variant="bodySmall" style={[styles.about, { color: palette.onSurfaceVariant }]}>
      bugdrill {Constants.expoConfig?.version}
    </Text>
  );
}

const styles = StyleSheet.create({
  setting: { gap: spacing.m },
  title: { fontWeight: '700' },
  sample: { fontFamily: codeFontFamily },
  button: { alignSelf: 'flex-start' },
  about: { textAlign: 'center', paddingTop: spacing.s },
});
