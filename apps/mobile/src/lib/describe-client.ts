/** Which browser it is: of several names the first, since most browsers also give the names of others. */
const browsers: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

/** The app's own requests are made by these, on iOS and Android. */
const nativeApp = /^bugdrill\/.*CFNetwork|^okhttp\//;

const firstOf = (known: [RegExp, string][], client: string) =>
  known.find(([pattern]) => pattern.test(client))?.[1];

/** A few words by which a learner recognises the device of a session. */
export function describeClient(client: string | null | undefined): string {
  if (!client) return 'A device';
  if (nativeApp.test(client)) return client.startsWith('okhttp') ? 'The app on Android' : 'The app on iOS';
  const browser = firstOf(browsers, client);
  const system = firstOf(systems, client);
  if (browser && system) return `${browser} on ${system}`;
  return browser ?? system ?? client.slice(0, 40);
}
