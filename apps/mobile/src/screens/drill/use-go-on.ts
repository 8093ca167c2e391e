import { useMutation } from '@tanstack/react-query';
import { router } from 'expo-router';
import type { NextDrill, Snippet } from '@/api/types';
import { drillHref } from '@/lib/practice';
import { useAhead } from '@/offline/ahead/ahead';
import { nextReady } from '@/offline/ahead/choose-snippets';
import { useAttempts } from '@/offline/attempts/attempts';
import { useReadySnippets } from '@/offline/cache/cache';
import { isOnline } from '@/offline/connection';
import { dueReviewsQuery, useAskNextDrill } from '@/state/queries/drills';
import { queryClient } from '@/state/queries/query-client';
import { useSessionStore } from '@/state/session';

function goTo({ drill }: NextDrill) {
  if (drill) router.replace(drillHref(drill));
  else router.dismissTo('/');
}

/** Where nobody tells what is next, the pattern goes on. */
function goOnInPattern({ next, pattern }: Snippet) {
  if (next == null) router.dismissTo({ pathname: '/patterns/[slug]', params: { slug: pattern } });
  else router.replace({ pathname: '/drill/[id]', params: { id: next } });
}

/** Without a connection it goes on with what is on this device, if anything is. */
function goOnWithout(snippet: Snippet) {
  const { bySlug } = useReadySnippets.getState();
  const submitted = new Set(useAttempts.getState().pending.map(({ slug }) => slug)).add(snippet.slug);
  const candidates = [snippet.next, ...useAhead.getState().chosen].filter((slug) => slug != null);
  const ready = isOnline() ? null : nextReady(candidates, bySlug, submitted);
  if (ready === null) return goOnInPattern(snippet);
  const { userId } = useSessionStore.getState();
  const due = queryClient.getQueryData(dueReviewsQuery(userId, snippet.language).queryKey);
  const review = due?.find((drill) => drill.snippet.slug === ready);
  router.replace(review ? drillHref(review) : { pathname: '/drill/[id]', params: { id: ready } });
}

/** From a finished snippet to the next drill, which takes its place. */
export function useGoOn(snippet: Snippet) {
  const asking = useMutation({ mutationFn: useAskNextDrill(snippet.language) });
  return {
    isAsking: asking.isPending,
    goOn: () => asking.mutate(undefined, { onSuccess: goTo, onError: () => goOnWithout(snippet) }),
  };
}
