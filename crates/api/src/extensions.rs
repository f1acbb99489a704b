//! One extension in full, with the SIP account that a softphone registers with.

use omicall_schema::{HasSchema, NonEmptyString};

use crate::endpoint::Endpoint;

omicall_schema::record! {
    /// One extension and its SIP account, as `extensions.detail` sends it.
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
        /// The numbers that this extension may call out with; only newer answers carry them.
        hotlines: Vec<String>,
    }
}

omicall_schema::record! {
    /// A SIP account, as the vendor writes it.
    pub struct PbxAccount {
        /// The name to show to the other side.
        display_name: String,
        /// The SIP user, which is the extension number.
        sip_user: String,
        /// The SIP password in plain text. **A secret**: keep it out of logs and screens.
        sip_password: String,
        /// The WebSocket address to connect to, e.g. `"wss://vh.omicrm.com:7443"`.
        sip_web_socket_server: String,
        /// The SIP realm (domain), often a bare name without a dot, e.g. `"contact18"`.
        sip_realm: String,
        /// A SIP name-addr in angle brackets, e.g. `"<sip:192.0.2.14;transport=udp>"`, or `""`. No use to a browser.
        sip_proxy: String,
        /// The port of the proxy as a string, may be `""`.
        sip_proxy_port: String,
        /// STUN servers; may be empty.
        stun_servers: Vec<String>,
        /// What the PBX speaks: `"tcp"`, `"udp"`, `"ws"`, `"wss"`.
        transport: Vec<String>,
        /// Whether the PBX wishes for the Opus codec.
        use_opus: bool,
        /// The Opus quality that the PBX wishes for.
        opus_quality: f64,
    }
}

omicall_schema::string_enum! {
    /// By what an extension is looked up.
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
    /// Which extension to look up.
    pub struct ExtensionQuery {
        /// What `keyword` is: an extension number (`"sip_user"`), an e-mail address (`"user_email"`) or an agent's id (`"usr_uuid"`).
        by as "type": ExtensionKey,
        /// The extension number, e-mail address or id itself. Sent percent-encoded.
        keyword: NonEmptyString = "string",
    }
}

/// `GET extensions/detail`
pub static DETAIL: Endpoint = Endpoint::get("/api/call_center/extensions/detail", &ExtensionDetail::SCHEMA)
    .argument("query", &ExtensionQuery::SCHEMA)
    .query(&["type", "keyword"]);
