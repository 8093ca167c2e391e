//! The state of a service, as its routes hold it.

/// Makes `Shared`: one pointer to the state of a service, since every request clones what its route holds, of which
/// handlers may ask for these parts alone.
///
/// ```
/// pub struct BakeryState {
///     oven: String,
/// }
///
/// bugdrill_web::shared_state!(BakeryState { oven: String });
///
/// let shared = Shared::from(BakeryState { oven: "hot".into() });
/// assert_eq!(shared.oven, <String as axum::extract::FromRef<Shared>>::from_ref(&shared));
/// ```
#[macro_export]
macro_rules! shared_state {
    ($state:ident { $($part:ident: $type:ty),+ $(,)? }) => {
        /// The state as the routes hold it.
        #[derive(Clone)]
        pub struct Shared(::std::sync::Arc<$state>);

        impl ::std::convert::From<$state> for Shared {
            fn from(state: $state) -> Self {
                Self(::std::sync::Arc::new(state))
            }
        }

        impl ::std::ops::Deref for Shared {
            type Target = $state;

            fn deref(&self) -> &$state {
                &self.0
            }
        }

        $(impl ::axum::extract::FromRef<Shared> for $type {
            fn from_ref(state: &Shared) -> Self {
                state.$part.clone()
            }
        })+
    };
}
