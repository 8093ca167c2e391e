import { useMutation } from '@tanstack/react-query';
import { router, useLocalSearchParams } from 'expo-router';
import { useEffect, useState } from 'react';
import { ActivityIndicator } from 'react-native';
import { describeFailure, failureFromError } from '@/api/failure';
import { Button } from '@/components/button';
import { Message } from '@/components/message';
import { Screen, ScreenHeader } from '@/components/screen';
import { pathFrom } from '@/lib/account-links';
import { useScreenTitle } from '@/lib/use-screen-title';
import { SecondFactorStep } from '@/screens/log-in/second-factor-step';
import { useLogInResult } from '@/screens/log-in/use-log-in-result';
import { takeFlow } from '@/state/oauth-browser';
import { finishFlow } from '@/state/oauth-flow';
import { useAppTheme } from '@/theme/theme';

/** Where the browser comes back to from a provider's page. Native apps never show it. */
export function OauthScreen() {
  useScreenTitle('Log in');
  const { palette } = useAppTheme();
  const { code, error } = useLocalSearchParams<{ code?: string; error?: string }>();
  const [flow] = useState(takeFlow);
  const { request, settle } = useLogInResult(() => router.replace(pathFrom(flow?.returnTo)));

  const finish = useMutation({
    mutationFn: () => finishFlow(flow, { code, error }),
    onSuccess: settle,
  });
  const { mutate } = finish;
  useEffect(() => mutate(), [mutate]);

  if (request) {
    const restart = () => router.replace('/log-in');
    return <SecondFactorStep request={request} onLoggedIn={settle} onRestart={restart} />;
  }
  return (
    <Screen header={<ScreenHeader title="Log in" onBack={() => router.replace('/log-in')} />}>
      {finish.error ? (
        <Message
          icon="alert-circle-outline"
          tone="bad"
          title="You are not logged in"
          text={describeFailure(failureFromError(finish.error)).message}
          testID="oauth-failure"
        >
          <Button mode="contained" onPress={() => router.replace('/log-in')}>
            Back to log-in
          </Button>
        </Message>
      ) : (
        <ActivityIndicator color={palette.primary} accessibilityLabel="Logging in" />
      )}
    </Screen>
  );
}
