import type {
    CallCenter, ExtensionDetail, ExtensionQuery, Greeting, GreetingQuery, GroupQuery, HotlineQuery, InternalGroup, InternalPhone,
    IvrScript, IvrScriptQuery, OmiCallError, Page, PhoneQuery,
} from "../types.js";

/** The keys of queries: the tenant's, then the family, what was called, and with which query. */
export type OmiCallKey = readonly ["omicall", tenant: string, ...parts: unknown[]];

/**
 * Options of a query, for `useQuery`, `useSuspenseQuery`, `fetchQuery`, `prefetchQuery` and their likes of every adapter of TanStack
 * Query 5. To add some, write `{ ...phonesQuery(callCenter), staleTime: 60_000 }`; to get a key that knows the type of its data,
 * pass them through `queryOptions` of your adapter.
 */
export interface OmiCallQuery<Data> {
    /** The key; it contains no secret. */
    queryKey: OmiCallKey;
    /** Makes the call. It is aborted when nobody uses the query any more. */
    queryFn: (context: { signal: AbortSignal }) => Promise<Data>;
    /** `false`: the client makes all retries. */
    retry: false;
    /** Not set: TypeScript takes the class of `error` from it. */
    throwOnError?: (error: OmiCallError) => boolean;
}

/** Options of a query that fetches one list page after the other, for `useInfiniteQuery` and its likes. */
export interface OmiCallInfiniteQuery<Item> {
    /** The key; it contains no secret. */
    queryKey: OmiCallKey;
    /** Fetches a list page. It is aborted when nobody uses the query any more. */
    queryFn: (context: { signal: AbortSignal; pageParam: number }) => Promise<Page<Item>>;
    /** The number of the first list page. */
    initialPageParam: number;
    /** The number of the next list page; `undefined` after the last one, and if the server repeats a page. */
    getNextPageParam: (lastPage: Page<Item>, pages: Page<Item>[], lastPageParam: number) => number | undefined;
    /** `false`: the client makes all retries. */
    retry: false;
    /** Not set: TypeScript takes the class of `error` from it. */
    throwOnError?: (error: OmiCallError) => boolean;
}

/** Options of a mutation, for `useMutation`. */
export interface OmiCallMutation<Arguments, Data> {
    /** The key: that of the family, and the method. */
    mutationKey: OmiCallKey;
    /** Makes the call, and then invalidates the queries that it concerns. */
    mutationFn: (args: Arguments) => Promise<Data>;
    /** `false`: the client sends a change again where it knows that nothing was done. */
    retry: false;
    /** Not set: TypeScript takes the class of `error` from it. */
    throwOnError?: (error: OmiCallError) => boolean;
}

/** The part of a `QueryClient` that mutations use. */
export interface Invalidates {
    /** Marks queries as stale, and fetches those that are shown. */
    invalidateQueries(filters: { queryKey: OmiCallKey }): unknown;
}

/** A family with calls that change something. */
export type ChangingFamily = "phones" | "hotlines" | "groups" | "ivrScripts" | "greetings";

/** The methods of a family that change something. */
export type ChangingMethod<Family extends ChangingFamily> = Exclude<keyof CallCenter[Family] & string, "list" | "iterate" | "free">;

/** A call that changes something: `"groups.update"`, … */
export type ChangingCall = { [Family in ChangingFamily]: `${Family}.${ChangingMethod<Family>}` }[ChangingFamily];

/** The method of a call. */
export type MethodOf<Call extends ChangingCall> = Call extends `${infer Family extends ChangingFamily}.${infer Method}` ? (Method extends keyof CallCenter[Family] ? CallCenter[Family][Method] : never) : never;

/** The arguments of a call as a tuple: `[id, group, options]` of `"groups.update"`. */
export type ArgumentsOf<Call extends ChangingCall> = MethodOf<Call> extends (...args: infer Arguments) => unknown ? Arguments : never;

/** What a call resolves to. */
export type DataOf<Call extends ChangingCall> = MethodOf<Call> extends (...args: never) => Promise<infer Data> ? Data : never;

/**
 * Names the tenant of a client in the keys of its queries. Two clients have different keys anyway, but without a name they are
 * different in each browser and on each start. **Name the tenant where keys must stay the same**: if a server fetches what the browser
 * hydrates, if the cache is saved, or if a page makes a new client for the same tenant. Call it before the first query.
 *
 * @example
 * ```ts
 * const callCenter = nameTenant(new CallCenter({ baseUrl: "/omicall", auth }), "acme");
 * ```
 *
 * @param callCenter the client
 * @param tenant whose data it is, such as the customer's name in your own system: no secret, since keys are saved and logged
 * @returns the same client
 * @throws {OmiCallError} `usage` if `tenant` is not a text, or empty
 */
