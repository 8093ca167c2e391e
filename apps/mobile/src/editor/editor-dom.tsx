'use dom';

import { IS_DOM } from 'expo/dom';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { Language } from '@/api/types';
import { createEditor, type EditorHandle, type EditorLook } from './code-mirror';
import type { EditorCommand, VersionedOffers } from './editor-command';

export interface EditorProps {
  /** The code to begin with; changed later only by a `set-code` command. */
  initialCode: string;
  language: Language;
  label: string;
  look: EditorLook;
  softKeyboard: boolean;
  errorLine: number | null;
  command: EditorCommand | null;
  onChange: (code: string) => Promise<void>;
  /** Told what fits the selection; null as long as nothing is chosen. */
  onOffers: (offers: VersionedOffers | null) => Promise<void>;
  /** How the native apps' web view behaves. */
  dom?: import('expo/dom').DOMProps;
}

export default function EditorDom(props: EditorProps) {
  const { command, errorLine, look, softKeyboard } = props;
  const container = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle>(null);

  const reportChange = useEffectEvent((code: string) => props.onChange(code));
  const reportOffers = useEffectEvent((offers: VersionedOffers | null) => props.onOffers(offers));
  const open = useEffectEvent((parent: HTMLElement) => {
    const { initialCode, language, label } = props;
    return createEditor({
      parent,
      code: initialCode,
      language,
      label,
      look,
      softKeyboard,
      onChange: (code) => void reportChange(code),
      onOffers: (offers) => void reportOffers(offers),
    });
  });

  useEffect(() => {
    if (!container.current) return;
    const opened = open(container.current);
    editor.current = opened;
    return () => opened.destroy();
  }, []);

  useEffect(() => editor.current?.setLook(look), [look]);
  useEffect(() => editor.current?.setSoftKeyboard(softKeyboard), [softKeyboard]);
  useEffect(() => editor.current?.setErrorLine(errorLine), [errorLine]);
  useEffect(() => {
    if (command) editor.current?.perform(command.action);
  }, [command]);

  // Inside a native web view nothing around the editor has a height that it could fill.
  return (
    <div
      ref={container}
      data-testid="editor"
      style={IS_DOM ? { position: 'fixed', inset: 0 } : { height: '100%', minWidth: 0 }}
    />
  );
}
