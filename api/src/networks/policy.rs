//! Which addresses are trusted (S8).

use std::net::IpAddr;

use contract::validation::FieldCode;
use contract::{Errors, Text};
use ipnet::IpNet;

/// A range of addresses and what people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Network {
    label: String,
    range: IpNet,
}

/// Networks that are trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Networks(Vec<Network>);

/// Why text is not a range of addresses.
fn range(text: &str) -> Result<IpNet, Text> {
    let range = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from)).map_err(|_| {
        Text::new(
            "Dit is geen adres of reeks adressen, zoals 10.20.0.0/16 of 2001:db8::/48.",
            "This is not an address or range of addresses, such as 10.20.0.0/16 or 2001:db8::/48.",
        )
    })?;
    if matches!(range.addr(), IpAddr::V6(address) if address.to_ipv4_mapped().is_some()) {
        return Err(Text::new(
            "Schrijf een IPv4-adres als 10.20.0.0/16, zonder ::ffff: ervoor.",
            "Write an IPv4 address as 10.20.0.0/16, without ::ffff: before it.",
        ));
    }
    if range.prefix_len() == 0 {
        return Err(Text::new(
            "Deze reeks is het hele internet. Wilt u iedereen toelaten, beperk de toegang dan niet.",
            "This range is the whole internet. To let everyone in, do not restrict access.",
        ));
    }
    Ok(range.trunc())
}

/// An address as a person types it.
pub fn address(text: &str) -> Result<IpAddr, Text> {
    text.trim().parse::<IpAddr>().map(|address| address.to_canonical()).map_err(|_| {
        Text::new(
            "Dit is geen adres, zoals 10.20.1.7 of 2001:db8::7.",
            "This is not an address, such as 10.20.1.7 or 2001:db8::7.",
        )
    })
}

impl Networks {
    /// Reads networks; what is wrong with which one goes to `errors`.
    pub fn parse(listed: &[contract::Network], errors: &mut Errors) -> Self {
        let mut networks: Vec<Network> = Vec::with_capacity(listed.len());
        for (position, network) in listed.iter().enumerate() {
            let field = format!("networks[{position}].cidr");
            match range(&network.cidr) {
                // Nothing there is told already.
                Err(_) if network.cidr.is_empty() => {}
                Err(text) => errors.add(field, FieldCode::Malformed, text),
                Ok(range) if networks.iter().any(|other| other.range == range) => errors.add(
                    field,
                    FieldCode::Duplicate,
                    Text::new("Deze reeks staat al in de lijst.", "This range is in the list already."),
                ),
                Ok(range) => networks.push(Network { label: network.label.clone(), range }),
            }
        }
        Self(networks)
    }

    /// Reads a setting such as `stadhuis=10.20.0.0/16, Gemnet=100.64.0.0/10`.
    pub fn from_setting(text: &str) -> Result<Self, String> {
        let mut networks = Vec::new();
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let (label, cidr) =
                entry.split_once('=').ok_or_else(|| format!("{entry} is not written as LABEL=RANGE"))?;
            let range = range(cidr.trim()).map_err(|why| format!("{cidr}: {}", why.en))?;
            networks.push(Network { label: label.trim().to_owned(), range });
        }
        Ok(Self(networks))
    }

    /// What the network is called that an address is in; `None` when it is in none.
    pub fn label_of(&self, address: IpAddr) -> Option<&str> {
        self.0.iter().find(|network| network.range.contains(&address)).map(|network| network.label.as_str())
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What they are called, each name once.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.iter().enumerate().filter_map(|(position, network)| {
            let before = self.0.iter().take(position);
            let new = before.into_iter().all(|other| other.label != network.label);
            new.then_some(network.label.as_str())
        })
    }

    /// As they go over the wire.
    pub fn wire(&self) -> Vec<contract::Network> {
        let wire = |network: &Network| contract::Network {
            label: network.label.clone(),
            cidr: network.range.to_string(),
        };
        self.0.iter().map(wire).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(cidrs: &[&str]) -> Result<Networks, Vec<(String, FieldCode)>> {
        let listed: Vec<contract::Network> = cidrs
            .iter()
            .map(|cidr| contract::Network { label: format!("net {cidr}"), cidr: (*cidr).to_owned() })
            .collect();
        let mut errors = Errors::default();
        let networks = Networks::parse(&listed, &mut errors);
        let errors: Vec<_> = errors.into_vec().into_iter().map(|error| (error.field, error.code)).collect();
        if errors.is_empty() { Ok(networks) } else { Err(errors) }
    }

    #[test]
    fn an_address_is_trusted_within_a_range_and_not_beside_it() {
        let networks = parse(&["10.20.0.0/16", "192.0.2.7", "2001:db8::/48"]).unwrap();
        let label = |text: &str| networks.label_of(address(text).unwrap()).map(str::to_owned);
        assert_eq!(label("10.20.255.255").as_deref(), Some("net 10.20.0.0/16"));
        assert_eq!(label("::ffff:10.20.1.1").as_deref(), Some("net 10.20.0.0/16"), "IPv4 in IPv6 clothes");
        assert_eq!(label("192.0.2.7").as_deref(), Some("net 192.0.2.7"));
        assert_eq!(label("2001:db8:0:ffff::1").as_deref(), Some("net 2001:db8::/48"));
        for outside in ["10.21.0.0", "10.19.255.255", "192.0.2.8", "2001:db8:1::", "::1", "127.0.0.1"] {
            assert_eq!(label(outside), None, "{outside}");
        }
    }

    #[test]
    fn what_is_no_range_is_told_and_a_range_is_kept_as_it_is_meant() {
        use FieldCode::{Duplicate, Malformed};
        let wrong = |cidr: &str| parse(&[cidr]).unwrap_err()[0].1;
        for cidr in
            ["stadhuis", "10.0.0.0/33", "10.0.0", "0.0.0.0/0", "::/0", "::ffff:10.0.0.1", "::ffff:0:0/96"]
        {
            assert_eq!(wrong(cidr), Malformed, "{cidr}");
        }
        let found = parse(&["10.0.0.0/8", "x", "10.1.2.3/8"]).unwrap_err();
        let place = |position: usize| format!("networks[{position}].cidr");
        assert_eq!(found, [(place(1), Malformed), (place(2), Duplicate)]);
        let kept = parse(&["10.1.2.3/8", "2001:DB8::1/64"]).unwrap().wire();
        let kept: Vec<&str> = kept.iter().map(|network| network.cidr.as_str()).collect();
        assert_eq!(kept, ["10.0.0.0/8", "2001:db8::/64"]);
    }

    #[test]
    fn a_setting_names_each_network() {
        let networks =
            Networks::from_setting("stadhuis=10.20.0.0/16, Gemnet = 100.64.0.0/10,stadhuis=10.30.0.0/16,")
                .unwrap();
        assert_eq!(networks.labels().collect::<Vec<_>>(), ["stadhuis", "Gemnet"]);
        assert_eq!(networks.label_of("100.64.0.9".parse().unwrap()), Some("Gemnet"));
        assert!(Networks::from_setting("10.0.0.0/8").unwrap_err().contains("LABEL=RANGE"));
        assert!(Networks::from_setting("x=10.0.0.0/40").is_err());
        assert!(Networks::from_setting("").unwrap().is_empty());
    }
}
