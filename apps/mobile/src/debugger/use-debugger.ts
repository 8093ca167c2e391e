import { useQuery } from '@tanstack/react-query';
import { FailureError } from '@/api/failure';

/** The debugger, which on the web is a chunk of its own. */
export function useDebugger() {
  return useQuery({
    queryKey: ['debugger'],
    queryFn: async () => {
      try {
        return (await import('./debugger')).Debugger;
      } catch {
        throw new FailureError({ kind: 'offline' });
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
