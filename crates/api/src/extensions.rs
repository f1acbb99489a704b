//! The details of an extension, with the SIP account for a softphone.

use omicall_schema::{HasSchema, NonEmptyString};

use crate::endpoint::Endpoint;

omicall_schema::record! {
    /// An extension and its SIP account, as returned by `extensions.detail`.
    ///
    /// Source: the vendor's documentation, `extensions/detail`.
    pub struct ExtensionDetail {
        /// The extension number, e.g. `"6349"`.
        extension: String,
        /// The agent's full name.
        full_name: String,
        /// The agent's e-mail address.
        mail: String,
        /// The SIP account of the extension.
        pbx_account: PbxAccount,
        /// The id of the agent.
        uuid: String,
    }
    sometimes {
        /// The hotlines that this extension may call out with; only in newer responses.
        hotlines: Vec<String>,
    }
}

omicall_schema::record! {
    /// A SIP account, with the vendor's field names.
    pub struct PbxAccount {
        /// The name that the other side sees.
        display_name: String,
        /// The SIP user, which is the extension number.
        sip_user: String,
        /// The SIP password in plain text. **A secret**: never log or display it.
        sip_password: String,
        /// The WebSocket address to connect to, e.g. `"wss://vh.omicrm.com:7443"`.
        sip_web_socket_server: String,
        /// The SIP realm (domain), often a bare name without a dot, e.g. `"contact18"`.
        sip_realm: String,
        /// A SIP name-addr in angle brackets, e.g. `"<sip:192.0.2.14;transport=udp>"`, or `""`. Browsers cannot use it.
        sip_proxy: String,
        /// The port of the proxy as a string; `""` if there is none.
        sip_proxy_port: String,
        /// STUN servers; may be empty.
        stun_servers: Vec<String>,
        /// The transports of the PBX: `"tcp"`, `"udp"`, `"ws"`, `"wss"`.
        transport: Vec<String>,
        /// Whether the PBX prefers the Opus codec.
        use_opus: bool,
        /// The Opus quality that the PBX prefers.
        opus_quality: f64,
    }
}

omicall_schema::string_enum! {
    /// The key by which an extension is looked up.
    pub enum ExtensionKey {
        /// The extension number.
        SipUser = "sip_user",
        /// The agent's e-mail address.
        UserEmail = "user_email",
        /// The agent's id.
        UserUuid = "usr_uuid",
    }
}

omicall_schema::request! {
    /// The extension to look up.
    pub struct ExtensionQuery {
        /// The kind of `keyword`: an extension number (`"sip_user"`), an e-mail address (`"user_email"`) or an agent's id (`"usr_uuid"`).
        by as "type": ExtensionKey,
        /// The extension number, e-mail address or id.
        keyword: NonEmptyString = "string",
    }
}

/// `GET extensions/detail`
pub static DETAIL: Endpoint = Endpoint::get("/api/call_center/extensions/detail", &ExtensionDetail::SCHEMA)
    .argument("query", &ExtensionQuery::SCHEMA)
    .query(&["type", "keyword"])
    .keep_passwords();
