// Compiles only while the package's types are what its users rely on.
import {
  CallCenter,
  OmiCallError,
  initAsync,
  type Auth,
  type CallCenterOptions,
  type CallOptions,
  type Drift,
  type ErrorKind,
  type ExtensionDetail,
  type ExtensionQuery,
  type Extensions,
  type InternalPhone,
  type Issue,
  type IssueCode,
  type Language,
  type Listed,
  type Page,
  type PageIterator,
  type PbxAccount,
  type PhoneQuery,
  type Phones,
  type ResponseValidation,
  type Severity,
} from "omicall-call-center";

/** Compiles only if both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_Proof extends true>() => {};

export async function everything(): Promise<void> {
  const started: Promise<void> = initAsync();
  await Promise.all([started, initAsync("/omicall.wasm"), initAsync(new URL("https://example.com/o.wasm")), initAsync(fetch("/o.wasm")), initAsync(new Uint8Array())]);

  const ways: Auth[] = [
    { accessToken: "token" },
    { getAccessToken: () => "token" },
    { getAccessToken: async () => "token" },
    { apiKey: "key", dangerouslyAllowBrowser: true },
    { apiKey: "key" },
  ];
  const language: Language = "vi";
  const responseValidation: ResponseValidation = "error";
  const options: CallCenterOptions = {
    baseUrl: "/omicall",
    auth: ways[0] ?? { accessToken: "token" },
    timeoutMs: 5_000,
    maxRetries: 0,
    fetch: (url: string, init: RequestInit) => fetch(url, init),
    language,
    responseValidation,
    onDrift: (drift: Drift) => console.warn(drift.endpoint, drift.path, drift.expected, drift.found),
  };
  // The global fetch itself fits.
  const callCenter = new CallCenter({ ...options, fetch });

  const phones: Phones = callCenter.phones;
  const query: PhoneQuery = { keyword: "Nguyễn", page: 1, size: 50 };
  const call: CallOptions = { signal: AbortSignal.timeout(1_000), timeoutMs: 1_000, maxRetries: 1 };
  const page = await phones.list(query, call);
  same<Same<typeof page, Page<InternalPhone>>>();
  const maybe: AbortSignal | undefined = undefined as AbortSignal | undefined;
  await phones.list({ keyword: undefined, page: undefined }, { signal: maybe });
  const onScreen: Omit<Listed<InternalPhone>, "password"> = page.items[0]!;
  const shown: string = onScreen.full_name;
  // @ts-expect-error: taken out
  console.log(onScreen.password, shown);
  same<Same<"no_such_field" extends keyof Listed<InternalPhone> ? true : false, false>>();
  await phones.list();
  await phones.list({});
  await phones.list({ keyword: "147" });
  const numbers: number[] = [page.page_number, page.page_size, page.total_items, page.total_pages, page.next_page, page.previous_page];
  const more: boolean[] = [page.has_next, page.has_previous];
  const phone = page.items[0];
  if (phone) {
    const texts: string[] = [phone.domain, phone.outbound_proxy, phone.sip_user, phone.password, phone.full_name, phone.email, phone.public_number];
    const times: number[] = [phone.created_date, phone.last_updated_date];
    const agent: string | undefined = phone.agent_id;
    // A field that nobody listed arrives as unknown.
    same<Same<(typeof phone)["added_later"], unknown>>();
    console.log(texts, times, agent, numbers, more);
  }

  const walk: PageIterator<InternalPhone> = phones.iterate({ size: 100 }, call);
  for await (const one of walk) same<Same<typeof one, InternalPhone>>();
  for await (const one of phones.iterate().pages()) same<Same<typeof one, Page<InternalPhone>>>();
  const all = await phones.iterate().toArray({ limit: 10 });
  same<Same<typeof all, InternalPhone[]>>();

  const extensions: Extensions = callCenter.extensions;
  const wanted: ExtensionQuery = { type: "usr_uuid", keyword: "tientv11" };
  const detail: ExtensionDetail = await extensions.detail(wanted);
  const account: PbxAccount = detail.pbx_account;
  const hotlines: string[] | undefined = detail.hotlines;
  const servers: string[] = [...account.stun_servers, ...account.transport, account.sip_proxy_port];
  const quality: number = account.use_opus ? account.opus_quality : 0;
  console.log(hotlines, servers, quality, detail.uuid, detail.mail);

  try {
    await extensions.detail({ type: "sip_user", keyword: "147" }, { timeoutMs: 5 });
  } catch (error) {
    if (error instanceof OmiCallError) {
      const kind: ErrorKind = error.kind;
      switch (error.kind) {
        case "validation":
          for (const issue of error.issues) {
            const one: Issue = issue;
            const [code, severity]: [IssueCode, Severity] = [one.code, one.severity];
            console.log(code, severity, one.path, one.message, one.params["name"]);
          }
          break;
        case "api": case "auth": case "http": case "network": case "timeout": case "aborted": case "decode": case "usage":
          console.log(kind, error.code?.length, error.status?.toFixed(), error.statusCode, error.instanceId, error.endpoint, error.attempts, error.path, error.retryable, error.cause);
          break;
        default:
          // Every kind is named above.
          same<Same<typeof error.kind, never>>();
      }
      const plain: Error = error;
      console.log(plain.message);
    }
  }
  callCenter.free();
}
