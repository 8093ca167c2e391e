import { useFocusEffect } from 'expo-router';
import { useCallback } from 'react';
import { Platform } from 'react-native';

/** The title of the browser's tab while this screen is in front. */
export function useScreenTitle(title: string | undefined): void {
  useFocusEffect(
    useCallback(() => {
      if (Platform.OS === 'web') document.title = title ? `${title} · bugdrill` : 'bugdrill';
    }, [title]),
  );
}
