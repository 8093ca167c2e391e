import { useState } from 'react';
import { drafts } from '@/state/drafts';
import { draftNameOf } from './use-beginning';

/** A snippet that comes back is done as if it had not been done before, until it is solved or given up once more. */
export function useAgain(slug: string, isAgainAtFirst: boolean) {
  const [isAgain, setAgain] = useState(isAgainAtFirst);
  // Hints of the last time are shown no sooner than they are asked for.
  const [hintCount, setHintCount] = useState(0);

  function end() {
    if (!isAgain) return;
    setAgain(false);
    void drafts.remove(draftNameOf(slug, true));
  }

  return { isAgain, hintCount, setHintCount, end, draftName: draftNameOf(slug, isAgain) };
}

export type AgainState = ReturnType<typeof useAgain>;
