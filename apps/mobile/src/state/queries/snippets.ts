import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '@/api/client';
import type { Language, SnippetSummary } from '@/api/types';

const pageSize = 100;

async function fetchAllSnippets(pattern: string, language: Language): Promise<SnippetSummary[]> {
  const snippets: SnippetSummary[] = [];
  for (let page = 1; ; page += 1) {
    const query = { pattern, language, page, limit: pageSize };
    const answer = await answerOf(api.GET('/api/v1/snippets', { params: { query } }));
    snippets.push(...answer.data);
    if (!answer.pagination.has_next) return snippets;
  }
}

export const snippetQuery = (slug: string) =>
  queryOptions({
    queryKey: ['snippet', slug],
    queryFn: () => answerOf(api.GET('/api/v1/snippets/{id}', { params: { path: { id: slug } } })),
  });

export const snippetsQuery = (pattern: string, language: Language) =>
  queryOptions({
    queryKey: ['snippets', pattern, language],
    queryFn: () => fetchAllSnippets(pattern, language),
  });

/** All snippets of a pattern in one language, in the order in which they are meant to be met. */
export function useSnippets(pattern: string, language: Language, enabled = true) {
  return useQuery({ ...snippetsQuery(pattern, language), enabled });
}

export function useSnippet(slug: string) {
  return useQuery(snippetQuery(slug));
}

/** Several snippets at once; those not loaded yet are left out. */
export function useSnippetsBySlug(slugs: string[]): SnippetSummary[] {
  return useQueries({
    queries: slugs.map(snippetQuery),
    combine: (results) => results.flatMap((result) => result.data ?? []),
  });
}
