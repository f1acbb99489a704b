// What is made for a softphone fits the libraries' own types without a cast, and mistakes are caught by them.
import * as JsSIP from "jssip";
import * as SIP from "sip.js";
import { Registerer, UserAgent } from "sip.js";
import { SimpleUser } from "sip.js/lib/platform/web/index.js";
import {
  jsSipConfig, omiCallSdkConfig, preferOpus, rtcConfiguration, sipJsConfig, softphoneSettings, validateSipAccount,
  type CodecWish, type ExtensionDetail, type IceConfiguration, type IceServer, type Ignored, type InternalPhone, type JsSipAccount, type JsSipConfig,
  type JsSipNamespace, type JsSipOptions, type JsSipParts, type OmiCallSdkConfig, type OmiCallSdkOptions, type PbxAccountDraft, type Report, type SipAccountDraft,
  type SipJsAccount, type SipJsConfig, type SipJsMedia, type SipJsNamespace, type SipJsOptions, type SipJsParts, type SipJsTransport, type SipProxy, type SoftphoneOptions, type SoftphoneSettings,
} from "omicall-call-center/all";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <_ extends true>() => {};

export async function jsSip(detail: ExtensionDetail, phone: InternalPhone, draft: SipAccountDraft) {
  const config: JsSipConfig<JsSIP.WebSocketInterface> = jsSipConfig(detail, { JsSIP });
  const ua = new JsSIP.UA(config);
  new JsSIP.UA(jsSipConfig(phone, { JsSIP, displayName: "An", register: true, registerExpires: 300, language: "vi" }));
  new JsSIP.UA(Object.assign(jsSipConfig(draft, { JsSIP }), { session_timers: false }));
  const { WebSocketInterface } = JsSIP;
  const namespace: JsSipNamespace<JsSIP.Socket> = { WebSocketInterface };
  new JsSIP.UA(jsSipConfig(detail, { JsSIP: namespace }));
  ua.call("sip:6350@contact18", { mediaConstraints: { audio: true }, pcConfig: rtcConfiguration(detail) });
  const parts: JsSipParts = jsSipConfig(detail);
  const account: JsSipAccount = parts;
  new JsSIP.UA(Object.assign(parts, { sockets: new JsSIP.WebSocketInterface(parts.webSocketUrl) }));
  const options: JsSipOptions = { registerExpires: 60 };
  same<Same<typeof config.sockets, JsSIP.WebSocketInterface[]>>();
  console.log(account.uri, account.authorization_user, account.password, account.display_name?.length, account.register, account.register_expires?.toFixed(), options);

  // @ts-expect-error: without the namespace there are no sockets
  new JsSIP.UA(jsSipConfig(detail));
  // @ts-expect-error: the namespace of another library
  new JsSIP.UA(jsSipConfig(detail, { JsSIP: SIP }));
  // @ts-expect-error: under the name of another library
  new JsSIP.UA(jsSipConfig(detail, { SIP: JsSIP }));
  // @ts-expect-error: the options of another library
  new JsSIP.UA(sipJsConfig(detail, { SIP }));
  // @ts-expect-error: settings are for no library in particular
  new JsSIP.UA(softphoneSettings(detail));
  // @ts-expect-error: no string
  jsSipConfig(detail, { registerExpires: "60" });
  // @ts-expect-error: an unknown option
  jsSipConfig(detail, { JsSIP, expires: 60 });
  // @ts-expect-error: neither an extension nor a phone
  jsSipConfig({ address: "sip:1@x" });
}

export async function sipJs(detail: ExtensionDetail, phone: InternalPhone) {
  const config: SipJsConfig<SIP.URI> = sipJsConfig(detail, { SIP });
  const userAgent = new SIP.UserAgent(config);
  new UserAgent(sipJsConfig(phone, { SIP: { UserAgent }, displayName: "An", language: "en" }));
  new UserAgent(Object.assign(sipJsConfig(detail, { SIP }), { delegate: {} }));
  await new Registerer(userAgent, { expires: 300 }).register();
  const namespace: SipJsNamespace<SIP.URI> = { UserAgent };
  const { address, options }: SipJsParts = sipJsConfig(detail);
  const uri = UserAgent.makeURI(address);
  if (uri) new UserAgent(Object.assign(options, { uri }));
  new SimpleUser(options.transportOptions.server, { aor: address, userAgentOptions: options });
  const [account, transport, media, wish]: [SipJsAccount, SipJsTransport, SipJsMedia, SipJsOptions] = [config, config.transportOptions, config.sessionDescriptionHandlerFactoryOptions, { displayName: "An" }];
  same<Same<typeof config.uri, SIP.URI>>();
  console.log(account.displayName?.length, transport.server, media.peerConnectionConfiguration.iceServers, wish, namespace);

  // @ts-expect-error: without the namespace the address is a string
  new UserAgent(sipJsConfig(detail));
  // @ts-expect-error: the address as a string
  new UserAgent({ ...options, uri: address });
  // @ts-expect-error: the namespace of another library
  new UserAgent(sipJsConfig(detail, { SIP: JsSIP }));
  // @ts-expect-error: the class alone is not the namespace
  new UserAgent(sipJsConfig(detail, { SIP: UserAgent }));
  // @ts-expect-error: the configuration of another library
  new UserAgent(jsSipConfig(detail));
  // @ts-expect-error: registration is the Registerer's
  sipJsConfig(detail, { SIP, register: true });
}

export function others(detail: ExtensionDetail, phone: InternalPhone, context: { language: "vi" }) {
  const ice: IceConfiguration = rtcConfiguration(detail);
  const connection = new RTCPeerConnection(ice);
  const servers: IceServer[] = ice.iceServers;
  const forBrowser: RTCIceServer[] = servers;
  const done: boolean = preferOpus(connection) || preferOpus(connection.addTransceiver("audio"));
  const wish: SoftphoneOptions = { displayName: "An" };
  const settings: SoftphoneSettings = softphoneSettings(phone, wish);
  const proxy: SipProxy | null = settings.proxy;
  const codec: CodecWish = settings.codec;
  const ignored: Ignored[] = settings.ignored;
  same<Same<typeof codec.quality, number | null>>();
  console.log(proxy?.host, proxy?.port?.toFixed(), proxy?.transport?.length, proxy?.params["lr"], ignored[0]?.path, ignored[0]?.reason, settings.iceServers, forBrowser, done);
  console.log(settings.address, settings.webSocketUrl, settings.user, settings.password, settings.realm, settings.displayName);
  const own: OmiCallSdkOptions = { wssUri: true };
  const sdk: OmiCallSdkConfig = omiCallSdkConfig(detail, own);
  const pbx: PbxAccountDraft = { sip_user: "1", stun_servers: null };
  const report: Report = validateSipAccount({ pbx_account: pbx }, context);
  const reports: Report[] = [validateSipAccount(detail), validateSipAccount(phone)];
  console.log(sdk.sipRealm, sdk.sipUser, sdk.sipPassword, sdk.wssUri?.length, report.ok, reports);

  // @ts-expect-error: a page of phones is no phone
  validateSipAccount({ items: [phone] });
  // @ts-expect-error: a stream is no transceiver
  preferOpus(new MediaStream());
  // @ts-expect-error: only the vendor's SDK has it
  softphoneSettings(detail, { wssUri: true });
  // @ts-expect-error: there may be no proxy
  settings.proxy.host;
}
