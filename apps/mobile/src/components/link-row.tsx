import { Pressable, StyleSheet, View } from 'react-native';
import { Text } from '@/components/text';
import { spacing, touchTarget, useAppTheme } from '@/theme/theme';
import { Icon } from './icon/icon';
import type { IconName } from './icon/icon-name';

interface LinkRowProps {
  icon: IconName;
  title: string;
  /** How it stands, in small print. */
  value?: string | null;
  /** How wide the icons of the lines above it are, where they are wider. */
  iconWidth?: number;
  onPress: () => void;
  testID: string;
}

const iconSize = 22;

/** A line of a card that leads to a screen. */
export function LinkRow({ icon, title, value, iconWidth = iconSize, onPress, testID }: LinkRowProps) {
  const { palette } = useAppTheme();
  return (
    <Pressable
      testID={testID}
      accessibilityRole="link"
      accessibilityLabel={value ? `${title}, ${value}` : title}
      onPress={onPress}
      style={({ pressed }) => [
        styles.row,
        { borderTopColor: palette.outlineVariant },
        pressed && { backgroundColor: palette.surfaceVariant },
      ]}
    >
      <View style={[styles.icon, { width: iconWidth }]}>
        <Icon name={icon} color={palette.primary} size={iconSize} />
      </View>
      <View style={styles.texts}>
        <Text variant="bodyLarge">{title}</Text>
        {value && (
          <Text variant="bodySmall" style={{ color: palette.onSurfaceVariant }}>
            {value}
          </Text>
        )}
      </View>
      <Icon name="chevron-right" color={palette.outline} />
    </Pressable>
  );
}

const styles = StyleSheet.create({
  row: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    minHeight: touchTarget + spacing.m,
    paddingHorizontal: spacing.l,
    paddingVertical: spacing.s,
    borderTopWidth: 1,
  },
  icon: { alignItems: 'center' },
  texts: { flex: 1, minWidth: 0 },
});
