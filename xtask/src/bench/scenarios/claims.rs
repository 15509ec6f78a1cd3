//! A thousand people claim a hundred tasks at the same moment (T4): each task goes to one, and the others are told.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

use super::tasks::{TEAM, tray};
use crate::bench::class::MEDIUM;
use crate::bench::client::{Client, request};
use crate::bench::report::{Figure, Report};
use crate::bench::site::{Data, Person, Site};
use crate::bench::stats::as_float;
use crate::error::{Context, Error, Result};

const CLAIMS: usize = 1000;
const TASKS: usize = 100;
/// Each holds many connections: as many threads would take turns rather than come at once.
const THREADS: usize = 20;

/// On data that may be changed. Returns the most memory the server took, in MB.
pub fn run(data: &Data<'_>, report: &mut Report) -> Result<f64> {
    let site = data.serve()?;
    let members = members(&site)?;
    let tasks = tasks(&site, &members)?;
    // A task's claims come from different members, and all tasks are claimed all the time.
    let claims: Vec<Vec<u8>> = (0..CLAIMS)
        .map(|number| (number % TASKS, number / TASKS + number % TASKS))
        .filter_map(|(task, member)| Some((tasks.get(task)?, members.get(member % members.len())?)))
        .map(|(task, member)| request("POST", &format!("/v1/tasks/{task}/claim"), &member.bearer(), ""))
        .collect();
    if claims.len() != CLAIMS {
        return Err(Error::new(format!("{} tasks for {CLAIMS} claims", tasks.len())));
    }
    let (started, answers) = (Instant::now(), at_once(site.address(), &claims)?);
    let took = started.elapsed().as_secs_f64();
    let count = |what: &str| as_float(answers.get(what).copied().unwrap_or(0));
    let engine = data.engine;
    let list: Vec<_> = answers.iter().map(|(what, count)| format!("{count} times {what}")).collect();
    report.say(format!(
        "## {CLAIMS} claims on {TASKS} tasks at once, {engine}\n\nBy {} members of the team, each claim on a connection of \
         its own: {}. All were answered within {took:.2} s.",
        members.len(),
        list.join(", ")
    ));
    let (won, refused) = (count(WON), count(REFUSED));
    let target = |what: &str| format!("{CLAIMS} claims on {TASKS} tasks, {engine}: {what}");
    report.promise(Figure::exactly(target("winners"), won, "claims", 100.0));
    report.promise(Figure::exactly(target("clear refusals"), refused, "claims", 900.0));
    report.promise(Figure::exactly(target("anything else"), 1000.0 - won - refused, "claims", 0.0));
    Ok(site.memory()?.most)
}

const WON: &str = "200";
const REFUSED: &str = "409 application/problem+json already-claimed";

/// Everybody in the team.
fn members(site: &Site<'_>) -> Result<Vec<Person>> {
    let first = site.people(&MEDIUM)?.into_iter().next().context("nobody")?;
    let group = site.get(&first, &format!("/v1/groups/{}", tray(site, &first)?))?;
    let ids = group["members"].as_array().into_iter().flatten().filter_map(|member| member["id"].as_str());
    let office = MEDIUM.usernames().next().and_then(|name| Some(name.split_once('@')?.1.to_owned()));
    let office = office.context("an office")?;
    let members = ids.map(|id| {
        let employee = site.get(&first, &format!("/v1/employees/{id}"))?;
        let username = employee["username"].as_str().context("a member without a username")?;
        site.sign_in(&format!("{username}@{office}"))
    });
    let members: Vec<Person> = members.collect::<Result<_>>().context(format!("members of {TEAM}"))?;
    if members.is_empty() { Err(Error::new(format!("nobody is in {TEAM}"))) } else { Ok(members) }
}

/// Tasks of the tray that every member sees.
fn tasks(site: &Site<'_>, members: &[Person]) -> Result<Vec<String>> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for member in members {
        let first = format!("/v1/trays/{}/tasks?limit=100", tray(site, member)?);
        let mut path = first.clone();
        // The second page makes up for those on the first that some do not see.
        for _ in 0..2 {
            let page = site.get(member, &path)?;
            let items = page["items"].as_array().into_iter().flatten();
            for id in items.filter_map(|item| item["id"].as_str()) {
                *seen.entry(id.to_owned()).or_default() += 1;
            }
            let Some(next) = page["next"].as_str() else { break };
            path = format!("{first}&cursor={next}");
        }
    }
    Ok(seen.into_iter().filter(|(_, by)| *by == members.len()).map(|(id, _)| id).take(TASKS).collect())
}

/// Connects for every one of them, then sends all, then reads the answers: how often each came.
fn at_once(server: &str, requests: &[Vec<u8>]) -> Result<BTreeMap<String, u64>> {
    let connected = Barrier::new(THREADS);
    let mut answers = BTreeMap::new();
    thread::scope(|scope| {
        let threads: Vec<_> = requests
            .chunks(requests.len().div_ceil(THREADS))
            .map(|requests| scope.spawn(|| ask(server, requests, &connected)))
            .collect();
        for thread in threads {
            for answer in thread.join().map_err(|_| Error::new("a client broke down"))?? {
                *answers.entry(answer).or_default() += 1;
            }
        }
        Ok(answers)
    })
}

fn ask(server: &str, requests: &[Vec<u8>], connected: &Barrier) -> Result<Vec<String>> {
    let mut clients: Vec<_> = requests.iter().map(|_| Client::new(server)).collect();
    let ready = clients.iter_mut().try_for_each(|client| client.connect().map(drop));
    connected.wait();
    ready?;
    for (client, request) in clients.iter_mut().zip(requests) {
        client.send(request)?;
    }
    clients.iter_mut().map(answer).collect()
}

/// What was answered, in as many words as it takes to tell one kind from another.
fn answer(client: &mut Client) -> Result<String> {
    let answer = client.receive()?;
    if answer.status == 200 {
        return Ok(WON.to_owned());
    }
    let kind = answer.header("content-type").unwrap_or_default();
    let code = serde_json::from_str::<serde_json::Value>(&answer.text()).unwrap_or_default();
    let code = code["code"].as_str().unwrap_or("without a code").to_owned();
    Ok(format!("{} {} {code}", answer.status, kind.split(';').next().unwrap_or_default()))
}
