// SIP accounts, valid, unusual and hostile, with the expected outcome: "ok", or the codes of the errors.
const account = {
  display_name: "6349", sip_user: "6349", sip_password: "made-up", sip_realm: "contact18", sip_web_socket_server: "wss://vh.omicrm.com:7443",
  sip_proxy: "<sip:192.0.2.14;transport=udp>", sip_proxy_port: "", stun_servers: [], transport: ["tcp", "udp", "ws", "wss"], use_opus: true, opus_quality: 1,
};
export const detail = (fields) => ({ extension: "6349", full_name: "Le Van Khoa", mail: "khoa@example.com", uuid: "x", pbx_account: { ...account, ...fields } });
export const phone = (fields) => ({ domain: "omiteam", outbound_proxy: "wss://wssvn.omicrm.com", sip_user: "147", password: "made-up", full_name: "Nguyễn An", ...fields });

const values = (field, outcome, ...list) => list.map((value) => [`${field} ${JSON.stringify(value)}`, detail({ [field]: value }), outcome]);

export const accounts = [
  ["as documented", detail(), "ok"],
  ["a phone", phone(), "ok"],
  ...values("sip_realm", "ok", "a.example.com", "CONTACT18", "a-", "a-.b", "1a.vn", "192.0.2.1", "[2001:db8::1]", "xn--tng-dai.vn"),
  ...values("sip_realm", "sip-realm-invalid", "", "18contact", "123", "a.", "a..b", "-a", "_a", "a b", "tổng-đài.vn", "contact18:5060", "contact18;x=1", "256.0.0.1", "[::]", "a\r\nb", null, 18),
  // JsSIP accepts underscores, SIP.js only outside of the last label.
  ...values("sip_realm", "JsSIP only", "a_b", "a.b_c"),
  ...values("sip_realm", "ok", "a_b.c"),
  ...values("sip_user", "ok", "a:b", "a:", "a/b?c:d;e", "a;b", "+84901", "a&b=c+d$e,f?g/h", "<a>", "!~*'()", "a{b}|^`[c]"),
  ...values("sip_user", "sip-user-invalid", "", "a#b", "a@b", "a b", "a%b", "a%41", "a\"b", "a\\", "Ánh", "a\nb", ":", ":pw", "a:b:c", "a::", "a:b/c", "a:b?c", null, 6349),
  ...values("sip_password", "ok", " ", "\"\\:@;é☎", "e\u0301\u1112\u1161", "a\0b", "p".repeat(5000)),
  ...values("sip_password", "sip-password-missing", "", null, 5),
  ...values("sip_password", "sip-password-masked", "***"),
  ...values("sip_web_socket_server", "ok", "wss://h", "ws://h", "wss://h:7443/", "wss://H.VN:65535", "wss://[::1]:7443", "wss://192.0.2.1", "wss://a_b.vn", "wss://pbx.example.vn:8089/ws", "wss://crm.example.vn/wsapi/webrtc?x=1", "wss://h?token=a%2Fb", "wss://[::1]/a@b:c;d//"),
  ...values(
    "sip_web_socket_server", "sip-ws-url-invalid",
    "", "h:7443", "WSS://h", "https://h", "udp://h", "wss:h", "wss://", "wss://u:p@h", "wss://h:0", "wss://h:99999", "wss://u@h/ws", "wss://h#f", "wss://h/ws?x#f", "wss://h/a b", "wss://h/%4", "wss://h/[a]", "wss://a b", "wss://a_b", "wss://é.vn", "wss://300.1.1.1", "wss://a.", null,
  ),
  ...values("display_name", "ok", "", "A \"B\" C", "\\", "\\\"", "<sip:x@y>", "A\r\nVia: evil", "Nguyễn ☎", "a, b; c", null, 6349),
  ...values("stun_servers", "ok", null, ["stun:h"], ["h:3478"], ["h"], ["STUN:h:1"], ["stuns:h"], ["stun:[::1]:3478"], ["[::1]:3478"], [" stun:h "], ["stun:a_b"], ["stun:a."], ["turn:h"], ["turns:h?transport=tcp", "stun:h"], Array(50).fill("stun:h")),
  // Left out.
  ...values(
    "stun_servers", "ok",
    "stun:h", [""], ["stun:"], ["stun://h"], ["stun:h?transport=udp"], ["stun:h:0"], ["stun:h:65536"], ["stun:u@h"], ["stun:a,stun:b"], ["stun:::1"], ["stun:h/x"], ["stun: h"], ["https://h"], [5], ["stun:ok", null],
  ),
  ...values("transport", "ok", [], null, ["udp"], "wss", [5]),
  ...values("sip_proxy", "ok", "", null, "nonsense", "<sip:h:5060;lr>", "<sip:__proto__>", 5),
  ...values("opus_quality", "ok", null, 2.5, "1", -1),
  ["a missing account", { extension: "6349" }, "sip-ws-url-invalid sip-realm-invalid sip-user-invalid sip-password-missing"],
  ["an account that is null", { pbx_account: null }, "sip-ws-url-invalid sip-realm-invalid sip-user-invalid sip-password-missing"],
  ["an account that is a string", { pbx_account: "x" }, "sip-ws-url-invalid sip-realm-invalid sip-user-invalid sip-password-missing"],
  ["nothing", null, "sip-ws-url-invalid sip-realm-invalid sip-user-invalid sip-password-missing"],
  ["a phone without a name", phone({ full_name: null }), "ok"],
  ["a phone with an invalid domain", phone({ domain: "18x" }), "sip-realm-invalid"],
  ["a phone with a domain for JsSIP", phone({ domain: "a_b" }), "JsSIP only"],
  ["a phone without a WebSocket URL", phone({ outbound_proxy: undefined }), "sip-ws-url-invalid"],
  ["a phone with a masked password", phone({ password: "***" }), "sip-password-masked"],
];
