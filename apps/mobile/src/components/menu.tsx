import { useState } from 'react';
import { Pressable, StyleSheet, useWindowDimensions, View } from 'react-native';
import { useSafeAreaInsets } from 'react-native-safe-area-context';
import { contentWidth, radius, spacing, useAppTheme } from '@/theme/theme';
import { Icon } from './icon/icon';
import type { IconName } from './icon/icon-name';
import { IconButton } from './icon-button';
import { aboveScrim, Layer } from './layer';
import { Text } from './text';

interface MenuItem {
  icon: IconName;
  title: string;
  onPress: () => void;
  testID: string;
}

/** The button at the end of a header that opens the rest of what can be done, and that menu. */
export function HeaderMenu({ items, testID }: { items: MenuItem[]; testID: string }) {
  const [isOpen, setOpen] = useState(false);
  const { dark, palette } = useAppTheme();
  const insets = useSafeAreaInsets();
  const { width } = useWindowDimensions();
  const beside = Math.max(0, (width - contentWidth) / 2);
  const close = () => setOpen(false);
  return (
    <>
      <IconButton
        icon="dots-vertical"
        onPress={() => setOpen(true)}
        accessibilityLabel="More"
        aria-expanded={isOpen}
        testID={testID}
      />
      <Layer label="More" isOpen={isOpen} onClose={close} isClear>
        <View
          accessibilityRole="menu"
          style={[
            styles.menu,
            { backgroundColor: dark ? palette.surfaceVariant : palette.surface },
            { top: insets.top + spacing.s, right: beside + spacing.s },
          ]}
        >
          {items.map(({ icon, title, onPress, testID: itemID }) => (
            <Pressable
              key={itemID}
              accessibilityRole="menuitem"
              onPress={() => {
                close();
                onPress();
              }}
              testID={itemID}
              style={({ pressed }) => [styles.item, pressed && { backgroundColor: palette.primaryContainer }]}
            >
              <Icon name={icon} color={palette.onSurfaceVariant} />
              <Text variant="bodyLarge" numberOfLines={1} selectable={false} style={styles.title}>
                {title}
              </Text>
            </Pressable>
          ))}
        </View>
      </Layer>
    </>
  );
}

const styles = StyleSheet.create({
  menu: {
    ...aboveScrim,
    position: 'absolute',
    maxWidth: 280,
    borderRadius: radius.s,
    paddingVertical: spacing.s,
    boxShadow: '0 2px 8px rgba(0, 0, 0, 0.3)',
  },
  item: {
    flexDirection: 'row',
    alignItems: 'center',
    gap: spacing.m,
    height: 48,
    paddingHorizontal: spacing.m,
  },
  title: { flexShrink: 1 },
});
