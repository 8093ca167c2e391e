import { StyleSheet } from 'react-native';
import { type ButtonProps, Button as PaperButton } from 'react-native-paper';
import { touchTarget } from '@/theme/theme';

/** Paper's button, as high as a finger needs. */
export function Button(props: ButtonProps) {
  return <PaperButton {...props} contentStyle={[styles.content, props.contentStyle]} />;
}

const styles = StyleSheet.create({ content: { minHeight: touchTarget } });
