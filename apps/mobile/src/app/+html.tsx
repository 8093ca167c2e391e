import { ScrollViewStyleReset } from 'expo-router/html';
import type { PropsWithChildren } from 'react';
import { darkPalette, lightPalette } from '@/theme/colors';

const style = `
:root { --boot-background: ${lightPalette.background}; --boot-foreground: ${lightPalette.primary}; color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --boot-background: ${darkPalette.background}; --boot-foreground: ${darkPalette.primary}; }
}
body { background-color: var(--boot-background); overscroll-behavior: none; -webkit-text-size-adjust: 100%; }
:focus-visible { outline: 2px solid var(--boot-foreground); outline-offset: 2px; }
`;

/** The page around the web app. It is made when the app is exported, never in the browser. */
export default function Html({ children }: PropsWithChildren) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>bugdrill</title>
        <meta name="description" content="Master coding patterns by fixing bugs, on your phone." />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content={lightPalette.background} />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content={darkPalette.background} />
        <meta name="apple-mobile-web-app-capable" content="yes" />
        <meta name="apple-mobile-web-app-title" content="bugdrill" />
        <link rel="manifest" href="/manifest.webmanifest" />
        <link rel="icon" href="/icons/icon.svg" type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        <ScrollViewStyleReset />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constants */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>{children}</body>
    </html>
  );
}
