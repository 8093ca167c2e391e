import { useEffect, useState } from 'react';
import type { Snippet, SnippetState } from '@/api/types';
import { drafts } from '@/state/drafts';
import type { Draft } from '@/storage/drafts';

interface StateQuery {
  data: SnippetState | undefined;
  /** Being asked for, for the first time. */
  isLoading: boolean;
}

/** `undefined` until it is read. */
function useDraft(slug: string): Draft | null | undefined {
  const [draft, setDraft] = useState<Draft | null>();
  useEffect(() => {
    let isCurrent = true;
    drafts.read(slug).then(
      (found) => isCurrent && setDraft(found),
      () => isCurrent && setDraft(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [slug]);
  return draft;
}

/**
 * The code to begin with: this device's draft of this revision, else what was last submitted in vain, else the snippet's.
 * A solved snippet begins anew. `null` until all of it is known; what it once was it stays, whatever is learnt
 * later, since by then the learner is typing.
 */
export function useStartingCode(
  snippet: Snippet | undefined,
  state: StateQuery,
  slug: string,
): string | null {
  const draft = useDraft(slug);
  const [startingCode, setStartingCode] = useState<string | null>(null);
  if (startingCode === null && snippet && draft !== undefined && !state.isLoading) {
    const lastCode = state.data?.status === 'attempted' ? state.data.last_code : null;
    const draftCode = draft?.revision === snippet.revision ? draft.code : null;
    setStartingCode(draftCode ?? lastCode ?? snippet.buggy_code);
  }
  return startingCode;
}
