import { createHmac } from "node:crypto";

const stepSeconds = 30;

function bytesOf(base32: string): Buffer {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"));
  const octets = bits.join("").match(/.{8}/g) ?? [];
  return Buffer.from(octets.map((octet) => Number.parseInt(octet, 2)));
}

/** RFC 6238 with SHA-1 and six digits, as apps do it. */
function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac("sha1", bytesOf(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

/**
 * An app that gives another code each time it is asked, since the server takes none twice. It also takes those of the
 * step before and after, so three can be had without waiting: the first is the earliest that it still takes when it
 * arrives two seconds later.
 */
export function authenticator(secret: string): () => string {
  let last = 0;
  return () => {
    const earliest = Math.floor((Date.now() / 1000 + 2) / stepSeconds) - 1;
    last = Math.max(last + 1, earliest);
    return codeOf(secret, last);
  };
}
