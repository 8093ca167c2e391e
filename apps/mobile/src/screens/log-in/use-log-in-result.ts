import { useState } from 'react';
import type { SecondFactorRequest } from '@/api/types';
import type { LogInResult } from '@/state/log-in';

/** What comes after a log-in or sign-up: the second factor where the account has one, then `goOn`. */
export function useLogInResult(goOn: () => void) {
  const [request, setRequest] = useState<SecondFactorRequest | null>(null);
  const settle = (result: LogInResult) => (result ? setRequest(result) : goOn());
  return { request, settle, restart: () => setRequest(null) };
}
