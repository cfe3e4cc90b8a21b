export function CanPage(_: { readonly params: URLSearchParams }): null {
  return null
}
