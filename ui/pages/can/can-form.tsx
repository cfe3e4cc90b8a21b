import { useId, useState, type ReactNode } from 'react'
import type { ApiNodeRef } from '../../../app/server/api.ts'
import { Button } from '../../parts/button.tsx'
import { NodeCombobox } from '../../parts/node-combobox.tsx'
import { address, navigate } from '../../routing/location.ts'
import css from './can-form.module.css'

export interface CanQuestion {
  readonly principal: string
  readonly action: string
  readonly resource: string
}

interface CanFormProps {
  readonly question: CanQuestion
  /** The identity that the question turned out to be about. */
  readonly found: ApiNodeRef | undefined
}

/** The name in an id, for a field that was filled by a link. */
const withoutCloud = (id: string): string => id.replace(/^(?:aws|gcp|azure):/, '')

/** Identity, action, resource; asking puts them in the address. */
export function CanForm({ question, found }: CanFormProps): ReactNode {
  const id = useId()
  const [principal, setPrincipal] = useState(question.principal)
  const [action, setAction] = useState(question.action)
  const [resource, setResource] = useState(question.resource)
  const asked = found && principal === question.principal ? found.name : principal
  const ready = principal.trim() !== '' && action.trim() !== '' && resource.trim() !== ''
  const ask = (): void => {
    if (!ready) return
    navigate(
      address('/can', {
        principal: principal.trim(),
        action: action.trim(),
        resource: withoutCloud(resource.trim()),
      }),
    )
  }
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault()
        ask()
      }}
    >
      <div className={css['field']}>
        <span className={css['label']} aria-hidden="true">
          Can
        </span>
        <NodeCombobox
          label="Identity"
          placeholder="An identity"
          value={asked}
          onText={setPrincipal}
          onPick={(node) => setPrincipal(node.id)}
          onEnter={ask}
        />
      </div>
      <div className={css['field']}>
        <label className={css['label']} htmlFor={id}>
          do
        </label>
        <input
          id={id}
          className={css['action']}
          placeholder="An action, like s3:GetObject"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          value={action}
          onChange={(event) => setAction(event.target.value)}
        />
      </div>
      <div className={css['field']}>
        <span className={css['label']} aria-hidden="true">
          on
        </span>
        <NodeCombobox
          label="Resource"
          placeholder="A resource"
          value={resource}
          onText={setResource}
          onPick={(node) => setResource(withoutCloud(node.id))}
          onEnter={ask}
        />
      </div>
      <Button look="primary" type="submit" disabled={!ready} className={css['ask'] ?? ''}>
        Ask
      </Button>
    </form>
  )
}
