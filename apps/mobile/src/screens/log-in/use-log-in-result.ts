import { useLocalSearchParams } from 'expo-router';
import { useState } from 'react';
import type { SecondFactorRequest } from '@/api/types';
import { pathFrom } from '@/lib/account-links';
import { goBack } from '@/lib/go-back';
import type { LogInResult } from '@/state/log-in';

/** What comes after a log-in or sign-up: the second factor, or the screen that the learner came from. */
export function useLogInResult() {
  const { from } = useLocalSearchParams<{ from?: string }>();
  const [request, setRequest] = useState<SecondFactorRequest | null>(null);
  const parent = pathFrom(from);

  function settle(result: LogInResult) {
    if (result) setRequest(result);
    else goBack(parent);
  }

  return { parent, from, request, settle, restart: () => setRequest(null) };
}
