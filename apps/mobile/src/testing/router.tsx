import { type EffectCallback, useEffect } from 'react';

/** Where a screen under test is, and where it has led. */
export const route = {
  pathname: '/here',
  params: {} as Record<string, string>,
  push: jest.fn(),
  replace: jest.fn(),
  navigate: jest.fn(),
  back: jest.fn(),
  dismissTo: jest.fn(),
  canGoBack: jest.fn(() => true),
};

/** Takes the place of expo-router. */
export const routerModule = {
  router: route,
  usePathname: () => route.pathname,
  useLocalSearchParams: () => route.params,
  useFocusEffect: (effect: EffectCallback) => useEffect(effect, [effect]),
  Redirect: ({ href }: { href: string }) => {
    useEffect(() => route.replace(href), [href]);
    return null;
  },
};
