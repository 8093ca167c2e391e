import { router } from 'expo-router';
import { useState } from 'react';
import { Modal, StyleSheet, View } from 'react-native';
import type { Profile } from '@/api/types';
import { Button } from '@/components/button';
import type { Submission } from '@/components/form/use-submission';
import { ProviderButtons } from '@/screens/log-in/provider-buttons';
import { SecondFactorStep } from '@/screens/log-in/second-factor-step';
import type { LogInResult } from '@/state/log-in';
import { formColumn, spacing } from '@/theme/theme';

interface FreshLogInProps {
  form: Submission;
  profile: Profile;
  returnTo: string;
}

/** Where the server wants to see the learner log in once more, the ways to do so. They lead back here. */
export function FreshLogIn({ form, profile, returnTo }: FreshLogInProps) {
  const [request, setRequest] = useState<LogInResult>(null);
  const isWanted = form.failure?.kind === 'form' && form.failure.refusal.code === 'fresh_login_required';
  if (!isWanted) return null;
  const only = profile.identities.map(({ provider }) => provider);
  // A submission of its own takes the refusal away.
  const settle = (result: LogInResult) => {
    setRequest(result);
    if (!result) void form.submit(async () => undefined);
  };
  const logIn = () =>
    form.submit(async () => router.push({ pathname: '/log-in', params: { from: returnTo, again: 'yes' } }));
  return (
    <View style={styles.ways}>
      {profile.has_password && (
        <Button mode="outlined" onPress={logIn} testID="fresh-log-in">
          Log in once more
        </Button>
      )}
      <ProviderButtons returnTo={returnTo} onLoggedIn={settle} only={only} />
      {/* In the browser the page is left, and asks for it when it is back. */}
      <Modal visible={request !== null} onRequestClose={() => setRequest(null)} animationType="slide">
        {request && (
          <SecondFactorStep request={request} onLoggedIn={settle} onRestart={() => setRequest(null)} />
        )}
      </Modal>
    </View>
  );
}

const styles = StyleSheet.create({
  ways: { ...formColumn, gap: spacing.m },
});
