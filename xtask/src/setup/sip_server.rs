//! Kamailio, the SIP server of the tests and, where it is installed, of the demo.

use std::path::Path;

use anyhow::{Result, bail};

use super::apt::{Apt, as_root, root_is_possible};
use crate::{command::Logs, project::on_path};

/// Debian's packages; OpenSSL makes a certificate for each run of the tests.
const PACKAGES: &[&str] = &["kamailio", "kamailio-websocket-modules", "kamailio-tls-modules", "openssl"];
/// Where Debian puts servers; the PATH of those who are not root often lacks it.
const SERVERS: &str = "/usr/sbin";

/// What a person types to get it.
pub const BY_HAND: &str = "sudo apt-get install --no-install-recommends kamailio kamailio-websocket-modules";

/// Whether it is installed; nothing is done about it if not.
pub fn is_here() -> bool {
    on_path("kamailio").is_some() || Path::new(SERVERS).join("kamailio").is_file()
}

/// Installs what the tests need and the machine lacks.
pub fn ensure(logs: &Logs) -> Result<()> {
    if !Apt::is_here() {
        // Not Debian: somebody may have installed it by other means.
        if is_here() && on_path("openssl").is_some() {
            return Ok(());
        }
        bail!(
            "the softphone is tested against Kamailio: install it, with its websocket and tls modules, and openssl"
        );
    }
    if !is_here() && root_is_possible() && Path::new("/run/systemd/system").exists() {
        // Debian starts a server as soon as it is installed, open to the network. Nobody has asked for that one.
        logs.must("setup-mask-kamailio", as_root("systemctl").args(["mask", "kamailio.service"]))?;
    }
    Apt::new(logs).install("Kamailio, a SIP server", PACKAGES)
}
