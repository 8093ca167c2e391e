import { useMutation } from '@tanstack/react-query';
import { router } from 'expo-router';
import type { NextDrill, Snippet } from '@/api/types';
import { drillHref } from '@/lib/practice';
import { useAskNextDrill } from '@/state/queries/drills';

function goTo({ drill }: NextDrill) {
  if (drill) router.replace(drillHref(drill));
  else router.dismissTo('/');
}

/** Where nobody tells what is next, the pattern goes on. */
function goOnInPattern({ next, pattern }: Snippet) {
  if (next == null) router.dismissTo({ pathname: '/patterns/[slug]', params: { slug: pattern } });
  else router.replace({ pathname: '/drill/[id]', params: { id: next } });
}

/** From a finished snippet to the next drill, which takes its place. */
export function useGoOn(snippet: Snippet) {
  const asking = useMutation({ mutationFn: useAskNextDrill(snippet.language) });
  return {
    isAsking: asking.isPending,
    goOn: () => asking.mutate(undefined, { onSuccess: goTo, onError: () => goOnInPattern(snippet) }),
  };
}
