//! The `werkbak` command (O1).

mod bench;
mod check;
mod demo;
mod employee;
mod import;
mod keys;
mod office;
mod seed;
mod serve;
mod signals;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use contract::ImportKind;

use crate::config::Config;
use crate::db::migrations;

/// Werkbak: who may see which dossier, who runs which case, which team picks up which task.
///
/// Configuration comes from the environment; README.md lists it.
#[derive(Debug, Parser)]
#[command(name = "werkbak", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the app and the API; sends mail too unless WERKBAK_WORKER=off
    Serve,
    /// Only send mail; any number of workers share the outbox
    Worker,
    /// Bring the database up to date
    Migrate,
    /// Offices
    #[command(subcommand)]
    Office(OfficeCommand),
    /// Accounts of employees
    #[command(subcommand)]
    Employee(EmployeeCommand),
    /// The keys that sign access tokens
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Bring something in from another system
    #[command(subcommand)]
    Import(ImportCommand),
    /// Fill the database: with a small office to look around in, or with large ones to measure with.
    ///
    /// Large ones are the same for the same flags. They take a database that nobody else uses meanwhile, and one that can
    /// be thrown away: on SQLite, what was written before a failure stays.
    Seed(Seed),
    /// Print the OpenAPI document as YAML
    Openapi,
    /// Check configuration, database and mail
    Check,
    /// Read for a while without HTTP, and say how often that went; for cargo xtask bench
    #[command(hide = true)]
    Bench(bench::Reads),
}

#[derive(Debug, Subcommand)]
enum OfficeCommand {
    /// Make an office with its first local administrator; prints a temporary password
    Create(NewOffice),
    /// Let an office's people in from everywhere again, when its trusted networks shut everybody out. The office's
    /// audit trail tells of it
    OpenNetworks {
        /// The office's code
        code: String,
    },
}

#[derive(Debug, Subcommand)]
enum EmployeeCommand {
    /// Let someone in again when nobody else can: makes the account active, and prints a temporary password that
    /// works for 30 minutes. The office's audit trail tells of it, and its other local administrators are mailed
    Reactivate {
        /// As they sign in: USERNAME@OFFICE
        who: String,
    },
    /// Take someone's second factor away when nobody else can: their device is lost. Their sessions end, they are
    /// mailed, and the office's audit trail tells of it
    ResetSecondFactor {
        /// As they sign in: USERNAME@OFFICE
        who: String,
    },
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Let a new key sign from now on; running servers take it up without a restart
    Rotate(Rotation),
    /// Say which keys there are, and what each is for now
    List,
}

#[derive(Debug, Args)]
struct Rotation {
    /// How many minutes from now it signs: servers that get a copy of the file need it before
    #[arg(long, value_name = "MINUTES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(..=10080))]
    signs_in: u32,
    /// A key has leaked: the new one signs now, and all others are gone; whoever is signed in notices nothing
    #[arg(long, conflicts_with_all = ["signs_in", "drop_old"])]
    at_once: bool,
    /// Make no key; drop those whose time is past
    #[arg(long, conflicts_with = "signs_in")]
    drop_old: bool,
}

#[derive(Debug, Args)]
struct NewOffice {
    /// What people type after the @ when they sign in
    #[arg(long)]
    code: String,
    /// The office's name
    #[arg(long)]
    name: String,
    /// The office's mail address
    #[arg(long)]
    email: String,
    /// The administrator's username
    #[arg(long)]
    admin_username: String,
    /// The administrator's name
    #[arg(long)]
    admin_name: String,
    /// The administrator's mail address
    #[arg(long)]
    admin_email: String,
    /// The platform's own office, whose helpdesk opens support sessions in the others
    #[arg(long)]
    platform: bool,
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// Case types from an i-Navigator export (XML)
    CaseTypes(CaseTypesFile),
    /// Employees from CSV: new ones are mailed an invitation
    Employees(ListFile),
    /// Who is in which employee group, from CSV
    Memberships(ListFile),
    /// Client groups from CSV
    ClientGroups(ListFile),
    /// Dossiers from CSV
    Dossiers(ListFile),
}

