/** A fresh key for one submit. crypto.randomUUID is missing where the page is not served from loopback or by HTTPS. */
export const newKey = (): string =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
