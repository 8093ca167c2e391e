import {
  CommonActions,
  createNavigatorFactory,
  type DefaultNavigatorOptions,
  type ParamListBase,
  type TabNavigationState,
  TabRouter,
  useNavigationBuilder,
} from 'expo-router/react-navigation';
import { type ReactNode, useState } from 'react';
import { type StyleProp, StyleSheet, View, type ViewStyle } from 'react-native';
import { Scene } from './scene';
import { TabButton, type TabOptions } from './tab-button';

interface TabNavigatorOptions extends TabOptions {
  tabBarStyle?: StyleProp<ViewStyle>;
  sceneStyle?: StyleProp<ViewStyle>;
}

type TabEvents = { tabPress: { data: undefined; canPreventDefault: true } };

type TabNavigatorProps = DefaultNavigatorOptions<
  ParamListBase,
  string | undefined,
  TabNavigationState<ParamListBase>,
  TabNavigatorOptions,
  TabEvents,
  unknown
>;

/** Those of `keys` that were current once: only they have a screen. */
function useVisited(current: string): ReadonlySet<string> {
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set([current]));
  if (!visited.has(current)) setVisited(new Set([...visited, current]));
  return visited;
}

/** Takes the place of the router's own tabs in browsers: a bar below the screen, without animations. */
function TabNavigator(props: TabNavigatorProps) {
  const { state, descriptors, navigation, NavigationContent } = useNavigationBuilder(TabRouter, props);
  const current = state.routes[state.index];
  const visited = useVisited(current?.key ?? '');

  function press(route: (typeof state.routes)[number]) {
    const event = navigation.emit({ type: 'tabPress', target: route.key, canPreventDefault: true });
    if (route === current || event.defaultPrevented) return;
    navigation.dispatch({ ...CommonActions.navigate(route), target: state.key });
  }

  const scenes: ReactNode[] = [];
  const buttons: ReactNode[] = [];
  for (const route of state.routes) {
    const descriptor = descriptors[route.key];
    if (!descriptor) continue;
    const { options } = descriptor;
    const isCurrent = route === current;
    if (visited.has(route.key) || isCurrent) {
      scenes.push(
        <Scene key={route.key} isShown={isCurrent} style={options.sceneStyle}>
          {descriptor.render()}
        </Scene>,
      );
    }
    buttons.push(
      <TabButton
        key={route.key}
        route={route}
        options={options}
        isCurrent={isCurrent}
        onPress={() => press(route)}
      />,
    );
  }
  return (
    <NavigationContent>
      <View style={styles.screens}>{scenes}</View>
      <View
        role="navigation"
        aria-label="Main"
        style={[styles.bar, current && descriptors[current.key]?.options.tabBarStyle]}
      >
        {buttons}
      </View>
    </NavigationContent>
  );
}

export const createBottomTabNavigator = createNavigatorFactory(TabNavigator);

const styles = StyleSheet.create({
  screens: { flex: 1, overflow: 'hidden' },
  bar: { flexDirection: 'row', borderTopWidth: StyleSheet.hairlineWidth },
});
