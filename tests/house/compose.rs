//! The compose file and the proxy: one port, no settings that are not documented, nothing open that
//! need not be.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use super::{env_of_image, items, of_image, only, read, text, yaml};

/// `NAME`, or `#NAME` and `#   NAME` for those that are off.
fn documented() -> BTreeSet<String> {
    read(".env.example")
        .lines()
        .filter_map(|line| line.trim_start_matches(['#', ' ']).split_once('='))
        .map(|(name, _)| name.to_owned())
        .filter(|name| {
            name.chars()
                .all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
        })
        .collect()
}

/// Every `${NAME...}` in a text.
fn interpolated(text: &str) -> BTreeSet<String> {
    text.split("${")
        .skip(1)
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_uppercase() || *c == '_')
                .collect()
        })
        .collect()
}

fn ports(list: &[Value]) -> Vec<String> {
    list.iter()
        .map(|port| port.as_str().map_or_else(|| port.to_string(), str::to_owned))
        .collect()
}

#[test]
fn the_image_the_compose_file_and_the_proxy_name_one_port() {
    let port = only(of_image("EXPOSE"));
    let compose = yaml("docker-compose.yml");
    let app = &compose["services"]["app"];
    assert_eq!(only(ports(items(&app["expose"]))), port);
    let ends = format!(":{port}");
    assert!(env_of_image()["LEPTOS_SITE_ADDR"].ends_with(&ends));
    assert!(text(&app["environment"]["LEPTOS_SITE_ADDR"]).ends_with(&ends));

    let caddyfile = read("deploy/Caddyfile");
    let upstreams: Vec<&str> = caddyfile
        .lines()
        .filter_map(|line| line.trim().strip_prefix("reverse_proxy "))
        .map(|rest| rest.trim_end_matches('{').trim())
        .collect();
    assert_eq!(upstreams, [format!("app:{port}")]);
    assert!(caddyfile.lines().any(|line| line == "{$PUBLIC_URL} {"), "{caddyfile}");
    assert!(compose["services"]["caddy"]["environment"]["PUBLIC_URL"].is_string());
}

#[test]
fn every_setting_of_the_compose_file_is_documented() {
    let documented = documented();
    assert!(documented.len() > 30, "{}", documented.len());
    let compose = yaml("docker-compose.yml");
    let set: BTreeSet<String> = compose["services"]["app"]["environment"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    for name in ["DATABASE_URL", "JWT_SECRET_KEY", "PUBLIC_URL", "TRUSTED_PROXIES"] {
        assert!(set.contains(name), "{name}");
    }
    for name in set.iter().chain(&interpolated(&read("docker-compose.yml"))) {
        assert!(documented.contains(name), "{name} is not in .env.example");
    }
    // SQLITE_TMPDIR is read by SQLite itself.
    for name in env_of_image().keys().filter(|name| *name != "SQLITE_TMPDIR") {
        assert!(documented.contains(name), "{name} is not in .env.example");
    }
}

/// Compose makes an empty value of a variable that is not there; the error would come from elsewhere.
#[test]
fn compose_does_not_start_without_its_secrets() {
    let file = read("docker-compose.yml");
    for name in ["PUBLIC_URL", "JWT_SECRET_KEY", "POSTGRES_PASSWORD"] {
        for use_of in file.split(&format!("${{{name}")).skip(1) {
            assert!(use_of.starts_with(":?"), "{name}{}", use_of.lines().next().unwrap());
        }
        assert!(file.contains(&format!("${{{name}:?")), "{name}");
    }
}

#[test]
fn only_the_proxy_is_reachable_and_only_it_is_believed() {
    let compose = yaml("docker-compose.yml");
    let services = compose["services"].as_object().unwrap();
    for (name, service) in services {
        let published = ports(items(&service["ports"]));
        if name == "caddy" {
            assert_eq!(published, ["80:80", "443:443", "443:443/udp"]);
        } else {
            assert!(published.is_empty(), "{name} publishes {published:?}");
        }
        assert!(
            service["network_mode"].is_null() && service["privileged"].is_null(),
            "{name}"
        );
        let safety = ports(items(&service["security_opt"]));
        assert_eq!(safety, ["no-new-privileges:true"], "{name}");
    }
    let networks = |name: &str| ports(items(&services[name]["networks"]));
    assert_eq!(networks("caddy"), ["front"]);
    assert_eq!(networks("postgres"), ["back"]);
    let subnet = text(&items(&compose["networks"]["front"]["ipam"]["config"])[0]["subnet"]).to_owned();
    assert_eq!(text(&services["app"]["environment"]["TRUSTED_PROXIES"]), subnet);
    assert_eq!(compose["networks"]["back"]["internal"], true);
    for network in services.keys().flat_map(|name| networks(name)) {
        assert!(compose["networks"].get(&network).is_some(), "{network}");
    }
}

#[test]
fn the_program_has_no_rights_in_the_compose_file_and_waits_for_its_database() {
    let compose = yaml("docker-compose.yml");
    let (app, postgres) = (&compose["services"]["app"], &compose["services"]["postgres"]);
    assert_eq!(app["read_only"], true);
    assert_eq!(ports(items(&app["cap_drop"])), ["ALL"]);
    assert_eq!(app["depends_on"]["postgres"]["condition"], "service_healthy");
    assert!(items(&postgres["healthcheck"]["test"]).len() > 1);
    let url = text(&app["environment"]["DATABASE_URL"]);
    let user = text(&postgres["environment"]["POSTGRES_USER"]);
    let database = text(&postgres["environment"]["POSTGRES_DB"]);
    assert!(
        url.starts_with(&format!("postgres://{user}:${{POSTGRES_PASSWORD")),
        "{url}"
    );
    assert!(url.ends_with(&format!("}}@postgres/{database}")), "{url}");
    // Volumes that services name are declared; the database's is one.
    let data = text(&items(&postgres["volumes"])[0]);
    assert!(
        compose["volumes"].get(data.split(':').next().unwrap()).is_some(),
        "{data}"
    );
}

/// The program takes what the compose file sets, once secrets are filled in.
#[test]
fn the_settings_of_the_compose_file_are_valid() {
    let compose = yaml("docker-compose.yml");
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_secondarymarket"));
    command.arg("check-config").current_dir(folder.path()).env_clear();
    let set = compose["services"]["app"]["environment"].as_object().unwrap();
    for (name, value) in set {
        command.env(name, fill_in(text(value)));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn fill_in(value: &str) -> String {
    let mut filled = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("${") {
        let (inside, behind) = after.split_once('}').unwrap();
        filled.push_str(before);
        filled.push_str(match inside.split(':').next().unwrap() {
            "PUBLIC_URL" => "https://krx.example.com",
            "JWT_SECRET_KEY" => "3p0mUu6yQ8f1b0nM2v7kXc5tR9wZs4hLdEgJaYiOqNxB",
            "POSTGRES_PASSWORD" => "5c1de0f2a9b84730",
            other => panic!("{other} is filled in nowhere"),
        });
        rest = behind;
    }
    filled + rest
}
