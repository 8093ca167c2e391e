import { StyleSheet, View } from 'react-native';
import { Button } from '@/components/button';
import { spacing, useAppTheme } from '@/theme/theme';
import { aboveScrim, Layer } from './layer';
import { Text } from './text';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  message: string;
  confirmLabel: string;
  /** Whether something is lost by it for good. */
  isDangerous?: boolean;
  onConfirm: () => void;
  /** With either answer, before `onConfirm`. */
  onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, title, message, confirmLabel, isDangerous = false, onConfirm, onClose } = props;
  const { dark, palette } = useAppTheme();
  return (
    <Layer label={title} isOpen={isOpen} onClose={onClose} style={styles.room}>
      <View style={[styles.dialog, { backgroundColor: dark ? palette.surfaceVariant : palette.surface }]}>
        <Text variant="headlineSmall" accessibilityRole="header">
          {title}
        </Text>
        <Text variant="bodyMedium">{message}</Text>
        <View style={styles.answers}>
          <Button compact onPress={onClose} testID="cancel-button">
            Cancel
          </Button>
          <Button
            compact
            mode="contained"
            onPress={() => {
              onClose();
              onConfirm();
            }}
            buttonColor={isDangerous ? palette.error : undefined}
            textColor={isDangerous ? palette.onError : undefined}
            testID="confirm-button"
            style={styles.confirm}
          >
            {confirmLabel}
          </Button>
        </View>
      </View>
    </Layer>
  );
}

const styles = StyleSheet.create({
  room: { alignItems: 'center', justifyContent: 'center' },
  dialog: {
    ...aboveScrim,
    width: '90%',
    maxWidth: 420,
    borderRadius: 21,
    padding: spacing.xl,
    gap: spacing.l,
  },
  answers: { flexDirection: 'row', justifyContent: 'flex-end', gap: spacing.s, paddingTop: spacing.s },
  confirm: { paddingHorizontal: spacing.s },
});
