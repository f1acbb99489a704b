// Settings for softphones, against the real JsSIP, SIP.js and RTCPeerConnection.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { inspect } from "node:util";
import { accounts, detail, phone } from "./accounts.mjs";
import { addLibraries } from "./libraries.mjs";
import { openPage, sample } from "./support.mjs";

let browser, page;
before(async () => {
  browser = await openPage();
  ({ page } = browser);
  await addLibraries(page);
});
after(() => browser?.close());

test("both libraries accept each account, or the SDK rejects it first", async () => {
  assert.ok(accounts.length >= 40);
  const outcomes = await page.evaluate((accounts) => {
    const { JsSIP, SIP, sdk } = window;
    const outcome = (make) => {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof sdk.OmiCallError)) return `threw ${error}`;
        const errors = error.issues.filter(({ severity }) => severity === "error");
        return error.kind === "validation" ? errors.map(({ code }) => code).join(" ") : `${error.kind}: ${error.message}`;
      }
    };
    const header = (nameAddr) => /[\r\n]/.test(nameAddr) && `line break in ${JSON.stringify(nameAddr)}`;
    const jsSip = (account) => {
      const config = sdk.jsSipConfig(account, { JsSIP });
      const ua = new JsSIP.UA(config);
      const { uri, display_name, password, authorization_user } = ua.configuration;
      if (password !== config.password || password === "***") return "another password";
      const user = account.pbx_account?.sip_user ?? account.sip_user;
      if (uri.user !== user || authorization_user !== user) return `another user ${uri.user}`;
      return header(new JsSIP.NameAddrHeader(uri, display_name).toString()) || "ok";
    };
    const sipJs = (account) => {
      const config = sdk.sipJsConfig(account, { SIP });
      const ua = new SIP.UserAgent(Object.assign(config, { logBuiltinEnabled: false }));
      const { uri, displayName, authorizationPassword } = ua.configuration;
      if (authorizationPassword !== config.authorizationPassword || authorizationPassword === "***") return "another password";
      const from = new SIP.NameAddrHeader(uri, displayName).toString();
      const parsed = SIP.Grammar.nameAddrHeaderParse(from);
      if (!parsed) return `no name-addr: ${from}`;
      const expectedName = sdk.softphoneSettings(account).displayName;
      if ((parsed.displayName ?? "").replace(/\\(.)/g, "$1") !== expectedName) return `another name ${parsed.displayName}`;
      // What a session would do with the options.
      const { peerConnectionConfiguration } = config.sessionDescriptionHandlerFactoryOptions;
      new RTCPeerConnection(peerConnectionConfiguration).close();
      return header(from) || "ok";
    };
    const rest = (account) => {
      const { report, ice, url } = { report: sdk.validateSipAccount(account), ice: sdk.rtcConfiguration(account), url: sdk.softphoneSettings(account).webSocketUrl };
      if (!report.ok) return "the report disagrees";
      new RTCPeerConnection(ice).close();
      const socket = new WebSocket(url, "sip");
      socket.close();
      const { sipUser, sipRealm, sipPassword } = sdk.omiCallSdkConfig(account);
      return [sipUser, sipRealm, sipPassword].every((text) => text && text !== "***") ? "ok" : "something is missing";
    };
    return accounts.map(([name, account]) => ({
      name,
      outcomes: [jsSip, sipJs, rest].map((take) => outcome(() => take(account))),
      report: sdk.validateSipAccount(account).issues.filter(({ severity }) => severity === "error").map(({ code }) => code).join(" "),
    }));
  }, accounts);
  outcomes.forEach(({ name, outcomes, report }, index) => {
    const expected = accounts[index][2];
    const only = expected === "JsSIP only";
    assert.deepEqual(outcomes, only ? ["ok", "sip-realm-invalid", "ok"] : [expected, expected, expected], name);
    assert.equal(report, expected === "ok" || only ? "" : expected, name);
  });
});

