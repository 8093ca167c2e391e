import { router, useLocalSearchParams } from 'expo-router';
import { useState } from 'react';
import { anonymousApi, answerOf } from '@/api/client';
import { Button } from '@/components/button';
import { useHasAccount, useSessionStore } from '@/state/session';
import { CredentialsScreen } from './credentials-screen';

export function LogInScreen() {
  const { from, again } = useLocalSearchParams<{ from?: string; again?: string }>();
  const isTrial = useSessionStore((state) => state.isTrial);
  const hasAccount = useHasAccount();
  // Even if the session ends meanwhile.
  const [isOnceMore] = useState(hasAccount && Boolean(again));
  return (
    <CredentialsScreen
      title="Log in"
      intro={
        isOnceMore
          ? 'Before your account is changed, show that it is you.'
          : isTrial
            ? 'What you did in this trial is added to your account.'
            : 'Your progress is kept in your account, for all your devices.'
      }
      passwordKind="password"
      send={(body, headers) => answerOf(anonymousApi.POST('/auth/login', { body, headers }))}
      submitTestID="log-in-button"
      isOnceMore={isOnceMore}
    >
      <Button onPress={() => router.push('/forgot-password')} testID="forgot-password">
        Forgot your password?
      </Button>
      {!isOnceMore && (
        <Button
          onPress={() => router.replace({ pathname: '/sign-up', params: { from } })}
          testID="to-sign-up"
        >
          New here? Sign up
        </Button>
      )}
    </CredentialsScreen>
  );
}
