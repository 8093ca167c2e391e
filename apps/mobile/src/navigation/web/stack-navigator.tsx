import {
  createNavigatorFactory,
  type DefaultNavigatorOptions,
  type EventMapBase,
  type ParamListBase,
  type StackNavigationState,
  StackRouter,
  useNavigationBuilder,
} from 'expo-router/react-navigation';
import type { StyleProp, ViewStyle } from 'react-native';
import { Scene } from './scene';

interface StackOptions {
  contentStyle?: StyleProp<ViewStyle>;
}

type StackNavigatorProps = DefaultNavigatorOptions<
  ParamListBase,
  string | undefined,
  StackNavigationState<ParamListBase>,
  StackOptions,
  EventMapBase,
  unknown
>;

/** Takes the place of the router's own stack in browsers, where there are neither native headers nor gestures. */
function StackNavigator(props: StackNavigatorProps) {
  const { state, descriptors, NavigationContent } = useNavigationBuilder(StackRouter, props);
  return (
    <NavigationContent>
      {state.routes.map(({ key }, index) => {
        const descriptor = descriptors[key];
        return (
          <Scene key={key} isShown={index === state.index} style={descriptor?.options.contentStyle}>
            {descriptor?.render()}
          </Scene>
        );
      })}
    </NavigationContent>
  );
}

export const createNativeStackNavigator = createNavigatorFactory(StackNavigator);