test("accounts that the check rejects would throw in a library, with the listed exceptions", async () => {
  // What some library would accept, and why it is rejected nevertheless.
  const exceptions = {
    "sip_realm \"contact18:5060\"": "a realm has no port or parameters",
    "sip_realm \"contact18;x=1\"": "a realm has no port or parameters",
    "sip_realm null": "a realm is a string",
    "sip_user \"a#b\"": "would be percent-encoded, and no server is known that decodes it",
    "sip_user \"a@b\"": "would be percent-encoded, and no server is known that decodes it",
    "sip_user \"a b\"": "would be percent-encoded, and no server is known that decodes it",
    "sip_user \"Ánh\"": "would be percent-encoded, and no server is known that decodes it",
    "sip_user \"a%41\"": "both libraries decode it twice and register another user",
    "sip_password \"\"": "no server accepts it",
    "sip_password null": "no server accepts it",
    "sip_password 5": "a password is a string",
    "sip_password \"***\"": "it stands for a password that was not handed out",
    "sip_web_socket_server \"wss:h\"": "the rule requires wss://host[:port][/path]",
    "sip_web_socket_server \"wss://h:0\"": "port 0 is invalid",
    "sip_web_socket_server \"wss://h:99999\"": "the libraries ignore the port, the WebSocket throws",
    "sip_user 6349": "a user is a string",
  };
  const accepted = await page.evaluate((accounts) => {
    const { JsSIP, SIP } = window;
    const refused = accounts.filter(([, account, outcome]) => outcome.startsWith("sip-") && !outcome.includes(" ") && account.pbx_account);
    const accepts = ({ sip_user, sip_realm, sip_web_socket_server, sip_password, stun_servers }) => {
      try {
        const uri = `sip:${encodeURIComponent(sip_user ?? "")}@${sip_realm}`;
        const ua = new JsSIP.UA({ sockets: [new JsSIP.WebSocketInterface(sip_web_socket_server)], uri, authorization_user: sip_user, password: sip_password });
        if (!JsSIP.NameAddrHeader.parse(new JsSIP.NameAddrHeader(ua.configuration.uri).toString())) return false;
        const address = SIP.UserAgent.makeURI(uri);
        if (!address) return false;
        new SIP.UserAgent({ uri: address, transportOptions: { server: sip_web_socket_server }, logBuiltinEnabled: false });
        new WebSocket(sip_web_socket_server, "sip").close();
        new RTCPeerConnection({ iceServers: stun_servers.map((urls) => ({ urls })) }).close();
        return true;
      } catch {
        return false;
      }
    };
    return refused.filter(([, account]) => accepts(account.pbx_account)).map(([name]) => name);
  }, accounts);
  assert.deepEqual(accepted.filter((name) => !(name in exceptions)), []);
});

test("SIP users are accepted exactly if both libraries can read the From header that they write", async () => {
  const wrong = await page.evaluate((detail) => {
    const { JsSIP, SIP, sdk } = window;
    const longer = (texts) => texts.flatMap((text) => [...":/?;&+,a"].map((char) => text + char));
    const users = longer([""]).concat(longer(longer([""])), longer(longer(longer([""]))), longer(longer(longer(longer([""])))));
    const readBy = {
      jsSip: (uri) => JsSIP.NameAddrHeader.parse(new JsSIP.NameAddrHeader(JsSIP.URI.parse(uri)).toString())?.uri.user,
      sipJs: (uri) => SIP.Grammar.nameAddrHeaderParse(new SIP.NameAddrHeader(SIP.UserAgent.makeURI(uri), "").toString())?.uri.user,
    };
    return users.filter((user) => {
      detail.pbx_account.sip_user = user;
      const isReadable = Object.values(readBy).every((read) => read(`sip:${encodeURIComponent(user)}@contact18`) === user);
      return sdk.validateSipAccount(detail).ok !== isReadable;
    });
  }, detail());
  assert.deepEqual(wrong, []);
});

test("the path of a WebSocket has exactly the characters that both libraries take", async () => {
  const wrong = await page.evaluate((detail) => {
    const { JsSIP, SIP, sdk } = window;
    const takes = (url) => {
      try {
        const { sip_uri } = new JsSIP.WebSocketInterface(url);
        return sip_uri === "sip:pbx.example.vn:8089;transport=ws" && SIP.Grammar.parse(url, "absoluteURI") !== -1;
      } catch {
        return false;
      }
    };
    const chars = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).concat("%41", "%4", "%zz", "%%41", "☎");
    const urls = chars.flatMap((char) => ["/ws", "/ws?x=", "?", "/"].map((path) => `wss://pbx.example.vn:8089${path}${char}`));
    return urls.filter((url) => {
      detail.pbx_account.sip_web_socket_server = url;
      return sdk.validateSipAccount(detail).ok !== takes(url);
    });
  }, detail());
  assert.deepEqual(wrong, []);
});

