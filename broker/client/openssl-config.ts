import { globSync } from 'node:fs'

/** Where systems keep the tpm2 provider of OpenSSL. */
const PLACES = [
  '/usr/lib/*/ossl-modules/tpm2.so',
  '/usr/lib64/ossl-modules/tpm2.so',
  '/usr/lib/ossl-modules/tpm2.so',
]

/** The tpm2 OpenSSL provider's file; undefined when this machine has none. */
export const findProvider = (): string | undefined => PLACES.flatMap((place) => globSync(place))[0]

/**
 * Configuration for the link's process alone: every ECDSA and RSA signature operation of the process goes to the TPM, so it must
 * do nothing else. The broker's chain is Ed25519, which the provider does not know, so it is checked in software.
 */
export function opensslConfig(provider: string): string {
  return `nodejs_conf = openssl_init
openssl_conf = openssl_init
[openssl_init]
providers = provider_sect
alg_section = evp_props
[provider_sect]
default = default_sect
tpm2 = tpm2_sect
[default_sect]
activate = 1
[tpm2_sect]
identity = tpm2
module = ${provider}
activate = 1
[evp_props]
default_properties = ?tpm2.signature=yes
`
}
