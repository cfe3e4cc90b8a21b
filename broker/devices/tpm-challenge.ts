import { createHash, createPublicKey, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FinishRequest, TpmClaims } from '../protocol/enrolment-messages.ts'
import { demand, Refusal } from '../refusal.ts'
import { readCertified, signedBy } from '../tpm/attestation.ts'
import { ALGORITHM } from '../tpm/constants.ts'
import { makeCredential, type Credential } from '../tpm/make-credential.ts'
import { hasAll, hasNone, readPublicArea, type PublicArea } from '../tpm/public-area.ts'
import { spkiOf } from './certification-request.ts'
import type { TpmEvidence } from './device.ts'
import { endorsementKeyOf } from './endorsement.ts'

/** One open question to a TPM: is the attestation key in the TPM of this endorsement key, and does it know the link's key? */
export interface TpmChallenge {
  readonly evidence: TpmEvidence
  readonly credential: Credential
  readonly secret: Buffer
  readonly attestationKey: PublicArea
  readonly linkKey: PublicArea
}

/** Checks what a device claims of its TPM, as far as it can be seen from outside, and makes the question. */
export function challengeClaims(claims: TpmClaims): TpmChallenge {
  const endorsement = readPublicArea(claims.ekPublic, 'the endorsement key')
  const ekKey = spkiOf(endorsement.key)
  if (claims.ekCertificate !== undefined) {
    const certified = endorsementKeyOf(claims.ekCertificate)
    demand(
      certified.spki.equals(ekKey),
      'ek-untrusted',
      'the endorsement certificate is of another key than the endorsement key',
    )
  }
  const { ekCertificate, ekChain, akPublic, keyPublic } = claims
  return challengeEvidence({ ekCertificate, ekChain, ekKey, akPublic, keyPublic })
}

/** The question for evidence that is on record: renewal asks it again. */
export function challengeEvidence(evidence: TpmEvidence): TpmChallenge {
  const attestationKey = readPublicArea(evidence.akPublic, 'the attestation key')
  // Restricted: it signs nothing from outside that looks as if the TPM had made it.
  demand(
    hasAll(attestationKey, 'fixedTpm', 'fixedParent', 'sensitiveDataOrigin', 'restricted', 'sign') &&
      hasNone(attestationKey, 'decrypt', 'stClear', 'x509Sign') &&
      attestationKey.scheme !== undefined &&
      attestationKey.scheme.hash !== ALGORITHM.sha1,
    'ak-unfit',
    'the attestation key is not a restricted signing key that is fixed to its TPM',
  )
  const linkKey = readPublicArea(evidence.keyPublic, 'the link key')
  demand(
    hasAll(linkKey, 'fixedTpm', 'fixedParent', 'sensitiveDataOrigin', 'sign') &&
      hasNone(linkKey, 'restricted', 'decrypt', 'encryptedDuplication', 'x509Sign') &&
      linkKey.curve?.jwk === 'P-256',
    'key-unfit',
    'the link key is not a P-256 signing key that is fixed to its TPM',
  )
  const secret = randomBytes(32)
  const key = createPublicKey({ key: evidence.ekKey, format: 'der', type: 'spki' })
  return {
    evidence,
    credential: makeCredential(key, attestationKey.name, secret),
    secret,
    attestationKey,
    linkKey,
  }
}

/**
 * Checks the answers: the opened secret shows that attestation key and endorsement key are in one TPM; the certification
 * shows that the link's key is there too, for this nonce and this request.
 */
export function checkAnswers(challenge: TpmChallenge, nonce: Buffer, finish: FinishRequest): void {
  const answers = finish.tpm
  if (answers === undefined) throw new Refusal('malformed', 'the answers of the TPM are missing')
  const { secret } = answers
  demand(
    secret.length === challenge.secret.length && timingSafeEqual(secret, challenge.secret),
    'credential-wrong',
    'the secret was not opened: the attestation key is not in the TPM of the endorsement key',
  )
  const certified = readCertified(answers.attestation)
  const asked = createHash('sha256').update(nonce).update(finish.request).digest()
  const fits =
    certified.extraData.equals(asked) &&
    certified.name.equals(challenge.linkKey.name) &&
    signedBy(challenge.attestationKey, answers.attestation, answers.signature)
  demand(fits, 'attestation-invalid', 'the attestation is not of this key, this request and this moment')
}
