import { router, useLocalSearchParams } from 'expo-router';
import { anonymousApi, answerOf } from '@/api/client';
import { Button } from '@/components/button';
import { CredentialsScreen } from '@/screens/log-in/credentials-screen';
import { useSessionStore } from '@/state/session';

export function SignUpScreen() {
  const { from } = useLocalSearchParams<{ from?: string }>();
  const isTrial = useSessionStore((state) => state.isTrial);
  return (
    <CredentialsScreen
      title="Sign up"
      intro={
        isTrial
          ? 'All snippets are open to you with an account. What you did in this trial comes along.'
          : 'With an account all snippets are open to you, and your progress is on all your devices.'
      }
      passwordKind="new-password"
      send={(body, headers) => answerOf(anonymousApi.POST('/auth/signup', { body, headers }))}
      submitTestID="sign-up-button"
    >
      <Button onPress={() => router.replace({ pathname: '/log-in', params: { from } })} testID="to-log-in">
        You have an account? Log in
      </Button>
    </CredentialsScreen>
  );
}
