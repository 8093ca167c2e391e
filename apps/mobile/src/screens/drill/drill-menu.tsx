import { useState } from 'react';
import { ConfirmDialog } from '@/components/confirm-dialog';
import { HeaderMenu } from '@/components/menu';

interface DrillMenuProps {
  onReset: () => void;
  onReport: () => void;
  onShowSolution: (() => void) | null;
}

export function DrillMenu({ onReset, onReport, onShowSolution }: DrillMenuProps) {
  const [isAskingReset, setAskingReset] = useState(false);
  const reset = {
    icon: 'restore',
    title: 'Reset the code',
    onPress: () => setAskingReset(true),
    testID: 'reset-button',
  } as const;
  const solution = onShowSolution && {
    icon: 'lightbulb-on-outline' as const,
    title: 'Show the solution',
    onPress: onShowSolution,
    testID: 'show-solution',
  };
  const report = {
    icon: 'flag-outline',
    title: 'Report a problem',
    onPress: onReport,
    testID: 'report-button',
  } as const;
  return (
    <>
      <HeaderMenu items={solution ? [reset, solution, report] : [reset, report]} testID="menu-button" />
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
