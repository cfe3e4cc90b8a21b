export function FindingsPage(_: { readonly params: URLSearchParams }): null {
  return null
}
