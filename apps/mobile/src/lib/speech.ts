import * as Speech from 'expo-speech';

/** Whether there is a voice. */
export const canSpeak = true;

/** Reads an English text aloud, in the place of what is being read; `onEnd` is called when it has ended or was stopped. */
export function speak(text: string, onEnd: () => void): void {
  void Speech.stop();
  Speech.speak(text, { language: 'en', onDone: onEnd, onStopped: onEnd, onError: onEnd });
}

export const stopSpeaking = (): void => void Speech.stop();