test("passwords are passed on unchanged: decomposed letters, U+0000, Hangul, compatibility characters", async () => {
  const passwords = ["e\u0301t\u00e9", "\0", "a\0\0b\0", "\u1112\u1161\u11ab", "\u212b\u2126\ufb01", "\u{1f512}"];
  const wrong = await page.evaluate(([passwords, details, phones]) => {
    const made = (account) => [
      sdk.softphoneSettings(account).password, sdk.jsSipConfig(account).password, sdk.sipJsConfig(account).options.authorizationPassword, sdk.omiCallSdkConfig(account).sipPassword,
    ];
    return passwords.filter((password, index) => [details[index], phones[index]].flatMap(made).some((one) => one !== password));
  }, [passwords, passwords.map((sip_password) => detail({ sip_password })), passwords.map((password) => phone({ password }))]);
  assert.deepEqual(wrong, []);
});

test("what a function does not use does not keep it from working", async () => {
  const results = await page.evaluate((detail) => [
    sdk.rtcConfiguration({ pbx_account: { stun_servers: ["stun:h", "https://h", null] } }),
    sdk.rtcConfiguration({ pbx_account: { ...detail.pbx_account, sip_password: "***", sip_realm: "con tact" } }),
    sdk.rtcConfiguration(null),
    sdk.jsSipConfig({ pbx_account: { ...detail.pbx_account, stun_servers: "stun:h" } }).uri,
    sdk.omiCallSdkConfig({ domain: "omiteam", sip_user: "147", password: "made-up" }).sipUser,
  ], detail());
  const none = { iceServers: [] };
  assert.deepEqual(results, [{ iceServers: [{ urls: ["stun:h"] }] }, none, none, "sip:6349@contact18", "147"]);
});

test("a masked password is an error that says what to do, in every function that uses the password", async () => {
  const outcomes = await page.evaluate(async (accounts) => {
    const functions = ["softphoneSettings", "jsSipConfig", "sipJsConfig", "omiCallSdkConfig"];
    return Promise.all(accounts.flatMap((account) => functions.map((name) => window.outcome(() => sdk[name](account)))));
  }, [detail({ sip_password: "***" }), phone({ password: "***" })]);
  for (const { kind, message, issues } of outcomes) {
    assert.equal(kind, "validation");
    assert.deepEqual(issues.map(({ code }) => code), ["sip-password-masked"]);
    assert.match(message, /password: The password is masked: take the account from extensions\.detail, or call phones\.list with includePasswords: true\./);
  }
});

test("settings contain what a softphone needs, and the ignored fields", async () => {
  const settings = await page.evaluate((detail) => ({ ...sdk.softphoneSettings(detail) }), detail({ sip_user: "a:b", stun_servers: ["h:3478", "turn:t"], sip_proxy_port: "5060", opus_quality: 2.5 }));
  assert.deepEqual(settings, {
    address: "sip:a%3Ab@contact18", webSocketUrl: "wss://vh.omicrm.com:7443", user: "a:b", password: "made-up", realm: "contact18", displayName: "6349",
    iceServers: [{ urls: ["stun:h:3478"] }],
    proxy: { host: "192.0.2.14", port: 5060, transport: "udp", params: { transport: "udp" } },
    codec: { opus: true, quality: 2.5 },
    ignored: [
      { path: "/pbx_account/stun_servers/1", reason: "A TURN server needs a user name and a password, which the account does not have." },
      { path: "/pbx_account/sip_proxy", reason: "Browsers can only use the WebSocket; the SIP proxy is informational." },
    ],
  });
});

test("settings say null where the account has nothing", async () => {
  const settings = await page.evaluate(
    (accounts) => accounts.map((account) => ({ ...sdk.softphoneSettings(account) })).map(({ proxy, codec }) => [proxy, codec.quality]),
    [detail({ sip_proxy: "x", opus_quality: null }), detail({ sip_proxy: "<sip:h>", sip_proxy_port: undefined, opus_quality: 2 })],
  );
  assert.deepEqual(settings[0], [null, null]);
  assert.deepEqual(settings[1], [{ host: "h", port: null, transport: null, params: {} }, 2]);
});

