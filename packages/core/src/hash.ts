// A content hash for naming tables and zone data. Not for secrets.

/**
 * A 64-bit hash of bytes as 16 hexadecimal digits: two 32-bit lanes mixed as in MurmurHash3 (Appleby, 2011, public
 * domain). Names content; proves nothing against somebody who wants a collision. Cost: about 1 ns a byte.
 *
 * @example
 * import { hashHex } from '@clientele/core'
 * hashHex(new Uint8Array([1, 2, 3])) === hashHex(new Uint8Array([1, 2, 3])) // => true
 *
 * @category definitions
 */
export const hashHex = (bytes: Uint8Array): string => {
  let a = 0xdeadbeef ^ bytes.length
  let b = 0x41c6ce57 ^ bytes.length
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!
    a = Math.imul(a ^ byte, 0x9e3779b1)
    b = Math.imul(b ^ byte, 0x5f356495)
    a ^= a >>> 15
    b ^= b >>> 13
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0')
  return hex(b ^ (b >>> 16)) + hex(a ^ (a >>> 16))
}
