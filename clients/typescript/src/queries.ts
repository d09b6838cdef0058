/** Parameters as a part of an address. */

export type Query = Record<string, string | number | string[] | null | undefined>;

/** An address with its parameters, in one order whatever order they were given in. */
export function addressOf(address: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === null || value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text ? `${address}?${text}` : address;
}
