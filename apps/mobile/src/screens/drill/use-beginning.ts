import { useEffect, useState } from 'react';
import type { Snippet, SnippetState } from '@/api/types';
import { drafts } from '@/state/drafts';
import type { Draft } from '@/storage/drafts';

interface StateQuery {
  data: SnippetState | undefined;
  /** Being asked for, for the first time. */
  isLoading: boolean;
}

/** `undefined` until it is read; nothing is read before its name is known. */
function useDraft(name: string | null): Draft | null | undefined {
  const [draft, setDraft] = useState<Draft | null>();
  useEffect(() => {
    if (name === null) return;
    let isCurrent = true;
    drafts.read(name).then(
      (found) => isCurrent && setDraft(found),
      () => isCurrent && setDraft(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [name]);
  return draft;
}

/** What the learner begins with. */
export interface Beginning {
  code: string;
  /** Whether a snippet that was finished before begins as if it had not been. */
  isAgain: boolean;
}

/** What is typed the second time has a draft of its own: that of the first time may hold the fix. */
export const draftNameOf = (slug: string, isAgain: boolean): string => (isAgain ? `${slug}?again` : slug);

/**
 * The code to begin with: this device's draft of this revision, else what was last submitted in vain, else the snippet's.
 * A solved snippet begins anew, and so does one that comes `again`. `null` until all of it is known; what it once was it
 * stays, whatever is learnt later, since by then the learner is typing.
 */
export function useBeginning(
  snippet: Snippet | undefined,
  state: StateQuery,
  slug: string,
  wantsAgain: boolean,
): Beginning | null {
  const status = state.data?.status;
  const isFinished = status === 'solved' || status === 'given_up';
  // What the server does not tell may have been finished.
  const isAgain = wantsAgain && (isFinished || state.data === undefined);
  const draft = useDraft(wantsAgain && state.isLoading ? null : draftNameOf(slug, isAgain));
  const [beginning, setBeginning] = useState<Beginning | null>(null);
  if (beginning === null && snippet && draft !== undefined && !state.isLoading) {
    const lastCode = status === 'attempted' ? state.data?.last_code : null;
    const draftCode = draft?.revision === snippet.revision ? draft.code : null;
    setBeginning({ code: draftCode ?? lastCode ?? snippet.buggy_code, isAgain });
  }
  return beginning;
}
