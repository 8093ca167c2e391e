import { StyleSheet, View } from 'react-native';
import { formColumn, spacing } from '@/theme/theme';
import { FormContext, type FormProps } from './form-context';

/** Fields that are sent together. */
export function Form({ label, form, onSubmit, children }: FormProps) {
  return (
    <FormContext value={{ form, onSubmit }}>
      <View role="group" accessibilityLabel={label} style={styles.form}>
        {children}
      </View>
    </FormContext>
  );
}

const styles = StyleSheet.create({
  form: { ...formColumn, gap: spacing.xs },
});