export function nameTenant<Client extends CallCenter>(callCenter: Client, tenant: string): Client;

/**
 * The keys under which all queries of a family are, for `invalidateQueries` and its likes.
 *
 * @example
 * ```ts
 * await queryClient.invalidateQueries({ queryKey: omiCallKeys.groups(callCenter) });
 * queryClient.removeQueries({ queryKey: omiCallKeys.all(callCenter) }); // when somebody signs out
 * ```
 */
export const omiCallKeys: {
    /** Everything that was fetched with this client. */
    readonly all: (callCenter: CallCenter) => OmiCallKey;
    /** `phonesQuery`, `infinitePhonesQuery`, `allPhonesQuery`. */
    readonly phones: (callCenter: CallCenter) => OmiCallKey;
    /** `hotlinesQuery`. */
    readonly hotlines: (callCenter: CallCenter) => OmiCallKey;
    /** `extensionQuery`. */
    readonly extensions: (callCenter: CallCenter) => OmiCallKey;
    /** `groupsQuery`, `infiniteGroupsQuery`, `allGroupsQuery`. */
    readonly groups: (callCenter: CallCenter) => OmiCallKey;
    /** `ivrScriptsQuery`, `infiniteIvrScriptsQuery`, `allIvrScriptsQuery`. */
    readonly ivrScripts: (callCenter: CallCenter) => OmiCallKey;
    /** `greetingsQuery`, `infiniteGreetingsQuery`, `allGreetingsQuery`. */
    readonly greetings: (callCenter: CallCenter) => OmiCallKey;
};

/**
 * A page of the internal phones. Their passwords are `"***"`; there is no option to get them, because caches are saved.
 *
 * @example
 * ```ts
 * const { data, error } = useQuery(phonesQuery(callCenter, { keyword, page }));
 * ```
 *
 * @param callCenter the client
 * @param query which phones, and which list page; default: all, page 1
 * @returns options for `useQuery` and its likes
 */
export function phonesQuery(callCenter: CallCenter, query?: PhoneQuery | null): OmiCallQuery<Page<InternalPhone>>;

/**
 * The internal phones, one list page after the other.
 *
 * @example
 * ```ts
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(infinitePhonesQuery(callCenter, { keyword, size: 50 }));
 * const phones = data?.pages.flatMap((page) => page.items);
 * ```
 *
 * @param callCenter the client
 * @param query which phones; `page` is the first list page, `size` the number of phones per page
 * @returns options for `useInfiniteQuery` and its likes
 */
export function infinitePhonesQuery(callCenter: CallCenter, query?: PhoneQuery | null): OmiCallInfiniteQuery<InternalPhone>;

/**
 * All internal phones, as `groupRequest` and the checks need them.
 *
 * @example
 * ```ts
 * const phones = await queryClient.fetchQuery(allPhonesQuery(callCenter, { size: 500 }));
 * ```
 *
 * @param callCenter the client
 * @param query which phones; `size` is the number of phones per request
 * @returns options for `useQuery` and its likes
 */
export function allPhonesQuery(callCenter: CallCenter, query?: PhoneQuery | null): OmiCallQuery<InternalPhone[]>;

/**
 * The active hotlines.
 *
 * @example
 * ```ts
 * const { data: numbers } = useQuery(hotlinesQuery(callCenter, { extension: "147" }));
 * ```
 *
 * @param callCenter the client
 * @param query which extension's hotlines; default: all active ones
 * @returns options for `useQuery` and its likes
 */
export function hotlinesQuery(callCenter: CallCenter, query?: HotlineQuery | null): OmiCallQuery<string[]>;

/**
 * An extension **without its SIP password**, which is `"***"`: a cache keeps its data for minutes, and may be saved. A softphone gets
 * its account with `callCenter.extensions.detail`.
 *
 * @example
 * ```ts
 * const { data: extension } = useQuery(extensionQuery(callCenter, { type: "sip_user", keyword: "147" }));
 * ```
 *
 * @param callCenter the client
 * @param query the key to look up by, and its value
 * @returns options for `useQuery` and its likes
 */
export function extensionQuery(callCenter: CallCenter, query: ExtensionQuery): OmiCallQuery<ExtensionDetail>;

/**
 * A page of the ring groups.
 *
 * @example
 * ```ts
 * const { data, error } = useQuery(groupsQuery(callCenter, { keyword: "Sales" }));
 * ```
 *
 * @param callCenter the client
 * @param query which groups, and which list page; default: all, page 1
 * @returns options for `useQuery` and its likes
 */
export function groupsQuery(callCenter: CallCenter, query?: GroupQuery | null): OmiCallQuery<Page<InternalGroup>>;

