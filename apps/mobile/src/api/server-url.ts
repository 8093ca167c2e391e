/** On the web the server that serves the app is the API; native apps are built for a server. */
export const baseUrl = process.env.EXPO_PUBLIC_API_URL ?? '';

/** Where the server is for everyone. While pages are exported there is none to name. */
export const serverOrigin = (): string => (baseUrl === '' ? window.location.origin : baseUrl);
