// All that the call center has: what the checks and the picture of the calls look at beside the record that is being
// edited. Fetched once, when it is first needed, and again after changes.

/** The lists of a tenant, and the drafts that nobody has saved yet, until `session` aborts. */
export function tenantOf(callCenter, session) {
  const fetching = {
    scripts: () => everything(callCenter.ivrScripts),
    groups: () => everything(callCenter.groups),
    greetings: () => everything(callCenter.greetings),
    // The list carries everybody's SIP password as well: no reason to keep it.
    phones: async () =>
      (await everything(callCenter.phones)).map(({ sip_user, agent_id, full_name }) => ({ sip_user, agent_id, full_name })),
  };
  const lists = new Map();

  // As many pages as there are.
  const everything = (family) => family.iterate({ size: 100 }, { signal: session }).toArray();

  async function list(name) {
    if (!lists.has(name)) lists.set(name, fetching[name]());
    const records = lists.get(name);
    try {
      return [name, await records];
    } catch (error) {
      // The next one to ask tries again.
      if (lists.get(name) === records) lists.delete(name);
      throw error;
    }
  }

  return {
    /** Half-done edits by the place where they are edited; they are still there after a look elsewhere. */
    drafts: new Map(),
    /** `{ scripts, groups, greetings, phones }`, or only those that are named: as checks and diagram take them. */
    async load(...names) {
      const wanted = names.length > 0 ? names : Object.keys(fetching);
      return Object.fromEntries(await Promise.all(wanted.map(list)));
    },
    /** Has these lists fetched anew when they are needed again; all of them where none is named. */
    changed(...names) {
      for (const name of names.length > 0 ? names : Object.keys(fetching)) lists.delete(name);
    },
  };
}
