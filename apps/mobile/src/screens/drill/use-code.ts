import { useState } from 'react';
import type { Snippet } from '@/api/types';
import type { EditorAction, EditorCommand, VersionedOffers } from '@/editor/editor-command';
import { drafts } from '@/state/drafts';

export interface CodeState {
  code: string;
  /** The line that the last run blames; gone as soon as the code changes. */
  errorLine: number | null;
  command: EditorCommand | null;
  /** What fits the selection in the editor. */
  offers: VersionedOffers | null;
  onOffers: (offers: VersionedOffers | null) => Promise<void>;
  onChange: (code: string) => Promise<void>;
  send: (action: EditorAction) => void;
  setErrorLine: (line: number | null) => void;
}

/** The code being edited, its draft on the device, and the way to the editor. */
export function useCode(snippet: Snippet, startingCode: string, draftName: string): CodeState {
  const [code, setCode] = useState(startingCode);
  const [errorLine, setErrorLine] = useState<number | null>(null);
  const [command, setCommand] = useState<EditorCommand | null>(null);
  const [offers, setOffers] = useState<VersionedOffers | null>(null);

  async function onOffers(next: VersionedOffers | null) {
    setOffers(next);
  }

  async function onChange(changed: string) {
    setCode(changed);
    setErrorLine(null);
    if (changed === snippet.buggy_code) await drafts.remove(draftName);
    else await drafts.save(draftName, { code: changed, revision: snippet.revision });
  }

  function send(action: EditorAction) {
    setCommand((last) => ({ number: (last?.number ?? 0) + 1, action }));
  }

  return { code, errorLine, command, offers, onOffers, onChange, send, setErrorLine };
}
