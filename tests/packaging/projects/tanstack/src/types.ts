// What the adapters make of the options' types.
import * as react from "@tanstack/react-query";
import * as vue from "@tanstack/vue-query";
import type { CallCenter, ExtensionDetail, InternalGroup, InternalPhone, OmiCallError, Page } from "omicall-call-center";
import { allPhonesQuery, extensionQuery, groupsQuery, hotlinesQuery, infiniteGroupsQuery, omiCallKeys, omiCallMutation, phonesQuery, type ChangingCall } from "omicall-call-center/tanstack";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(..._: Equal<A, B> extends true ? [] : ["the types differ"]) => {};

export async function inReact(callCenter: CallCenter, queryClient: react.QueryClient) {
  const page = react.useQuery(phonesQuery(callCenter, { keyword: "a" }));
  same<typeof page.data, Page<InternalPhone> | undefined>();
  same<typeof page.error, OmiCallError | null>();
  const suspended = react.useSuspenseQuery({ ...hotlinesQuery(callCenter), staleTime: 60_000 });
  same<typeof suspended.data, string[]>();
  const names = react.useQuery({ ...allPhonesQuery(callCenter), select: (phones) => phones.map((phone) => phone.full_name), enabled: false });
  same<typeof names.data, string[] | undefined>();
  const groups = react.useInfiniteQuery(infiniteGroupsQuery(callCenter, { size: 50 }));
  same<typeof groups.data, react.InfiniteData<Page<InternalGroup>, unknown> | undefined>();
  same<typeof groups.error, OmiCallError | null>();
  const [detail] = react.useQueries({ queries: [extensionQuery(callCenter, { type: "sip_user", keyword: "147" })] });
  same<typeof detail.data, ExtensionDetail | undefined>();

  const save = react.useMutation(omiCallMutation(callCenter, queryClient, "groups.update"));
  same<typeof save.data, InternalGroup | undefined>();
  same<typeof save.error, OmiCallError | null>();
  save.mutate(["62ff11b208d4bf3ea694a6f3", { group_name: "Sales", strategy: "random", sip_members: ["147"], timeout: 20 }, { context: {} }]);
  // @ts-expect-error: a misspelt strategy
  save.mutate(["62ff11b208d4bf3ea694a6f3", { group_name: "Sales", strategy: "rolover", sip_members: ["147"], timeout: 20 }]);
  // @ts-expect-error: this reads
  omiCallMutation(callCenter, queryClient, "groups.list");
  // @ts-expect-error: there is no such query
  phonesQuery(callCenter, { includePasswords: true });
  const calls: ChangingCall[] = ["phones.setEnabled", "hotlines.assignToExtension", "ivrScripts.create", "greetings.upload"];

  same<Awaited<ReturnType<typeof fetched>>, Page<InternalGroup>>();
  const fetched = () => queryClient.fetchQuery(groupsQuery(callCenter));
  await queryClient.prefetchInfiniteQuery(infiniteGroupsQuery(callCenter));
  await queryClient.invalidateQueries({ queryKey: omiCallKeys.groups(callCenter) });
  const known = queryClient.getQueryData(react.queryOptions(groupsQuery(callCenter)).queryKey);
  same<typeof known, Page<InternalGroup> | undefined>();
  return calls;
}

export function inVue(callCenter: CallCenter, queryClient: vue.QueryClient) {
  const page = vue.useQuery(phonesQuery(callCenter, { keyword: "a" }));
  same<typeof page.data.value, Page<InternalPhone> | undefined>();
  same<typeof page.error.value, OmiCallError | null>();
  const followed = vue.useQuery(() => ({ ...allPhonesQuery(callCenter), enabled: false }));
  same<typeof followed.data.value, InternalPhone[] | undefined>();
  const groups = vue.useInfiniteQuery(infiniteGroupsQuery(callCenter));
  same<typeof groups.error.value, OmiCallError | null>();
  const upload = vue.useMutation(omiCallMutation(callCenter, queryClient, "greetings.upload"));
  upload.mutate([{ file: new File([], "a.mp3") }, { onProgress: ({ loaded }) => console.log(loaded) }]);
  return groups.data.value?.pages[0]?.items satisfies InternalGroup[] | undefined;
}
