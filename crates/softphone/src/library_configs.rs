//! The objects that JsSIP, SIP.js and the vendor's own Web SDK take, without the parts that only those libraries can make.

use omicall_schema::compact::replace_all;

use crate::settings::{IceConfiguration, SoftphoneSettings};

omicall_schema::output! {
    /// The configuration of JsSIP, without its sockets.
    pub struct JsSipAccount<'s> {
        /// The SIP address.
        uri: &'s str,
        /// The user to authenticate as.
        authorization_user: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        password: &'s str,
    }
    optional {
        /// The name that the other side sees. JsSIP escapes it.
        display_name: &'s str = "string",
        /// Whether `ua.start()` registers.
        register: bool = "boolean",
        /// How long a registration lasts, in seconds.
        register_expires: u32 = "number",
    }
}

omicall_schema::output! {
    /// The options of SIP.js, without the address.
    pub struct SipJsAccount<'s> {
        /// The user to authenticate as.
        authorizationUsername: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        authorizationPassword: &'s str,
        /// The WebSocket to connect to.
        transportOptions: SipJsTransport<'s>,
        /// The STUN servers. Always present: without them SIP.js uses one of Google's servers.
        sessionDescriptionHandlerFactoryOptions: SipJsMedia<'s>,
    }
    optional {
        /// The name that the other side sees, escaped, because SIP.js does not escape it.
        displayName: String = "string",
    }
}

omicall_schema::output! {
    /// The transport options of SIP.js.
    pub struct SipJsTransport<'s> {
        /// The WebSocket to connect to.
        server: &'s str,
    }
}

omicall_schema::output! {
    /// The media options of SIP.js.
    pub struct SipJsMedia<'s> {
        /// The STUN servers; empty if the account has none.
        peerConnectionConfiguration: IceConfiguration<'s>,
    }
}

omicall_schema::output! {
    /// The argument of `OMICallSDK.register(…)` of the vendor's Web SDK v3.
    pub struct OmiCallSdkConfig<'s> {
        /// The SIP realm.
        sipRealm: &'s str,
        /// The SIP user.
        sipUser: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        sipPassword: &'s str,
    }
    optional {
        /// The WebSocket to connect to; only if requested.
        wssUri: &'s str = "string",
    }
}

impl<'s> JsSipAccount<'s> {
    /// The configuration for an account.
    pub fn new(
        settings: &'s SoftphoneSettings,
        register: Option<bool>,
        register_expires: Option<u32>,
    ) -> Self {
        JsSipAccount {
            uri: &settings.address,
            authorization_user: &settings.user,
            password: &settings.password,
            display_name: settings.display_name(),
            register,
            register_expires,
        }
    }
}

impl<'s> SipJsAccount<'s> {
    /// The options for an account.
    pub fn new(settings: &'s SoftphoneSettings) -> Self {
        SipJsAccount {
            authorizationUsername: &settings.user,
            authorizationPassword: &settings.password,
            transportOptions: SipJsTransport { server: &settings.webSocketUrl },
            sessionDescriptionHandlerFactoryOptions: SipJsMedia {
                peerConnectionConfiguration: settings.ice_configuration(),
            },
            displayName: settings.display_name().map(escape_quoted_string),
        }
    }
}

impl<'s> OmiCallSdkConfig<'s> {
    /// The configuration for an account; with its WebSocket if `with_web_socket`.
    pub fn new(settings: &'s SoftphoneSettings, with_web_socket: bool) -> Self {
        OmiCallSdkConfig {
            sipRealm: &settings.realm,
            sipUser: &settings.user,
            sipPassword: &settings.password,
            wssUri: with_web_socket.then_some(settings.webSocketUrl.as_str()),
        }
    }
}

/// Escapes a name for a quoted string of SIP: SIP.js puts it between quotation marks as it is.
fn escape_quoted_string(name: &str) -> String {
    replace_all(&replace_all(name, "\\", "\\\\"), "\"", "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_names_are_escaped() {
        assert_eq!(escape_quoted_string(r#"A "B" \ <c>"#), r#"A \"B\" \\ <c>"#);
    }
}
