import { queryOptions, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/api/client';
import type { Language, Pattern } from '@/api/types';

export const patternsQuery = queryOptions({
  queryKey: ['patterns'],
  queryFn: async () => (await answerOf(api.GET('/api/v1/patterns'))).data,
});

export function usePatterns() {
  return useQuery(patternsQuery);
}

/** One pattern by its slug; `data` is null when there is no such pattern. */
export function usePattern(slug: string) {
  return useQuery({
    ...patternsQuery,
    select: (patterns) => patterns.find((pattern) => pattern.slug === slug) ?? null,
  });
}

export function countSnippets(pattern: Pattern, language: Language): number {
  return pattern.snippet_counts
    .filter((counted) => counted.language === language)
    .reduce((total, counted) => total + counted.count, 0);
}
