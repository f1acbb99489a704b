//! Chromium and its driver: named in the environment, found on this machine, or installed from Debian.

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use super::{Step, apt::Apt};
use crate::project::on_path;

const CHROMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MACOS_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The browser that tests and the demo's check drive.
#[derive(Clone, Debug)]
pub struct Browser {
    pub chrome: PathBuf,
    pub driver: PathBuf,
}

pub fn ensure(step: &mut Step, apt: &Apt) -> Result<Browser> {
    let chrome = from_environment("CHROME")?;
    let driver = from_environment("CHROMEDRIVER")?;
    if let Some(browser) = together(chrome.clone(), driver.clone()) {
        return Ok(browser);
    }
    if !Apt::is_here() {
        bail!(
            "Chromium and chromedriver were not both found. Install them (macOS: \
             `brew install --cask chromium chromedriver`), or name them in CHROME and CHROMEDRIVER"
        );
    }
    // The fonts are for screenshots that people look at: Vietnamese letters and emoji.
    let packages = ["chromium", "chromium-driver", "fonts-dejavu-core", "fonts-noto-color-emoji"];
    apt.install(&step.title("Chromium and its driver"), &packages)?;
    together(chrome, driver)
        .context("chromium is installed but not found on PATH; name it in CHROME and CHROMEDRIVER")
}

fn together(chrome: Option<PathBuf>, driver: Option<PathBuf>) -> Option<Browser> {
    let chrome = chrome.or_else(|| {
        let macos = Some(PathBuf::from(MACOS_CHROME)).filter(|path| path.is_file());
        CHROMES.iter().find_map(|name| on_path(name)).or(macos)
    })?;
    let driver = driver.or_else(|| on_path("chromedriver"))?;
    Some(Browser { chrome, driver })
}

/// The program that a variable of the environment names.
pub fn from_environment(variable: &str) -> Result<Option<PathBuf>> {
    let Some(value) = env::var_os(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(value);
    if !path.is_file() {
        bail!("{variable} names {}, which does not exist: correct it or unset it", path.display());
    }
    Ok(Some(path))
}
