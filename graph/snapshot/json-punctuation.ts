/** The bytes of JSON text (RFC 8259) that tell its structure, in UTF-8 and as UTF-16 units alike. */
export const JSON_QUOTE = 0x22
export const JSON_BACKSLASH = 0x5c
export const JSON_COMMA = 0x2c
export const JSON_COLON = 0x3a
export const JSON_OPEN_LIST = 0x5b
export const JSON_CLOSE_LIST = 0x5d
export const JSON_OPEN_OBJECT = 0x7b
export const JSON_CLOSE_OBJECT = 0x7d

/** Space, line feed, carriage return, tab. */
export function isJsonBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}
