import { randomBytes } from './random-bytes';

/**
 * A random UUID (version 4). `crypto.randomUUID` would do the same, but only in secure contexts, and a server
 * on the local network is often reached by plain HTTP. It names a request; it is no secret.
 */
export function randomId(): string {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
