// The pages are written without a window.
const voice = typeof window === 'undefined' ? undefined : window.speechSynthesis;

/** Whether there is a voice. */
export const canSpeak = voice !== undefined;

/** Reads an English text aloud, in the place of what is being read; `onEnd` is called when it has ended or was stopped. */
export function speak(text: string, onEnd: () => void): void {
  voice?.cancel();
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = 'en';
  utterance.onend = onEnd;
  utterance.onerror = onEnd;
  voice?.speak(utterance);
}

export const stopSpeaking = (): void => voice?.cancel();