test("without the library namespaces, the configurations lack only instances of library classes", async () => {
  const [jsSip, sipJs, omiCall, plain] = await page.evaluate(([detail, phone]) => {
    const parts = sdk.sipJsConfig(phone, { displayName: 'A "B"', SIP: undefined });
    const options = { displayName: "Khoa", register: false, registerExpires: 300 };
    return [{ ...sdk.jsSipConfig(detail, options) }, { ...parts, options: { ...parts.options } }, { ...sdk.omiCallSdkConfig(detail, { wssUri: true }) }, { ...sdk.omiCallSdkConfig(phone) }];
  }, [detail(), phone()]);
  assert.deepEqual(jsSip, {
    uri: "sip:6349@contact18", authorization_user: "6349", password: "made-up", display_name: "Khoa", register: false, register_expires: 300,
    webSocketUrl: "wss://vh.omicrm.com:7443",
  });
  assert.deepEqual(sipJs, {
    address: "sip:147@omiteam",
    options: {
      authorizationUsername: "147", authorizationPassword: "made-up", displayName: 'A \\"B\\"', transportOptions: { server: "wss://wssvn.omicrm.com" },
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
    },
  });
  assert.deepEqual(omiCall, { sipRealm: "contact18", sipUser: "6349", sipPassword: "made-up", wssUri: "wss://vh.omicrm.com:7443" });
  assert.deepEqual(plain, { sipRealm: "omiteam", sipUser: "147", sipPassword: "made-up" });
});

test("passwords are hidden in strings, JSON and consoles", async () => {
  const before = browser.consoleLines.length;
  const texts = await page.evaluate((detail) => {
    const { JsSIP, SIP } = window;
    const parts = sdk.sipJsConfig(detail);
    const made = [
      sdk.softphoneSettings(detail), sdk.jsSipConfig(detail), sdk.jsSipConfig(detail, { JsSIP }), parts, parts.options, sdk.sipJsConfig(detail, { SIP }),
      sdk.omiCallSdkConfig(detail, { wssUri: true }),
    ];
    const texts = made.flatMap((one) => [String(one), `${one}`, JSON.stringify(one), JSON.stringify({ deep: [one] })]);
    for (const one of made) console.log(one), console.log("%o %s", one, one), console.table(one), console.dir(one);
    // A member may be changed, and is still hidden.
    made[0].password = "changed-secret";
    texts.push(JSON.stringify(made[0]), made[0].password === "changed-secret" ? "changed" : "not changed");
    // A circular object must not make string conversion throw.
    const circular = sdk.jsSipConfig(detail);
    circular.self = circular;
    texts.push(`${circular}`);
    return texts;
  }, detail({ sip_password: "s3cret-value" }));
  const consoleLines = browser.consoleLines.slice(before);
  assert.ok(consoleLines.length >= 7 * 4, `only ${consoleLines.length} lines`);
  for (const text of [...texts, ...consoleLines]) assert.ok(!/s3cret|changed-secret/.test(text), text);
  for (const text of texts.filter((text) => text.startsWith("{"))) assert.ok(text.includes('"***"'), text);
  assert.equal(texts.at(-2), "changed");
});

test("passwords are hidden in Node's console", async () => {
  const sdk = await import(new URL("../../pkg/softphone/index.js", import.meta.url));
  const { readFile } = await import("node:fs/promises");
  await sdk.initAsync(await readFile(new URL("../../pkg/softphone/softphone.wasm", import.meta.url)));
  const JsSIP = await import("jssip");
  const SIP = await import("sip.js");
  const account = (await sample("extensions_detail")).payload;
  account.pbx_account.sip_password = "s3cret-value";
  for (const made of [sdk.softphoneSettings(account), sdk.jsSipConfig(account, { JsSIP }), sdk.sipJsConfig(account, { SIP }), sdk.sipJsConfig(account), sdk.omiCallSdkConfig(account)]) {
    for (const shown of [inspect(made), inspect({ deep: [made] }, { depth: 9, showHidden: true, getters: true })]) {
      assert.ok(shown.includes("***") && !shown.includes("s3cret"), shown);
    }
  }
  // The server's response is unchanged.
  assert.equal(account.pbx_account.sip_password, "s3cret-value");
});

