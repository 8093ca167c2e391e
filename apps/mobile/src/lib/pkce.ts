import { randomBytes } from './random-bytes';
import { sha256 } from './sha256';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 43 characters that nobody can guess: 256 random bits and two more. */
export function newVerifier(): string {
  return Array.from(randomBytes(43), (byte) => alphabet[byte % alphabet.length]).join('');
}

/** What may be told of a verifier (S256 of RFC 7636). */
export async function challengeOf(verifier: string): Promise<string> {
  const digest = await sha256(verifier);
  return digest.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
