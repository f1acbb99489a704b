//! The package's `package.json`: the template, with what Cargo.toml says.

use anyhow::{Context, Result, bail};
use cargo_metadata::MetadataCommand;

use crate::project::{Project, read};

/// What Cargo.toml says about the package.
#[derive(Debug)]
pub struct Published {
    version: String,
    /// The web address of the repository; empty while nobody has filled it in.
    pub repository: String,
}

pub fn published(project: &Project) -> Result<Published> {
    let mut metadata = MetadataCommand::new();
    metadata.manifest_path(project.path("Cargo.toml")).no_deps();
    let metadata = metadata.exec().context("cargo does not read Cargo.toml")?;
    let name = "omicall-call-center";
    let package = metadata.packages.iter().find(|package| package.name.as_str() == name);
    let package = package.with_context(|| format!("Cargo.toml has no package `{name}`"))?;
    let repository = package.repository.clone().unwrap_or_default();
    Ok(Published { version: package.version.to_string(), repository })
}

/// The text of the file.
pub fn manifest(project: &Project, published: &Published) -> Result<String> {
    let template = read(&project.path("pkg-template/package.json"))?;
    filled(&template, &published.version, &published.repository)
}

/// The template has neither a version nor a repository of its own. Where the code is published, only whoever publishes it knows:
/// without a repository, everything that would lead there is left out.
fn filled(template: &str, version: &str, repository: &str) -> Result<String> {
    let unset = "\"version\": \"0.0.0\",\n";
    if !template.contains(unset) {
        bail!("pkg-template/package.json has no line {}", unset.trim());
    }
    let text = template.replacen(unset, &format!("\"version\": \"{version}\",\n"), 1);
    if repository.is_empty() {
        return Ok(text);
    }
    if !repository.starts_with("https://") || repository.ends_with('/') || repository.ends_with(".git") {
        bail!(
            "`repository` in Cargo.toml is not a web address like https://example.com/owner/name: {repository}"
        );
    }
    let licence = text.lines().find(|line| line.trim_start().starts_with("\"license\":"));
    let licence = licence.context("pkg-template/package.json has no licence")?;
    let links = format!(
        "{licence}\n  \"repository\": {{ \"type\": \"git\", \"url\": \"git+{repository}.git\" }},\n  \
         \"homepage\": \"{repository}#readme\",\n  \"bugs\": \"{repository}/issues\","
    );
    Ok(text.replacen(licence, &links, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = "{\n  \"version\": \"0.0.0\",\n  \"license\": \"MIT\",\n  \"dependencies\": { \"a\": \"0.0.0\" }\n}\n";

    fn parsed(repository: &str) -> Result<serde_json::Value> {
        Ok(serde_json::from_str(&filled(TEMPLATE, "1.2.3", repository)?)?)
    }

    #[test]
    fn without_a_repository_there_are_no_links() -> Result<()> {
        let expected =
            serde_json::json!({ "version": "1.2.3", "license": "MIT", "dependencies": { "a": "0.0.0" } });
        assert_eq!(parsed("")?, expected);
        Ok(())
    }

    #[test]
    fn everything_that_leads_to_the_repository_comes_from_one_place() -> Result<()> {
        let manifest = parsed("https://git.example/team/client")?;
        let field =
            |pointer: &str| manifest.pointer(pointer).and_then(|value| value.as_str()).map(str::to_owned);
        assert_eq!(field("/repository/url").as_deref(), Some("git+https://git.example/team/client.git"));
        assert_eq!(field("/homepage").as_deref(), Some("https://git.example/team/client#readme"));
        assert_eq!(field("/bugs").as_deref(), Some("https://git.example/team/client/issues"));
        assert_eq!(field("/license").as_deref(), Some("MIT"));
        Ok(())
    }

    #[test]
    fn what_is_not_a_web_address_is_refused() {
        for repository in
            ["git@git.example:team/client.git", "https://git.example/team/client/", "team/client"]
        {
            assert!(filled(TEMPLATE, "1.2.3", repository).is_err(), "{repository}");
        }
        assert!(filled("{}", "1.2.3", "").is_err());
    }
}
