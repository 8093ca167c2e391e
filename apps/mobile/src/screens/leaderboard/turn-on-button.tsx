import { StyleSheet } from 'react-native';
import type { Setting } from '@/api/types';
import { Button } from '@/components/button';
import { NotChanged } from '@/components/not-changed';
import { useChangeSetting } from '@/state/queries/account';

interface TurnOnButtonProps {
  setting: Setting;
  label: string;
  mode: 'contained' | 'contained-tonal';
  /** Whether what comes of it is being asked for. */
  isWaiting: boolean;
}

/** Turns a setting on, where it is of use. */
export function TurnOnButton({ setting, label, mode, isWaiting }: TurnOnButtonProps) {
  const change = useChangeSetting();
  const isBusy = change.isPending || (change.isSuccess && isWaiting);
  return (
    <>
      <Button
        mode={mode}
        onPress={() => change.mutate({ setting, isOn: true })}
        loading={isBusy}
        disabled={isBusy}
        style={styles.button}
        testID={`turn-on-${setting}`}
      >
        {label}
      </Button>
      <NotChanged error={change.error} testID={`turn-on-${setting}-error`} />
    </>
  );
}

const styles = StyleSheet.create({ button: { alignSelf: 'flex-start' } });
