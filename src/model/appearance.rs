//! How pages look and listen: light or dark, which colours rise and fall have, in which language they
//! are, and whether single keys do something.

use serde::{Deserialize, Serialize};

use crate::model::{Language, text::site};

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::System => site::theme_system(),
            Self::Light => site::theme_light(),
            Self::Dark => site::theme_dark(),
        }
    }
}

/// The colours of rise and fall.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Palette {
    /// Red and blue, as in Korea.
    #[default]
    Red,
    /// Green and red, as in most other countries.
    Green,
}

impl Palette {
    pub const ALL: [Self; 2] = [Self::Red, Self::Green];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Red => site::palette_red(),
            Self::Green => site::palette_green(),
        }
    }
}

/// Whether keys without a modifier are shortcuts. Who speaks to a computer, or rests a hand on the
/// keyboard, wants them off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Keys {
    #[default]
    On,
    Off,
}

impl Keys {
    pub const ALL: [Self; 2] = [Self::On, Self::Off];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::On => site::keys_on(),
            Self::Off => site::keys_off(),
        }
    }
}

/// All of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    pub theme: Theme,
    pub palette: Palette,
    pub language: Language,
    pub keys: Keys,
}

impl Appearance {
    /// Reads what [`Self::to_text`] wrote; what is none of it is as usual.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let words: Vec<&str> = text.split('.').collect();
        let theme = Theme::ALL.into_iter().find(|theme| words.contains(&theme.as_str()));
        let palette = Palette::ALL
            .into_iter()
            .find(|palette| words.contains(&palette.as_str()));
        let language = words.iter().find_map(|word| Language::parse(word));
        let keys = Keys::ALL.into_iter().find(|keys| words.contains(&keys.as_str()));
        Self {
            theme: theme.unwrap_or_default(),
            palette: palette.unwrap_or_default(),
            language: language.unwrap_or_default(),
            keys: keys.unwrap_or_default(),
        }
    }

    /// A few words for a cookie.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut words = vec![self.theme.as_str(), self.palette.as_str(), self.language.as_str()];
        if self.keys == Keys::Off {
            words.push(self.keys.as_str());
        }
        words.join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_tells_how_pages_look() {
        for theme in Theme::ALL {
            for palette in Palette::ALL {
                for language in Language::ALL {
                    for keys in Keys::ALL {
                        let appearance = Appearance {
                            theme,
                            palette,
                            language,
                            keys,
                        };
                        assert_eq!(Appearance::read(&appearance.to_text()), appearance);
                    }
                }
            }
        }
        for other in ["", "dark", "blue.beige", "dark.green.<b>", "."] {
            let read = Appearance::read(other);
            assert_eq!(read.theme == Theme::Dark, other.starts_with("dark"), "{other}");
            assert_eq!((read.language, read.keys), (Language::Ko, Keys::On), "{other}");
        }
    }
}
