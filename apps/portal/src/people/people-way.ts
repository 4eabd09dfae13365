/** The address of a state of the people page; what is absent or empty does not stand in it. */
export function peopleWay(state: { q?: string; after?: string; person?: string; view?: string }): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) if (value) query.set(name, value);
  const text = query.toString();
  return text === '' ? '/people' : `/people?${text}`;
}
