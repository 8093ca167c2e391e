import { useLocalSearchParams } from 'expo-router';
import { takenToken } from './taken-token';

/** The token of a link that was mailed. It is behind the `#`, which no server ever sees. */
export function useMailedToken(): string | null {
  const fragment = useLocalSearchParams<{ '#'?: string }>()['#'];
  return takenToken ?? new URLSearchParams(fragment ?? '').get('token');
}
