import { StyleSheet, View } from 'react-native';
import { spacing } from '@/theme/theme';
import type { FormProps } from './form-props';

/** Fields that are sent together. */
export function Form({ label, children }: FormProps) {
  return (
    <View accessibilityLabel={label} style={styles.form}>
      {children}
    </View>
  );
}

const styles = StyleSheet.create({
  form: { width: '100%', maxWidth: 440, alignSelf: 'center', gap: spacing.xs },
});
