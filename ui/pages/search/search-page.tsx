export function SearchPage(_: { readonly params: URLSearchParams }): null {
  return null
}
