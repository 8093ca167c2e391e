import Constants from 'expo-constants';
import { useState } from 'react';
import { StyleSheet } from 'react-native';
import type { Language } from '@/api/types';
import { Button } from '@/components/button';
import { Choices } from '@/components/choices';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { Screen, ScreenHeader } from '@/components/screen';
import { Text } from '@/components/text';
import { TitledCard } from '@/components/titled-card';
import { languageNames } from '@/lib/languages';
import { useScreenTitle } from '@/lib/use-screen-title';
import { fontSizes, setPreference, type ThemeChoice, usePreferences } from '@/state/preferences';
import { useChangeProfile } from '@/state/queries/account';
import { useFreshProgress } from '@/state/queries/progress';
import { resetDevice } from '@/state/reset-device';
import { useHasAccount } from '@/state/session';
import { useLanguage } from '@/state/use-language';
import { codeFontFamily, spacing, useAppTheme } from '@/theme/theme';
import { AccountCard } from './account-card';
import { OfflineCard } from './offline-card';
import { SettingsCard } from './settings-card';

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
  const hasAccount = useHasAccount();
  return (
    <Screen header={<ScreenHeader title="Profile" />}>
      <AccountCard />
      <LanguageSetting />
      <ThemeSetting />
      <FontSizeSetting />
      <SettingsCard />
      <OfflineCard />
      {!hasAccount && <ResetDevice />}
      <About />
    </Screen>
  );
}

function LanguageSetting() {
  const hasAccount = useHasAccount();
  const changeProfile = useChangeProfile();

  function choose(language: Language) {
    setPreference({ language });
    // For the learner's other devices.
    if (hasAccount) changeProfile.mutate({ preferred_language: language });
  }

  return (
    <TitledCard title="Language">
      <Choices
        label="Language"
        options={languages}
        chosen={useLanguage()}
        onChoose={choose}
        testID="choose"
      />
    </TitledCard>
  );
}

function ThemeSetting() {
  return (
    <TitledCard title="Theme">
      <Choices
        label="Theme"
        options={themes}
        chosen={usePreferences((state) => state.theme)}
        onChoose={(theme) => setPreference({ theme })}
        testID="theme"
      />
    </TitledCard>
  );
}

function FontSizeSetting() {
  const { palette } = useAppTheme();
  const chosen = usePreferences((state) => state.fontSize);
  return (
    <TitledCard title="Size of code">
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
    </TitledCard>
  );
}

function ResetDevice() {
  const { palette } = useAppTheme();
  const [isAsking, setAsking] = useState(false);
  return (
    <TitledCard title="This device">
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
        isDangerous
        onClose={() => setAsking(false)}
        onConfirm={() => void resetDevice()}
      />
    </TitledCard>
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
  sample: { fontFamily: codeFontFamily },
  button: { alignSelf: 'flex-start' },
  about: { textAlign: 'center', paddingTop: spacing.s },
});
