import { StyleSheet, View } from 'react-native';
import { Button } from '@/components/button';
import { Card } from '@/components/card';
import { CopyButton } from '@/components/copy-button';
import { FormIntro } from '@/components/form/form-intro';
import { Text } from '@/components/text';
import { codeFontFamily, formColumn, spacing, useAppTheme } from '@/theme/theme';

interface RecoveryCodesProps {
  codes: string[];
  onKept: () => void;
}

/** Shown once: the server keeps no copy that could be read. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const { palette } = useAppTheme();
  return (
    <>
      <FormIntro text="Keep these recovery codes where you keep your passwords. Each logs you in once if you lose your phone. They are not shown again." />
      <Card style={styles.card}>
        <View style={styles.codes} testID="recovery-codes">
          {codes.map((code) => (
            <Text key={code} selectable style={[styles.code, { color: palette.onSurface }]}>
              {code}
            </Text>
          ))}
        </View>
        <CopyButton label="Copy them" text={codes.join('\n')} testID="copy-recovery-codes" />
      </Card>
      <Button mode="contained" onPress={onKept} style={styles.kept} testID="recovery-codes-kept">
        I have kept them
      </Button>
    </>
  );
}

const styles = StyleSheet.create({
  card: { ...formColumn, gap: spacing.l },
  codes: { gap: spacing.xs, alignItems: 'center' },
  code: { fontFamily: codeFontFamily, fontSize: 15, lineHeight: 24 },
  kept: formColumn,
});
