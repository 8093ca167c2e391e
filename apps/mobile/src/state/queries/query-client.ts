import { QueryClient } from '@tanstack/react-query';
import { FailureError } from '@/api/failure';

declare module '@tanstack/react-query' {
  interface Register {
    defaultError: FailureError | Error;
  }
}

function isWorthRetrying(error: Error): boolean {
  return error instanceof FailureError && error.failure.kind === 'server' && error.failure.status >= 500;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A request is made even when the browser believes itself offline: it may be wrong, and a failure is
      // told at once instead of a spinner that never ends.
      networkMode: 'always',
      staleTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      // What is not there can't be shown without a connection.
      gcTime: Number.POSITIVE_INFINITY,
      retry: (failureCount, error) => failureCount < 1 && isWorthRetrying(error),
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
