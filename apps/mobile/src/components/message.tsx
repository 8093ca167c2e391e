import type { ReactNode } from 'react';
import { StyleSheet, View } from 'react-native';
import { Text } from '@/components/text';
import { spacing, useAppTheme } from '@/theme/theme';
import { Icon } from './icon/icon';
import type { IconName } from './icon/icon-name';

interface MessageProps {
  icon: IconName;
  /** How it went, if something is over. */
  tone?: 'good' | 'bad' | 'neutral';
  title: string;
  text: string;
  /** What can be done next. */
  children?: ReactNode;
  testID?: string;
}

/** Takes the place of a screen's content when there is one thing to say. */
export function Message({ icon, tone = 'neutral', title, text, children, testID }: MessageProps) {
  const { palette } = useAppTheme();
  const colors = { good: palette.secondary, bad: palette.accent, neutral: palette.primary };
  return (
    <View style={styles.message} accessibilityLiveRegion="polite" testID={testID}>
      <Icon name={icon} color={colors[tone]} size={48} />
      <Text variant="titleLarge" style={styles.text}>
        {title}
      </Text>
      <Text variant="bodyMedium" style={[styles.text, { color: palette.onSurfaceVariant }]}>
        {text}
      </Text>
      {children}
    </View>
  );
}

const styles = StyleSheet.create({
  message: { alignItems: 'center', gap: spacing.m, paddingVertical: spacing.xxl },
  text: { textAlign: 'center', maxWidth: 360 },
});
