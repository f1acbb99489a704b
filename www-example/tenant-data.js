// All records of the call center, which the checks, the simulator and the diagram need beside the record that is edited.
// Each list is fetched when it is first needed, and again after changes.

/** Creates the cache of a tenant's lists, with the unsaved drafts. Its requests are aborted with `signal`. */
export function createTenantData(callCenter, signal) {
  const fetchers = {
    scripts: () => fetchAll(callCenter.ivrScripts),
    groups: () => fetchAll(callCenter.groups),
    greetings: () => fetchAll(callCenter.greetings),
    phones: () => fetchAll(callCenter.phones),
  };
  const lists = new Map();

  // `iterate` fetches one list page after the other.
  const fetchAll = (family) => family.iterate({ size: 100 }, { signal }).toArray();

  async function list(name) {
    if (!lists.has(name)) lists.set(name, fetchers[name]());
    const records = lists.get(name);
    try {
      return [name, await records];
    } catch (error) {
      // The next caller tries again.
      if (lists.get(name) === records) lists.delete(name);
      throw error;
    }
  }

  return {
    /** Aborts when the user signs out. */
    signal,
    /** Unsaved drafts by the address of their editor; they survive a visit to another view. */
    drafts: new Map(),
    /** Loads `{ scripts, groups, greetings, phones }`, or only the named lists, as the checks and the diagram take them. */
    async load(...names) {
      const wanted = names.length > 0 ? names : Object.keys(fetchers);
      return Object.fromEntries(await Promise.all(wanted.map(list)));
    },
    /** Marks these lists, or all if none is named, to be fetched again when they are next needed. */
    invalidate(...names) {
      for (const name of names.length > 0 ? names : Object.keys(fetchers)) lists.delete(name);
    },
  };
}
