import type { ReactNode } from 'react';
import { type StyleProp, StyleSheet, View, type ViewStyle } from 'react-native';

interface SceneProps {
  isShown: boolean;
  style: StyleProp<ViewStyle>;
  children: ReactNode;
}

/** A screen of a navigator. What is not shown stays in the page, as it was left. */
export function Scene({ isShown, style, children }: SceneProps) {
  return (
    <View aria-hidden={!isShown} style={[styles.scene, !isShown && styles.hidden, style]}>
      {children}
    </View>
  );
}

const styles = StyleSheet.create({
  scene: { position: 'absolute', inset: 0 },
  hidden: { display: 'none' },
});