#[derive(Debug, Args)]
struct ListFile {
    /// The CSV file
    file: PathBuf,
    /// The code of the office it is for
    #[arg(long)]
    office: String,
    /// Show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
struct CaseTypesFile {
    /// The export
    file: PathBuf,
    /// The code of the office they are for
    #[arg(long)]
    office: String,
    /// Show what would happen, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Bring in the good ones although others are rejected
    #[arg(long)]
    without_rejected: bool,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
struct Seed {
    #[command(subcommand)]
    what: Option<SeedCommand>,
    #[command(flatten)]
    large: Option<LargeOffice>,
}

#[derive(Debug, Subcommand)]
enum SeedCommand {
    /// A demo office to look around in; does nothing when it is there already
    Demo,
}

/// Three offices that are the same for the same flags, into a database that nobody else uses meanwhile.
#[derive(Debug, Args)]
struct LargeOffice {
    /// How many cases, and as many dossiers; an office beside it gets a tenth
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    cases: u32,
    /// How many employees
    #[arg(long, value_name = "N", default_value_t = 6_000, value_parser = clap::value_parser!(u32).range(300..=100_000))]
    employees: u32,
    /// How many groups
    #[arg(long, value_name = "N", default_value_t = 3_000, value_parser = clap::value_parser!(u32).range(100..=50_000))]
    groups: u32,
    /// Another number makes other offices
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The last day of the three years in which everything was made
    #[arg(long, value_name = "DAY", default_value = "2026-11-01")]
    now: chrono::NaiveDate,
}

/// What went wrong, for the person at the terminal.
type Result<T> = std::result::Result<T, String>;

fn out(line: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).map_err(|error| error.to_string())
}

/// Runs the command line; the error is for standard error, and means exit status 1.
pub fn run() -> Result<()> {
    let cli = Cli::parse();
    let config = || Config::from_env();
    match cli.command {
        Command::Serve => serve::serve(config()?),
        Command::Worker => serve::worker(config()?),
        Command::Migrate => migrate(&config()?),
        Command::Office(OfficeCommand::Create(new)) => office::create(&config()?, new),
        Command::Office(OfficeCommand::OpenNetworks { code }) => office::open_networks(&config()?, &code),
        Command::Employee(EmployeeCommand::Reactivate { who }) => employee::reactivate(&config()?, &who),
        Command::Employee(EmployeeCommand::ResetSecondFactor { who }) => {
            employee::reset_second_factor(&config()?, &who)
        }
        Command::Keys(KeysCommand::Rotate(rotation)) => keys::rotate(&config()?.secrets, &rotation),
        Command::Keys(KeysCommand::List) => keys::list(&config()?.secrets),
        Command::Import(what) => {
            let config = config()?;
            match what {
                ImportCommand::CaseTypes(file) => import::case_types(&config, &file),
                ImportCommand::Employees(file) => import::list(&config, ImportKind::Employees, &file),
                ImportCommand::Memberships(file) => import::list(&config, ImportKind::Memberships, &file),
                ImportCommand::ClientGroups(file) => import::list(&config, ImportKind::ClientGroups, &file),
                ImportCommand::Dossiers(file) => import::list(&config, ImportKind::Dossiers, &file),
            }
        }
        Command::Seed(Seed { what: Some(SeedCommand::Demo), .. }) => demo::seed(&config()?),
        Command::Seed(Seed { large: Some(large), .. }) => seed::large(&config()?, &large),
        Command::Seed(Seed { what: None, large: None }) => Err("say what: demo, or --cases N".to_owned()),
        Command::Openapi => {
            let yaml = crate::http::document::yaml()?;
            std::io::stdout().lock().write_all(yaml.as_bytes()).map_err(|error| error.to_string())
        }
        Command::Check => check::check(&config()?),
        Command::Bench(reads) => bench::reads(config()?, &reads),
    }
}

/// Makes the folder of an embedded database.
fn make_room(config: &Config) -> Result<()> {
    match config.database.file().and_then(std::path::Path::parent) {
        Some(folder) if !folder.as_os_str().is_empty() => {
            std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn connect(config: &Config) -> Result<crate::db::Conn> {
    make_room(config)?;
    config.database.connect().map_err(|error| format!("cannot connect to the database: {error}"))
}

/// A connection to a database that is up to date.
fn connect_current(config: &Config) -> Result<crate::db::Conn> {
    let mut conn = connect(config)?;
    if migrations::are_current(&mut conn)? {
        Ok(conn)
    } else {
        Err("the database is not up to date: run `werkbak migrate` first".to_owned())
    }
}

fn migrate(config: &Config) -> Result<()> {
    let names = migrations::run(&mut connect(config)?)?;
    if names.is_empty() {
        out("The database is up to date.")
    } else {
        out(&format!("Ran {} migrations: {}.", names.len(), names.join(", ")))
    }
}
