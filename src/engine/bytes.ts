// The same bytes in Node's own kind of array, which knows texts and numbers; nothing is copied.
export const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)
