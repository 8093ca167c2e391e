import { useEffect, useRef, useState } from 'react';
import { canSpeak, speak, stopSpeaking } from '@/lib/speech';
import { spokenText } from '@/lib/spoken-text';
import { IconButton } from './icon-button';

interface ListenButtonProps {
  /** In Markdown. */
  text: string;
  /** What is read, for those who can't see where the button stands. */
  label: string;
  color?: string;
}

/** Reads a text aloud, until it is pressed again or gone. */
export function ListenButton({ text, label, color }: ListenButtonProps) {
  const [isSpeaking, setSpeaking] = useState(false);
  const isMine = useRef(false);
  useEffect(
    () => () => {
      if (isMine.current) stopSpeaking();
    },
    [],
  );
  if (!canSpeak) return null;

  function end() {
    isMine.current = false;
    setSpeaking(false);
  }

  function press() {
    if (isSpeaking) return stopSpeaking();
    speak(spokenText(text), end);
    isMine.current = true;
    setSpeaking(true);
  }

  return (
    <IconButton
      icon={isSpeaking ? 'stop-circle-outline' : 'volume-high'}
      accessibilityLabel={isSpeaking ? 'Stop reading' : `Read ${label} aloud`}
      onPress={press}
      color={color}
      testID="listen-button"
    />
  );
}
