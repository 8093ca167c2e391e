import { useState } from 'react';
import { StyleSheet } from 'react-native';
import { IconButton, Menu } from 'react-native-paper';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { touchTarget } from '@/theme/theme';

interface DrillMenuProps {
  onReset: () => void;
  onReport: () => void;
  onShowSolution: (() => void) | null;
}

export function DrillMenu({ onReset, onReport, onShowSolution }: DrillMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const [isAskingReset, setAskingReset] = useState(false);
  const closing = (action: () => void) => () => {
    setOpen(false);
    action();
  };
  return (
    <>
      <Menu
        visible={isOpen}
        onDismiss={() => setOpen(false)}
        anchor={
          <IconButton
            icon="dots-vertical"
            onPress={() => setOpen(true)}
            accessibilityLabel="More"
            testID="menu-button"
            style={styles.button}
          />
        }
      >
        <Menu.Item
          leadingIcon="restore"
          title="Reset the code"
          onPress={closing(() => setAskingReset(true))}
          testID="reset-button"
        />
        {onShowSolution && (
          <Menu.Item
            leadingIcon="lightbulb-on-outline"
            title="Show the solution"
            onPress={closing(onShowSolution)}
            testID="show-solution"
          />
        )}
        <Menu.Item
          leadingIcon="flag-outline"
          title="Report a problem"
          onPress={closing(onReport)}
          testID="report-button"
        />
      </Menu>
      <ConfirmDialog
        isOpen={isAskingReset}
        title="Reset the code?"
        message="It goes back to how you found it. Undo brings your version back."
        confirmLabel="Reset"
        onClose={() => setAskingReset(false)}
        onConfirm={onReset}
      />
    </>
  );
}

const styles = StyleSheet.create({ button: { margin: 0, width: touchTarget, height: touchTarget } });
