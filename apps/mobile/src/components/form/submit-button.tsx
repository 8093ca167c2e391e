import { StyleSheet, View } from 'react-native';
import { describeFailure } from '@/api/failure';
import { Button } from '@/components/button';
import { Text } from '@/components/text';
import { spacing, useAppTheme } from '@/theme/theme';
import { useForm } from './form-context';

interface SubmitButtonProps {
  label: string;
  isDangerous?: boolean;
  testID: string;
}

/** Sends the form; below it is said what went wrong with the whole of it. */
export function SubmitButton({ label, isDangerous = false, testID }: SubmitButtonProps) {
  const { palette } = useAppTheme();
  const { form, onSubmit } = useForm();
  const failure = form.failure && describeFailure(form.failure);
  return (
    <View style={styles.room}>
      <Button
        mode="contained"
        onPress={onSubmit}
        loading={form.isBusy}
        disabled={form.isBusy}
        buttonColor={isDangerous ? palette.error : undefined}
        textColor={isDangerous ? palette.onError : undefined}
        testID={testID}
      >
        {label}
      </Button>
      {failure && (
        <Text
          variant="bodyMedium"
          style={{ color: palette.error }}
          accessibilityRole="alert"
          accessibilityLiveRegion="polite"
          testID="form-failure"
        >
          {form.failure?.kind === 'form' ? failure.message : `${failure.title}. ${failure.message}`}
        </Text>
      )}
    </View>
  );
}

const styles = StyleSheet.create({
  room: { gap: spacing.m, paddingTop: spacing.xs },
});
