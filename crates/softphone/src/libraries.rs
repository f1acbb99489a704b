//! The objects that JsSIP, SIP.js and the vendor's own Web SDK take, as far as they are plain data.

use omicall_schema::compact::replaced;

use crate::settings::{IceConfiguration, SoftphoneSettings};

omicall_schema::output! {
    /// The configuration of JsSIP, all but its sockets.
    pub struct JsSipAccount<'s> {
        /// The SIP address.
        uri: &'s str,
        /// Whom to authenticate as.
        authorization_user: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        password: &'s str,
    }
    optional {
        /// The name to show to the other side. JsSIP escapes it.
        display_name: &'s str = "string",
        /// Whether `ua.start()` registers.
        register: bool = "boolean",
        /// For how many seconds a registration is asked for.
        register_expires: u32 = "number",
    }
}

omicall_schema::output! {
    /// The options of SIP.js, all but the address.
    pub struct SipJsAccount<'s> {
        /// Whom to authenticate as.
        authorizationUsername: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        authorizationPassword: &'s str,
        /// Where to connect to.
        transportOptions: SipJsTransport<'s>,
        /// The STUN servers. They are always there, for without them SIP.js asks a server of Google's.
        sessionDescriptionHandlerFactoryOptions: SipJsMedia<'s>,
    }
    optional {
        /// The name to show to the other side, escaped, for SIP.js does not do it.
        displayName: String = "string",
    }
}

omicall_schema::output! {
    /// Where SIP.js connects to.
    pub struct SipJsTransport<'s> {
        /// The WebSocket to connect to.
        server: &'s str,
    }
}

omicall_schema::output! {
    /// How SIP.js makes its peer connections.
    pub struct SipJsMedia<'s> {
        /// The STUN servers; none where the account has none.
        peerConnectionConfiguration: IceConfiguration<'s>,
    }
}

omicall_schema::output! {
    /// What `OMICallSDK.register(…)` of the vendor's Web SDK v3 takes.
    pub struct OmiCallSdkConfig<'s> {
        /// The SIP realm.
        sipRealm: &'s str,
        /// The SIP user.
        sipUser: &'s str,
        /// The SIP password. **A secret**: JSON, strings and consoles show `"***"` in its place.
        sipPassword: &'s str,
    }
    optional {
        /// The WebSocket to connect to; only where it was asked for.
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
            display_name: settings.name(),
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
                peerConnectionConfiguration: settings.ice(),
            },
            displayName: settings.name().map(escaped),
        }
    }
}

impl<'s> OmiCallSdkConfig<'s> {
    /// The configuration for an account; `with_web_socket` passes its WebSocket too.
    pub fn new(settings: &'s SoftphoneSettings, with_web_socket: bool) -> Self {
        OmiCallSdkConfig {
            sipRealm: &settings.realm,
            sipUser: &settings.user,
            sipPassword: &settings.password,
            wssUri: with_web_socket.then_some(settings.webSocketUrl.as_str()),
        }
    }
}

/// SIP.js puts the name between quotation marks as it is.
fn escaped(name: &str) -> String {
    replaced(&replaced(name, "\\", "\\\\"), "\"", "\\\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_escaped() {
        assert_eq!(escaped(r#"A "B" \ <c>"#), r#"A \"B\" \\ <c>"#);
    }
}
