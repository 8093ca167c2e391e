import { CryptoDigestAlgorithm, CryptoEncoding, digestStringAsync } from 'expo-crypto';

/** The SHA-256 of a text, in Base64. */
export const sha256 = (text: string): Promise<string> =>
  digestStringAsync(CryptoDigestAlgorithm.SHA256, text, { encoding: CryptoEncoding.BASE64 });
