/**
 * Base64 of RFC 4648 §4, strict: one text for each run of bytes, as a signed note and a receipt need.
 * Uses `atob` and `btoa`, which every browser, Node and edge runtime has.
 */

export function encodeBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let from = 0; from < bytes.length; from += 8192) {
    binary += String.fromCharCode(...bytes.subarray(from, from + 8192)) // in pieces: arguments go on the stack
  }
  return btoa(binary)
}

/** @returns undefined unless `text` is the one encoding of some bytes: padded, no white space, unused bits zero */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const binary = atob(text)
  // RFC 4648 §3.5: `atob` lets the unused bits of the last character pass; then the text is not what we would write.
  if (btoa(binary) !== text) return undefined
  return Uint8Array.from(binary, (each) => each.charCodeAt(0))
}
