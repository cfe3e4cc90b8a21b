/** Names of the browser's Web Cryptography that the types of `@peculiar/x509` use; Node has the same types in a module. */
import type { webcrypto as web } from 'node:crypto'

declare global {
  type BufferSource = ArrayBuffer | NodeJS.ArrayBufferView
  type Algorithm = web.Algorithm
  type AlgorithmIdentifier = web.AlgorithmIdentifier
  type Crypto = web.Crypto
  type CryptoKey = web.CryptoKey
  type CryptoKeyPair = web.CryptoKeyPair
  type EcKeyImportParams = web.EcKeyImportParams
  type EcKeyGenParams = web.EcKeyGenParams
  type EcdsaParams = web.EcdsaParams
  type KeyUsage = web.KeyUsage
  type RsaHashedImportParams = web.RsaHashedImportParams
  type RsaHashedKeyGenParams = web.RsaHashedKeyGenParams
}
