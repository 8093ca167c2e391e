import type { Language } from '@/api/types';
import { countSnippets, usePatterns } from '@/state/queries/patterns';
import { useSnippets } from '@/state/queries/snippets';

/** Where a newcomer begins: the first snippet of the first pattern; null where there is none in the language. */
export function useFirstSnippet(language: Language) {
  const patterns = usePatterns();
  const first = patterns.data?.find((pattern) => countSnippets(pattern, language) > 0);
  const snippets = useSnippets(first?.slug ?? '', language, first !== undefined);
  const isEmpty = patterns.data !== undefined && first === undefined;
  return {
    data: isEmpty ? null : snippets.data?.[0],
    error: patterns.error ?? snippets.error,
    refetch: () => void (first ? snippets.refetch() : patterns.refetch()),
  };
}
