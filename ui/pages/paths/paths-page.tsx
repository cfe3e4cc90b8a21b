export function PathsPage(_: { readonly params: URLSearchParams }): null {
  return null
}
