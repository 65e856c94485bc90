//! The unit for systemd, and what runs beside it.

use super::{assert_command_exists, only, read};

/// Settings of the unit, in order.
fn unit() -> Vec<(String, String)> {
    read("deploy/secondarymarket.service")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn of_unit(name: &str) -> Vec<String> {
    unit()
        .into_iter()
        .filter(|(n, _)| n == name)
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn the_unit_calls_commands_that_there_are() {
    let folder = only(of_unit("WorkingDirectory"));
    // Nothing before it: systemd would try that again with wrong settings.
    let (name, line) = only(
        unit()
            .into_iter()
            .filter(|(name, _)| name.starts_with("Exec"))
            .collect(),
    );
    assert_eq!(name, "ExecStart");
    assert_command_exists(line.strip_prefix(&format!("{folder}/secondarymarket ")).unwrap());
    assert!(read("deploy/as-service").contains(&format!("\n  {folder}/secondarymarket \"$@\"\n")));
}

#[test]
fn the_unit_may_do_little_and_gives_time_to_stop() {
    for (name, value) in [
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateTmp", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("CapabilityBoundingSet", ""),
        ("RestrictAddressFamilies", "AF_INET AF_INET6 AF_UNIX"),
        ("StateDirectory", "secondarymarket"),
        ("Restart", "on-failure"),
        ("RestartPreventExitStatus", "2"),
    ] {
        assert_eq!(only(of_unit(name)), value, "{name}");
    }
    assert!(of_unit("SystemCallFilter").contains(&"@system-service".to_owned()));
    // Requests have ten seconds by default, the database five.
    assert!(only(of_unit("TimeoutStopSec")).parse::<u32>().unwrap() > 15);
}

/// What the unit sets, and the command that runs beside it, are the same.
#[test]
fn the_service_and_what_runs_beside_it_have_one_database() {
    let beside = read("deploy/as-service");
    for name in [
        "DynamicUser",
        "User",
        "StateDirectory",
        "UMask",
        "WorkingDirectory",
        "Environment",
        "EnvironmentFile",
    ] {
        let setting = format!("--property={name}={}", only(of_unit(name)));
        assert!(beside.contains(&format!("{setting} ")), "{setting}");
    }
    let variable = only(of_unit("Environment"));
    assert!(
        variable.starts_with("DATABASE_URL=sqlite:///var/lib/secondarymarket/"),
        "{variable}"
    );
}
