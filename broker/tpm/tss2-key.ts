import { der, oid, pem, TAG, unsigned } from '../der/der.ts'
import { sized, u32 } from './bytes.ts'

/** id-loadablekey of the TPM 2.0 key file format that the tpm2 OpenSSL provider reads. */
const LOADABLE_KEY = '2.23.133.10.1.3'

/**
 * A key file `TSS2 PRIVATE KEY`: public area and the private part as the TPM wrapped it, useless on any other TPM.
 * `parent` is a permanent or persistent handle; the key has an empty authorisation value.
 */
export function tss2Pem(parent: number, publicArea: Uint8Array, wrapped: Uint8Array): string {
  const contents = [
    oid(LOADABLE_KEY),
    // emptyAuth [0] EXPLICIT BOOLEAN TRUE: no password is asked for.
    der(TAG.context0, der(TAG.boolean, Buffer.from([0xff]))),
    unsigned(u32(parent)),
    der(TAG.octetString, sized(publicArea)),
    der(TAG.octetString, sized(wrapped)),
  ]
  return pem('TSS2 PRIVATE KEY', der(TAG.sequence, ...contents))
}
