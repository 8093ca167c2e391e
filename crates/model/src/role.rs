//! What users may do.

use serde::{Deserialize, Serialize};

/// The rights of a user. Those of editors and admins count only in a session with a second factor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", from = "String")]
pub enum Role {
    /// Learns.
    #[default]
    User,
    /// Works on content, too.
    Editor,
    /// Works on users and settings, too.
    Admin,
}

impl Role {
    /// The name as it is stored, and as it stands on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// The role of this name. What a newer release may have stored means no rights here.
    pub fn of_name(name: &str) -> Self {
        [Self::Editor, Self::Admin].into_iter().find(|role| role.as_str() == name).unwrap_or_default()
    }

    /// The role that counts in a session.
    #[must_use]
    pub fn in_session(self, has_second_factor: bool) -> Self {
        if has_second_factor { self } else { Self::User }
    }
}

/// Never fails: see [`Role::of_name`].
impl From<String> for Role {
    fn from(name: String) -> Self {
        Self::of_name(&name)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_has_one_name_and_an_unknown_one_no_rights() {
        for role in [Role::User, Role::Editor, Role::Admin] {
            assert_eq!(Role::of_name(role.as_str()), role);
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!((role.in_session(true), role.in_session(false)), (role, Role::User));
        }
        assert_eq!(Role::of_name("owner"), Role::User);
        assert!(Role::Admin > Role::Editor);
    }
}
