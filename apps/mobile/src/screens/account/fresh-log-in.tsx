import { router } from 'expo-router';
import { StyleSheet, View } from 'react-native';
import type { Profile } from '@/api/types';
import { Button } from '@/components/button';
import type { Submission } from '@/components/form/use-submission';
import { ProviderButtons } from '@/screens/log-in/provider-buttons';
import { spacing } from '@/theme/theme';

interface FreshLogInProps {
  form: Submission;
  profile: Profile;
  returnTo: string;
}

/** Where the server wants to see the learner log in once more, the ways to do so. They lead back here. */
export function FreshLogIn({ form, profile, returnTo }: FreshLogInProps) {
  const isWanted = form.failure?.kind === 'form' && form.failure.refusal.code === 'fresh_login_required';
  if (!isWanted) return null;
  const only = profile.identities.map(({ provider }) => provider);
  return (
    <View style={styles.ways}>
      {profile.has_password && (
        <Button
          mode="outlined"
          onPress={() => router.push({ pathname: '/log-in', params: { from: returnTo, again: 'yes' } })}
          testID="fresh-log-in"
        >
          Log in once more
        </Button>
      )}
      <ProviderButtons returnTo={returnTo} onLoggedIn={() => undefined} only={only} />
    </View>
  );
}

const styles = StyleSheet.create({
  ways: { width: '100%', maxWidth: 440, alignSelf: 'center', gap: spacing.m },
});
