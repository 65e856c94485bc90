//! Programs that are started here and stopped by their number, whatever happens; what the kernel says
//! of the cores and the memory they take.

use std::{
    fs,
    process::{Child, Command},
    time::{Duration, Instant},
};

use crate::Result;

/// How long a server may take to finish when it is asked to.
const GRACE: Duration = Duration::from_secs(12);

/// A program that ends with this value.
pub struct Process(Child);

impl Process {
    pub fn start(command: &mut Command) -> Result<Self> {
        let child = command
            .spawn()
            .map_err(|error| format!("{} cannot be started: {error}", command.get_program().to_string_lossy()))?;
        Ok(Self(child))
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Seconds of a core that it has taken so far.
    pub fn cpu(&self) -> Result<f64> {
        Cpu::of(&self.0.id().to_string())
    }

    /// Its resident memory now, in MiB.
    pub fn memory(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let kib: f64 = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|line| line.split_whitespace().next())
            .and_then(|kib| kib.parse().ok())
            .ok_or("the kernel does not say how much memory the server takes")?;
        Ok(kib / 1024.0)
    }

    /// Whether it is still there; an error when it has ended by itself.
    pub fn must_run(&mut self) -> Result<()> {
        match self.0.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("the server ended by itself: {status}").into()),
        }
    }

    /// Asks it to finish, and waits until it has.
    pub async fn stop(mut self) -> Result<()> {
        Command::new("kill")
            .args(["-TERM", &self.0.id().to_string()])
            .status()?;
        let asked = Instant::now();
        while self.0.try_wait()?.is_none() {
            if asked.elapsed() > GRACE {
                return Err("the server did not stop within 12 seconds".into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Of one that has ended, and was waited for, this is an error and nothing else.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Time on the cores.
pub struct Cpu;

impl Cpu {
    /// `/proc` counts in hundredths of a second, on every Linux.
    const TICKS: f64 = 100.0;

    /// Seconds of a core that this program has taken so far.
    pub fn own() -> Result<f64> {
        Self::of("self")
    }

    fn of(process: &str) -> Result<f64> {
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // After the name, which may hold anything, utime and stime are the 12th and 13th.
        let (_, rest) = stat.rsplit_once(')').ok_or("/proc/PID/stat has another form")?;
        let ticks: f64 = rest
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum();
        Ok(ticks / Self::TICKS)
    }

    /// Percent of all cores that anybody takes during half a second.
    pub async fn busy() -> Result<f64> {
        let before = Self::machine()?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        let after = Self::machine()?;
        Ok(100.0 * (1.0 - (after.1 - before.1) / (after.0 - before.0).max(1.0)))
    }

    /// Ticks altogether, and idle ones.
    fn machine() -> Result<(f64, f64)> {
        let stat = fs::read_to_string("/proc/stat")?;
        let line = stat.lines().next().unwrap_or_default();
        let ticks: Vec<f64> = line
            .split_whitespace()
            .skip(1)
            .filter_map(|ticks| ticks.parse().ok())
            .collect();
        Ok((ticks.iter().sum(), ticks.iter().skip(3).take(2).sum()))
    }
}

/// Lets this program, all its threads, run on `cores` only.
pub fn stay_on(cores: &str) -> Result<()> {
    let own = std::process::id().to_string();
    let output = Command::new("taskset").args(["-a", "-c", "-p", cores, &own]).output()?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned().into())
    }
}
