//! What only the packaging tests need: two more browser engines, and the web server of the recipe for a proxy.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::{apt::Apt, browser::from_environment};
use crate::{
    command::{Logs, command},
    progress::Line,
    project::{cache, fresh_folder, on_path, remove_folder},
};

const FIREFOXES: &[&str] = &["firefox-esr", "firefox"];
const MACOS_FIREFOX: &str = "/Applications/Firefox.app/Contents/MacOS/firefox";
const MACOS_SAFARI_DRIVER: &str = "/usr/bin/safaridriver";

/// Programs that are found if they are there and installed if they are not.
#[derive(Clone, Debug)]
pub struct PackagingTools {
    pub firefox: PathBuf,
    pub nginx: PathBuf,
    pub webkit: Webkit,
}

/// WebKit's driver, and the virtual screen for its browser, which has no headless mode. Safari uses the real screen.
#[derive(Clone, Debug)]
pub struct Webkit {
    pub driver: PathBuf,
    pub xvfb: Option<PathBuf>,
}

pub fn ensure(logs: &Logs) -> Result<PackagingTools> {
    Ok(PackagingTools { firefox: firefox(logs)?, nginx: nginx(logs)?, webkit: webkit(logs)? })
}

fn firefox(logs: &Logs) -> Result<PathBuf> {
    if let Some(named) = from_environment("FIREFOX")? {
        return Ok(named);
    }
    let find = || {
        let macos = Some(PathBuf::from(MACOS_FIREFOX)).filter(|path| path.is_file());
        FIREFOXES.iter().find_map(|name| on_path(name)).or(macos)
    };
    if let Some(found) = find() {
        return Ok(found);
    }
    if !Apt::is_here() {
        bail!(
            "Firefox was not found: install it (macOS: `brew install --cask firefox`), or name it in FIREFOX"
        );
    }
    Apt::new(logs).install("Firefox for the packaging tests", &["firefox-esr"])?;
    find().context("firefox-esr is installed but not found on PATH; name it in FIREFOX")
}

fn webkit(logs: &Logs) -> Result<Webkit> {
    let find = || -> Result<Option<Webkit>> {
        if let Some(driver) = from_environment("WEBKIT_DRIVER")?.or_else(|| on_path("WebKitWebDriver")) {
            let xvfb = from_environment("XVFB")?.or_else(|| on_path("Xvfb"));
            return Ok(xvfb.map(|xvfb| Webkit { driver, xvfb: Some(xvfb) }));
        }
        let safari = Some(PathBuf::from(MACOS_SAFARI_DRIVER)).filter(|path| path.is_file());
        Ok(safari.map(|driver| Webkit { driver, xvfb: None }))
    };
    if let Some(found) = find()? {
        return Ok(found);
    }
    if !Apt::is_here() {
        bail!(
            "WebKitGTK's driver or Xvfb was not found: install WebKitWebDriver and Xvfb with your system's packages, or \
             name them in WEBKIT_DRIVER and XVFB"
        );
    }
    Apt::new(logs).install("WebKit for the packaging tests", &["webkit2gtk-driver", "xvfb"])?;
    find()?.context(
        "webkit2gtk-driver and xvfb are installed but not found on PATH; name them in WEBKIT_DRIVER and XVFB",
    )
}

fn nginx(logs: &Logs) -> Result<PathBuf> {
    if let Some(named) = from_environment("NGINX")? {
        return Ok(named);
    }
    let usual = Some(PathBuf::from("/usr/sbin/nginx")).filter(|path| path.is_file());
    if let Some(found) = on_path("nginx").or(usual) {
        return Ok(found);
    }
    let cache = cache()?;
    let folder = cache.join("nginx");
    let program = folder.join("usr/sbin/nginx");
    if program.is_file() {
        return Ok(program);
    }
    if !Apt::is_here() {
        bail!("nginx was not found: install it (macOS: `brew install nginx`), or name it in NGINX");
    }
    unpack(logs, &cache, &folder)?;
    Ok(program)
}

/// Debian's nginx, without installing it: that would start it, and listen on port 80.
fn unpack(logs: &Logs, cache: &Path, folder: &Path) -> Result<()> {
    let line = Line::begin("nginx for the packaging tests, from Debian's package");
    let partial = cache.join("nginx.partial");
    fresh_folder(&partial)?;
    let mut download = command("apt-get");
    logs.must("setup-nginx", download.current_dir(&partial).args(["download", "nginx"]))
        .context("nginx could not be downloaded; `apt-get update` may help, or name one in NGINX")?;
    let package = partial
        .read_dir()
        .with_context(|| format!("could not list {}", partial.display()))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .context("apt-get downloaded no package")?;
    remove_folder(folder)?;
    logs.must("setup-nginx", command("dpkg-deb").arg("--extract").arg(package).arg(folder))?;
    remove_folder(&partial)?;
    line.end("");
    Ok(())
}
