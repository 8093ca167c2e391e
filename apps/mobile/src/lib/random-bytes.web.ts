/** The browser has them itself, without what expo-crypto would add. */
export const randomBytes = (count: number): Uint8Array => crypto.getRandomValues(new Uint8Array(count));