/**
 * The ring groups, one list page after the other.
 *
 * @example
 * ```ts
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(infiniteGroupsQuery(callCenter, { size: 50 }));
 * ```
 *
 * @param callCenter the client
 * @param query which groups; `page` is the first list page, `size` the number of groups per page
 * @returns options for `useInfiniteQuery` and its likes
 */
export function infiniteGroupsQuery(callCenter: CallCenter, query?: GroupQuery | null): OmiCallInfiniteQuery<InternalGroup>;

/**
 * All ring groups.
 *
 * @example
 * ```ts
 * const { data: groups = [] } = useQuery(allGroupsQuery(callCenter));
 * ```
 *
 * @param callCenter the client
 * @param query which groups; `size` is the number of groups per request
 * @returns options for `useQuery` and its likes
 */
export function allGroupsQuery(callCenter: CallCenter, query?: GroupQuery | null): OmiCallQuery<InternalGroup[]>;

/**
 * A page of the IVR scripts.
 *
 * @example
 * ```ts
 * const { data, error } = useQuery(ivrScriptsQuery(callCenter));
 * ```
 *
 * @param callCenter the client
 * @param query which scripts, and which list page; default: all, page 1
 * @returns options for `useQuery` and its likes
 */
export function ivrScriptsQuery(callCenter: CallCenter, query?: IvrScriptQuery | null): OmiCallQuery<Page<IvrScript>>;

/**
 * The IVR scripts, one list page after the other.
 *
 * @example
 * ```ts
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(infiniteIvrScriptsQuery(callCenter));
 * ```
 *
 * @param callCenter the client
 * @param query which scripts; `page` is the first list page, `size` the number of scripts per page
 * @returns options for `useInfiniteQuery` and its likes
 */
export function infiniteIvrScriptsQuery(callCenter: CallCenter, query?: IvrScriptQuery | null): OmiCallInfiniteQuery<IvrScript>;

/**
 * All IVR scripts, as `lintIvr`, `simulateIvr` and `ivrDiagram` need them.
 *
 * @example
 * ```ts
 * const { data: scripts = [] } = useQuery(allIvrScriptsQuery(callCenter));
 * ```
 *
 * @param callCenter the client
 * @param query which scripts; `size` is the number of scripts per request
 * @returns options for `useQuery` and its likes
 */
export function allIvrScriptsQuery(callCenter: CallCenter, query?: IvrScriptQuery | null): OmiCallQuery<IvrScript[]>;

/**
 * A page of the greetings.
 *
 * @example
 * ```ts
 * const { data, error } = useQuery(greetingsQuery(callCenter, { page: 1, size: 50 }));
 * ```
 *
 * @param callCenter the client
 * @param query which list page; default: the first
 * @returns options for `useQuery` and its likes
 */
export function greetingsQuery(callCenter: CallCenter, query?: GreetingQuery | null): OmiCallQuery<Page<Greeting>>;

/**
 * The greetings, one list page after the other.
 *
 * @example
 * ```ts
 * const { data, hasNextPage, fetchNextPage } = useInfiniteQuery(infiniteGreetingsQuery(callCenter));
 * ```
 *
 * @param callCenter the client
 * @param query `page` is the first list page, `size` the number of greetings per page
 * @returns options for `useInfiniteQuery` and its likes
 */
export function infiniteGreetingsQuery(callCenter: CallCenter, query?: GreetingQuery | null): OmiCallInfiniteQuery<Greeting>;

/**
 * All greetings.
 *
 * @example
 * ```ts
 * const { data: greetings = [] } = useQuery(allGreetingsQuery(callCenter));
 * ```
 *
 * @param callCenter the client
 * @param query `size` is the number of greetings per request
 * @returns options for `useQuery` and its likes
 */
export function allGreetingsQuery(callCenter: CallCenter, query?: GreetingQuery | null): OmiCallQuery<Greeting[]>;

/**
 * Any call that changes something. As soon as it ends, the queries of its family are invalidated, and those that are shown are
 * fetched again, also after an error, because the change may have been made if only the response was lost; not if nothing was sent
 * (`validation`, `usage`). The mutation does not wait for that. Its variables are the arguments of the call, as an array.
 *
 * @example
 * ```ts
 * const save = useMutation(omiCallMutation(callCenter, queryClient, "groups.update"));
 * save.mutate([group._id, { ...groupRequest(group, phones).request, timeout: 30 }, { context: { groups, phones } }]);
 * ```
 *
 * @param callCenter the client
 * @param queryClient your `QueryClient`
 * @param call the family and the method: `"groups.update"`
 * @returns options for `useMutation`
 */
export function omiCallMutation<Call extends ChangingCall>(callCenter: CallCenter, queryClient: Invalidates, call: Call): OmiCallMutation<ArgumentsOf<Call>, DataOf<Call>>;
