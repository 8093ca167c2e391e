import { StyleSheet } from 'react-native';
import { Dialog, Portal, Text } from 'react-native-paper';
import { Button } from '@/components/button';
import { useAppTheme } from '@/theme/theme';

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

export function ConfirmDialog({
  isOpen,
  title,
  message,
  confirmLabel,
  isDangerous = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { palette } = useAppTheme();
  return (
    <Portal>
      <Dialog visible={isOpen} onDismiss={onClose} style={styles.dialog}>
        <Dialog.Title>{title}</Dialog.Title>
        <Dialog.Content>
          <Text variant="bodyMedium">{message}</Text>
        </Dialog.Content>
        <Dialog.Actions>
          <Button onPress={onClose} testID="cancel-button">
            Cancel
          </Button>
          <Button
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
        </Dialog.Actions>
      </Dialog>
    </Portal>
  );
}

const styles = StyleSheet.create({
  dialog: { width: '90%', maxWidth: 420, alignSelf: 'center' },
  confirm: { paddingHorizontal: 8 },
});