test("invalid options and namespaces are rejected", async () => {
  const outcomes = await page.evaluate((detail) => {
    const { JsSIP, SIP } = window;
    const throwing = { get WebSocketInterface() { throw new Error("mine"); }, get UserAgent() { throw new Error("mine"); } };
    const calls = [
      () => sdk.jsSipConfig(detail, { SIP }),
      () => sdk.jsSipConfig(detail, { JsSIP: SIP }),
      () => sdk.jsSipConfig(detail, { JsSIP: 5 }),
      () => sdk.jsSipConfig(detail, { JsSIP: throwing }),
      () => sdk.jsSipConfig(detail, { registerExpires: 0 }),
      () => sdk.jsSipConfig(detail, { register: "yes" }),
      () => sdk.sipJsConfig(detail, { SIP: JsSIP }),
      () => sdk.sipJsConfig(detail, { SIP: throwing }),
      () => sdk.sipJsConfig(detail, { SIP: { UserAgent: { makeURI: () => undefined } } }),
      () => sdk.sipJsConfig(detail, { displayName: 5 }),
      () => sdk.omiCallSdkConfig(detail, { displayName: "x" }),
      () => sdk.softphoneSettings(detail, { language: "fr" }),
      () => sdk.rtcConfiguration(5),
      () => sdk.validateSipAccount(detail, { language: "fr" }),
      () => sdk.softphoneSettings({ get pbx_account() { throw new Error("mine"); } }),
      () => sdk.preferOpus({}),
      () => sdk.preferOpus(undefined),
    ];
    return calls.map((call) => {
      try {
        return `went through: ${call()}`;
      } catch ({ name, kind, path, message }) {
        return message.includes("made-up") ? message : `${name} ${kind} ${path}`;
      }
    });
  }, detail());
  const paths = ["/SIP", "/JsSIP", "/JsSIP", "/JsSIP", "/registerExpires", "/register", "/SIP", "/SIP", "/SIP", "/displayName", "/displayName", "/language", "", "/language", "/pbx_account", "", ""];
  assert.deepEqual(outcomes, paths.map((path) => `OmiCallError usage ${path}`));
});

test("the issues of a rejected account are in the requested language", async () => {
  const bad = detail({ sip_realm: "18x", sip_web_socket_server: "ws://h", sip_password: "s3cret-value" });
  const error = await page.evaluate(async (detail) => window.outcome(() => sdk.jsSipConfig(detail, { language: "vi" })), bad);
  assert.equal(error.kind, "validation");
  assert.deepEqual(error.issues.map(({ code, severity, message }) => [code, severity, message]), [
    ["sip-ws-url-insecure", "warning", "ws:// không mã hoá"],
    ["sip-realm-invalid", "error", "\"18x\" không phải tên miền SIP"],
  ]);
  assert.match(error.message, /\/pbx_account\/sip_realm/);
  assert.doesNotMatch(JSON.stringify(error), /s3cret/);
});

test("preferOpus puts Opus first in the offer", async () => {
  const [first, ...results] = await page.evaluate(async () => {
    const codec = async (connection) => {
      const { sdp } = await connection.createOffer();
      const [, type] = sdp.match(/^m=audio \d+ \S+ (\d+)/m);
      return sdp.match(new RegExp(`^a=rtpmap:${type} (\\w+)`, "m"))[1];
    };
    const last = (transceiver) => {
      const { codecs } = RTCRtpReceiver.getCapabilities("audio");
      transceiver.setCodecPreferences([...codecs.filter(({ mimeType }) => mimeType !== "audio/opus"), ...codecs.filter(({ mimeType }) => mimeType === "audio/opus")]);
    };
    const connection = new RTCPeerConnection();
    connection.addTransceiver("video");
    const none = sdk.preferOpus(connection);
    const transceiver = connection.addTransceiver("audio");
    last(transceiver);
    const before = await codec(connection);
    const whole = sdk.preferOpus(connection);
    const after = await codec(connection);
    last(transceiver);
    const alone = [sdk.preferOpus(transceiver), await codec(connection)];
    transceiver.stop();
    const stopped = sdk.preferOpus(connection);
    connection.close();
    return [before, none, whole, after, ...alone, stopped];
  });
  assert.notEqual(first, "opus");
  assert.deepEqual(results, [false, true, "opus", true, "opus", false]);
});
