/** The set with an id added, or removed when it was in it. */
export function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(set);
  if (!after.delete(id)) {
    after.add(id);
  }
  return after;
}
