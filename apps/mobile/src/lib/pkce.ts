import { CryptoDigestAlgorithm, CryptoEncoding, digestStringAsync, getRandomBytes } from 'expo-crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 43 characters that nobody can guess: 256 random bits and two more. */
export function newVerifier(): string {
  return Array.from(getRandomBytes(43), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** What may be told of a verifier (S256 of RFC 7636). */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await digestStringAsync(CryptoDigestAlgorithm.SHA256, verifier, {
    encoding: CryptoEncoding.BASE64,
  });
  return digest.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
