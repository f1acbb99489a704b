// Options for TanStack Query 5. They are plain objects, so nothing of it is imported, and every adapter takes them.
import { usageError } from "../shared.js";

const tenants = new WeakMap();

// A function of this client only, which a Proxy around the client (Vue's `reactive`) returns as it is. A double may have none, or
// one on its prototype, which other doubles share.
const identity = (callCenter) => (Object.hasOwn(callCenter, "free") ? callCenter.free : callCenter);

export function nameTenant(callCenter, tenant) {
  if (typeof tenant !== "string" || !tenant) throw usageError("`tenant` of nameTenant must be a text that is not empty, such as the name of the customer: two clients without a name would share their data.");
  tenants.set(identity(callCenter), tenant);
  return callCenter;
}

// Random without a name: what was cached or saved for one client is never shown as another's.
function tenantOf(callCenter) {
  const client = identity(callCenter);
  if (!tenants.has(client)) tenants.set(client, Math.random().toString(36).slice(2));
  return tenants.get(client);
}

const key = (callCenter, ...parts) => ["omicall", tenantOf(callCenter), ...parts];

export const omiCallKeys = {
  all: (callCenter) => key(callCenter),
  phones: (callCenter) => key(callCenter, "phones"),
  hotlines: (callCenter) => key(callCenter, "hotlines"),
  extensions: (callCenter) => key(callCenter, "extensions"),
  groups: (callCenter) => key(callCenter, "groups"),
  ivrScripts: (callCenter) => key(callCenter, "ivrScripts"),
  greetings: (callCenter) => key(callCenter, "greetings"),
};

// Only the members that a query has: keys are saved and logged, and anything else, which the call refuses, may be a secret.
const known = (query, members) => Object.fromEntries(members.filter((name) => query?.[name] !== undefined).map((name) => [name, query[name]]));

// Without retries, because the client has made them already.
const options = (callCenter, family, method, members, query, queryFn) => ({ queryKey: key(callCenter, family, method, known(query, members)), queryFn, retry: false });

const list = (family, members, callCenter, query) => options(callCenter, family, "list", members, query, ({ signal }) => callCenter[family].list(query, { signal }));

const all = (family, members, callCenter, query) => options(callCenter, family, "all", members, query, ({ signal }) => callCenter[family].iterate(query, { signal }).toArray());

const infinite = (family, members, callCenter, query) => ({
  ...options(callCenter, family, "infinite", members, query, ({ signal, pageParam }) => callCenter[family].list({ ...query, page: pageParam }, { signal })),
  initialPageParam: query?.page ?? 1,
  getNextPageParam: (last, pages, page) => (last.has_next && last.items.length && !repeats(last, pages[pages.length - 2]) ? page + 1 : undefined),
});

// As `iterate` does it: with a server that repeats a page, the list would never end.
const repeats = (page, before) => before && (page.page_number <= before.page_number || edges(page) === edges(before));
const edges = ({ items }) => JSON.stringify([items.length, items[0], items[items.length - 1]]);

const PAGED = ["page", "size"];
const SEARCHED = ["keyword", "page", "size"];

export const phonesQuery = (callCenter, query) => list("phones", SEARCHED, callCenter, query);
export const allPhonesQuery = (callCenter, query) => all("phones", SEARCHED, callCenter, query);
export const infinitePhonesQuery = (callCenter, query) => infinite("phones", SEARCHED, callCenter, query);
export const hotlinesQuery = (callCenter, query) => list("hotlines", ["extension"], callCenter, query);
export const groupsQuery = (callCenter, query) => list("groups", SEARCHED, callCenter, query);
export const allGroupsQuery = (callCenter, query) => all("groups", SEARCHED, callCenter, query);
export const infiniteGroupsQuery = (callCenter, query) => infinite("groups", SEARCHED, callCenter, query);
export const ivrScriptsQuery = (callCenter, query) => list("ivrScripts", SEARCHED, callCenter, query);
export const allIvrScriptsQuery = (callCenter, query) => all("ivrScripts", SEARCHED, callCenter, query);
export const infiniteIvrScriptsQuery = (callCenter, query) => infinite("ivrScripts", SEARCHED, callCenter, query);
export const greetingsQuery = (callCenter, query) => list("greetings", PAGED, callCenter, query);
export const allGreetingsQuery = (callCenter, query) => all("greetings", PAGED, callCenter, query);
export const infiniteGreetingsQuery = (callCenter, query) => infinite("greetings", PAGED, callCenter, query);

export const extensionQuery = (callCenter, query) => options(callCenter, "extensions", "detail", ["type", "keyword"], query, async ({ signal }) => masked(await callCenter.extensions.detail(query, { signal })));

// Caches are kept for minutes, saved, and written into the HTML of a server.
const masked = (detail) => JSON.parse(JSON.stringify(detail), (name, value) => (value !== null && value !== "" && typeof value !== "boolean" && /passw|secret|(pwd|pass|ha1)$/i.test(name) ? "***" : value));

export function omiCallMutation(callCenter, queryClient, call) {
  const [family, method] = call.split(".");
  // The details of an extension show its phone and its hotlines.
  const families = family === "phones" || family === "hotlines" ? [family, "extensions"] : [family];
  return {
    mutationKey: key(callCenter, family, method),
    // Not in `onSuccess`, which a page replaces with its own.
    mutationFn: async (args) => {
      let isSent = true;
      try {
        return await callCenter[family][method](...args);
      } catch (error) {
        isSent = !["validation", "usage"].includes(error?.kind);
        throw error;
      } finally {
        // After an error too: if only the response was lost, the change has been made.
        if (isSent) for (const changed of families) queryClient.invalidateQueries({ queryKey: key(callCenter, changed) });
      }
    },
    retry: false,
  };
}
