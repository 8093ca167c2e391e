import { StyleSheet, View } from 'react-native';
import type { RunError } from '@/api/types';
import { Button } from '@/components/button';
import { Text } from '@/components/text';
import { blamedCharacter, type PhoneCharacter } from '@/lib/phone-characters';
import { spacing, useAppTheme } from '@/theme/theme';

export interface PhoneCharacterRepair {
  /** The code as it is now, which may be another than the one that was run. */
  code: string;
  onReplace: (blamed: PhoneCharacter, line: number) => void;
}

interface PhoneCharacterOfferProps {
  error: RunError;
  repair: PhoneCharacterRepair;
}

/** Takes from the learner what a phone's keyboard did to the code; nothing, where the error is another one. */
export function PhoneCharacterOffer({ error, repair }: PhoneCharacterOfferProps) {
  const { palette } = useAppTheme();
  const { line } = error;
  const blamed = blamedCharacter(error);
  // Not anywhere: in a comment or string it may stay.
  const isThere = (text: string) =>
    line != null && text.split('\n')[line - 1]?.includes(blamed?.character ?? '');
  if (!blamed || line == null || !isThere(repair.code)) return null;
  return (
    <View style={styles.offer}>
      <Text variant="bodySmall" style={{ color: palette.onErrorContainer }}>
        Phone keyboards type such characters. Strings and comments keep theirs.
      </Text>
      <Button
        mode="contained"
        onPress={() => repair.onReplace(blamed, line)}
        testID="replace-phone-characters"
      >
        {blamed.meant === '' ? 'Delete all like it' : 'Replace all like it'}
      </Button>
    </View>
  );
}

const styles = StyleSheet.create({ offer: { gap: spacing.s, paddingBottom: spacing.s } });
