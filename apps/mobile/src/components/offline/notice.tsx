import type { ReactNode } from 'react';
import { StyleSheet, View } from 'react-native';
import { Icon } from '@/components/icon/icon';
import type { IconName } from '@/components/icon/icon-name';
import { Text } from '@/components/text';
import { radius, spacing, touchTarget, useAppTheme } from '@/theme/theme';

interface NoticeProps {
  icon: IconName;
  text: string;
  /** A button at the end. */
  children?: ReactNode;
  testID: string;
}

/** A quiet line that says how things stand. */
export function Notice({ icon, text, children, testID }: NoticeProps) {
  const { palette } = useAppTheme();
  return (
    <View
      style={[
        styles.notice,
        { backgroundColor: palette.surfaceVariant },
        children ? styles.withButton : null,
      ]}
      accessibilityLiveRegion="polite"
      testID={testID}
    >
      <Icon name={icon} color={palette.onSurfaceVariant} size={18} />
      <Text variant="labelLarge" style={[styles.text, { color: palette.onSurface }]}>
        {text}
      </Text>
      {children}
    </View>
  );
}

const styles = StyleSheet.create({
  notice: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.s,
    borderRadius: radius.m,
    paddingHorizontal: spacing.m,
    paddingVertical: spacing.s,
  },
  withButton: { minHeight: touchTarget, paddingVertical: 0, paddingRight: 0 },
  text: { flex: 1, minWidth: 0, letterSpacing: 0 },
});
