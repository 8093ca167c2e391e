import { useLinkBuilder } from 'expo-router/react-navigation';
import type { MouseEvent, ReactNode } from 'react';
import {
  type ColorValue,
  type GestureResponderEvent,
  Pressable,
  type StyleProp,
  StyleSheet,
  type TextStyle,
  type ViewStyle,
} from 'react-native';
import { Text } from '@/components/text';

export interface TabOptions {
  title?: string;
  tabBarIcon?: (props: { focused: boolean; color: ColorValue; size: number }) => ReactNode;
  tabBarActiveTintColor?: string;
  tabBarInactiveTintColor?: string;
  tabBarLabelStyle?: StyleProp<TextStyle>;
  tabBarButtonTestID?: string;
}

interface TabButtonProps {
  route: { name: string; params?: object };
  options: TabOptions;
  isCurrent: boolean;
  onPress: () => void;
}

/** Whether a click on a link asks for nothing but to follow it here, rather than in a tab of its own. */
function isPlainClick(event: MouseEvent): boolean {
  return !event.metaKey && !event.altKey && !event.ctrlKey && !event.shiftKey && !event.button;
}

/** A tab's link, which the browser knows as one. */
export function TabButton({ route, options, isCurrent, onPress }: TabButtonProps) {
  const { buildHref } = useLinkBuilder();
  const color = (isCurrent ? options.tabBarActiveTintColor : options.tabBarInactiveTintColor) ?? 'inherit';
  // Both are the browser's own, which React Native has no types for.
  const link = {
    href: buildHref(route.name, route.params),
    'aria-current': isCurrent ? 'page' : undefined,
  };

  function follow(event: GestureResponderEvent) {
    // In browsers a press ends as a click.
    if (!isPlainClick(event as unknown as MouseEvent)) return;
    event.preventDefault();
    onPress();
  }

  return (
    <Pressable {...link} role="link" onPress={follow} testID={options.tabBarButtonTestID} style={styles.tab}>
      {options.tabBarIcon?.({ focused: isCurrent, color, size: 24 })}
      <Text numberOfLines={1} style={[styles.label, options.tabBarLabelStyle, { color }]}>
        {options.title ?? route.name}
      </Text>
    </Pressable>
  );
}

/** All are as wide as each other as long as that leaves room for every label. React Native has no types for it. */
const notNarrower = { minWidth: 'max-content' } as unknown as ViewStyle;

const styles = StyleSheet.create({
  tab: { flex: 1, ...notNarrower, alignItems: 'center', paddingVertical: 5 },
  label: { fontSize: 10, fontWeight: '500', marginTop: 3 },
});
