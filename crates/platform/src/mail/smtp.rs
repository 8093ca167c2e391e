//! Mails handed to a mail server.

use std::{borrow::Cow, error::Error as _, fmt, time::Duration};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    transport::smtp::{
        self,
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use percent_encoding::percent_decode_str;
use tokio::time::timeout;
use url::{Host, Url};

use super::{Mail, MailError, Mailer, Sender};

/// How long handing over a mail may take, from the first packet to the server's last word.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// A mail server, as its URL says.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    host: String,
    port: u16,
    encryption: Encryption,
    /// User and password.
    credentials: Option<(String, String)>,
}

/// How a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte.
    Always,
    /// Once the server offers it. Where it does not, nothing is sent.
    StartTls,
    /// Not at all.
    None,
}

impl SmtpServer {
    /// Reads `smtps://user:password@host:port`, `smtp://…` or `smtp://…?tls=none`; `None` for anything else.
    pub(super) fn from_url(url: &str) -> Option<Self> {
        let url = Url::parse(url).ok()?;
        let (encryption, default_port) = match (url.scheme(), url.query()) {
            ("smtps", None) => (Encryption::Always, 465),
            ("smtp", None) => (Encryption::StartTls, 587),
            ("smtp", Some("tls=none")) => (Encryption::None, 25),
            _ => return None,
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return None;
        }
        let host = match url.host()? {
            Host::Domain("") => return None,
            Host::Domain(host) => host.to_owned(),
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        let decode = |text| percent_decode_str(text).decode_utf8().map(Cow::into_owned).ok();
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return None,
            (user, Some(password)) => Some((decode(user)?, decode(password)?)),
        };
        Some(Self { host, port: url.port().unwrap_or(default_port), encryption, credentials })
    }
}

impl fmt::Debug for SmtpServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, encryption, credentials: _ } = self;
        write!(formatter, "SmtpServer({host}, {port}, {encryption:?})")
    }
}

/// Hands mails to a mail server, each on a connection of its own.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
    time_limit: Duration,
}

impl Smtp {
    /// Sends by `server`, whose certificate has to be one that this machine trusts.
    pub fn new(server: &SmtpServer, from: Sender) -> Result<Self, MailError> {
        Self::trusting(server, from, None)
    }

    fn trusting(server: &SmtpServer, from: Sender, authority: Option<Certificate>) -> Result<Self, MailError> {
        let tls = || {
            let mut parameters = TlsParameters::builder(server.host.clone());
            if let Some(authority) = authority {
                parameters = parameters.add_root_certificate(authority);
            }
            parameters.build().map_err(describe)
        };
        let tls = match server.encryption {
            Encryption::Always => Tls::Wrapper(tls()?),
            Encryption::StartTls => Tls::Required(tls()?),
            Encryption::None => Tls::None,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&server.host)
            .port(server.port)
            .tls(tls)
            .timeout(Some(CONNECT_LIMIT));
        if let Some((user, password)) = server.credentials.clone() {
            transport = transport.credentials(Credentials::new(user, password));
        }
        Ok(Self { transport: transport.build(), from, time_limit: TIME_LIMIT })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = mail.message(&self.from)?;
        match timeout(self.time_limit, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(describe(error)),
            Err(_) => Err(MailError::TimedOut),
        }
    }
}

/// What may be told of an error: of the server's own words only the number, for they repeat addresses.
fn describe(error: smtp::Error) -> MailError {
    if error.is_timeout() {
        return MailError::TimedOut;
    }
    match error.status() {
        Some(code) if error.is_permanent() => MailError::Refused(code.into()),
        Some(code) => MailError::Deferred(code.into()),
        None if error.is_response() => MailError::Server("it does not speak SMTP".into()),
        None => MailError::Server(error.source().map_or_else(|| error.to_string(), ToString::to_string)),
    }
}

#[cfg(test)]
mod tests {
    use std::{net::SocketAddr, sync::Arc};

    use rcgen::CertifiedKey;
    use tokio::{
        io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
        net::TcpListener,
        task::JoinHandle,
    };
    use tokio_rustls::{
        TlsAcceptor,
        rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
    };

    use super::{
        super::{
            MailUrl,
            tests::{mail, sender},
        },
        *,
    };
    use crate::{Ambient, ambient::testing::manual_ambient};

    trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

    impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

    /// What a mail server under test offers, and how it answers.
    #[derive(Clone, Copy)]
    struct Behaviour {
        encryption: Encryption,
        /// To `RCPT TO`.
        to_receiver: &'static str,
    }

    const PLAIN: Behaviour = Behaviour { encryption: Encryption::None, to_receiver: "250 fine" };

    /// A mail server for one connection: it answers with all lines that it was sent, and `(encrypted)` where that began.
    struct Server {
        address: SocketAddr,
        authority: Certificate,
        heard: JoinHandle<Vec<String>>,
    }

    impl Server {
        async fn start(behaviour: Behaviour) -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let CertifiedKey { cert, signing_key } =
                rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
            let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
            let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![cert.der().clone()], key)
                .unwrap();
            let authority = Certificate::from_der(cert.der().to_vec()).unwrap();
            let heard = tokio::spawn(serve(listener, TlsAcceptor::from(Arc::new(config)), behaviour));
            Self { address, authority, heard }
        }

        /// A client of it.
        fn client(&self, scheme: &str, query: &str) -> Smtp {
            let url = format!("{scheme}://ada:secret@localhost:{}{query}", self.address.port());
            let server = SmtpServer::from_url(&url).unwrap();
            Smtp::trusting(&server, sender(), Some(self.authority.clone())).unwrap()
        }

        async fn heard(self) -> Vec<String> {
            self.heard.await.unwrap()
        }
    }

    /// The next line, without its end; `None` when the client is gone.
    async fn read_line(stream: &mut dyn Stream) -> Option<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(stream.read_u8().await.ok()?);
        }
        Some(String::from_utf8(line).unwrap().trim_end().to_owned())
    }

    async fn serve(listener: TcpListener, tls: TlsAcceptor, behaviour: Behaviour) -> Vec<String> {
        let mut heard = Vec::new();
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream: Box<dyn Stream> = Box::new(stream);
        let mut is_encrypted = false;
        if behaviour.encryption == Encryption::Always {
            // A client that does not trust the certificate is gone here.
            let Ok(encrypted) = tls.accept(stream).await else { return heard };
            stream = Box::new(encrypted);
            is_encrypted = true;
            heard.push("(encrypted)".into());
        }
        let mut answer = "220 mail.example".to_owned();
        loop {
            if stream.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
                return heard;
            }
            stream.flush().await.unwrap();
            let Some(line) = read_line(&mut *stream).await else { return heard };
            heard.push(line.clone());
            let command = line.split([' ', ':']).next().unwrap();
            answer = match command {
                "EHLO" if behaviour.encryption == Encryption::StartTls && !is_encrypted => {
                    "250-mail.example\r\n250 STARTTLS".into()
                }
                "EHLO" => "250-mail.example\r\n250-8BITMIME\r\n250 AUTH PLAIN".into(),
                "STARTTLS" => {
                    stream.write_all(b"220 go on\r\n").await.unwrap();
                    let Ok(encrypted) = tls.accept(stream).await else { return heard };
                    stream = Box::new(encrypted);
                    is_encrypted = true;
                    heard.push("(encrypted)".into());
                    let Some(line) = read_line(&mut *stream).await else { return heard };
                    heard.push(line);
                    "250-mail.example\r\n250 AUTH PLAIN".into()
                }
                "AUTH" => "235 welcome".into(),
                "RCPT" => behaviour.to_receiver.into(),
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await.unwrap();
                    while let Some(line) = read_line(&mut *stream).await.filter(|line| line != ".") {
                        heard.push(line);
                    }
                    "250 taken".into()
                }
                "QUIT" => "221 bye".into(),
                _ => "250 fine".into(),
            };
        }
    }

    /// Whether these lines come in this order.
    fn come_in_order(heard: &[String], lines: &[&str]) -> bool {
        let mut rest = heard.iter();
        lines.iter().all(|line| rest.any(|heard| heard.starts_with(line)))
    }

    /// `\0ada\0secret`.
    const AUTH: &str = "AUTH PLAIN AGFkYQBzZWNyZXQ=";

    #[tokio::test]
    async fn a_mail_is_handed_over_encrypted_in_either_way() {
        for (scheme, encryption) in [("smtp", Encryption::StartTls), ("smtps", Encryption::Always)] {
            let server = Server::start(Behaviour { encryption, ..PLAIN }).await;
            server.client(scheme, "").send(&mail("ada@example.com")).await.unwrap();
            let heard = server.heard().await;
            let lines = [
                "(encrypted)",
                "EHLO",
                AUTH,
                "MAIL FROM:<drill@bugdrill.example>",
                "RCPT TO:<ada@example.com>",
                "DATA",
                "To: ada@example.com",
                "https://bugdrill.example/#token=t",
            ];
            assert!(come_in_order(&heard, &lines), "{heard:#?}");
        }
    }

    #[tokio::test]
    async fn nothing_is_told_to_a_server_that_does_not_encrypt_unless_that_is_wanted() {
        let server = Server::start(PLAIN).await;
        let error = server.client("smtp", "").send(&mail("ada@example.com")).await.unwrap_err();
        assert_eq!(error, MailError::Server("STARTTLS is not supported on this server".into()));
        let heard = server.heard().await;
        assert!(heard.iter().all(|line| line.starts_with("EHLO") || line == "QUIT"), "{heard:#?}");

        let server = Server::start(PLAIN).await;
        server.client("smtp", "?tls=none").send(&mail("ada@example.com")).await.unwrap();
        assert!(come_in_order(&server.heard().await, &[AUTH, "RCPT TO:<ada@example.com>", "DATA"]));
    }

    #[tokio::test]
    async fn a_server_with_a_certificate_that_nobody_vouches_for_is_told_nothing() {
        for (scheme, encryption) in [("smtp", Encryption::StartTls), ("smtps", Encryption::Always)] {
            let server = Server::start(Behaviour { encryption, ..PLAIN }).await;
            let url = format!("{scheme}://ada:secret@localhost:{}", server.address.port());
            let client = Smtp::new(&SmtpServer::from_url(&url).unwrap(), sender()).unwrap();
            let error = client.send(&mail("ada@example.com")).await.unwrap_err();
            assert!(error.to_string().contains("certificate"), "{error}");
            let heard = server.heard().await;
            assert!(heard.iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"), "{heard:#?}");
        }
    }

    #[tokio::test]
    async fn a_refusal_is_told_by_its_number_alone() {
        for (to_receiver, error) in [
            ("550 no such user: ada@example.com", MailError::Refused(550)),
            ("451 come back later, ada@example.com", MailError::Deferred(451)),
        ] {
            let server = Server::start(Behaviour { to_receiver, ..PLAIN }).await;
            assert_eq!(server.client("smtp", "?tls=none").send(&mail("ada@example.com")).await, Err(error));
        }
        let server = Server::start(Behaviour { to_receiver: "ada@example.com", ..PLAIN }).await;
        let error = server.client("smtp", "?tls=none").send(&mail("ada@example.com")).await.unwrap_err();
        assert!(!error.to_string().contains("ada") && !error.is_permanent(), "{error}");
    }

    #[tokio::test]
    async fn a_server_that_is_silent_or_away_is_an_error() {
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = silent.local_addr().unwrap().port();
        let url = format!("smtp://127.0.0.1:{port}?tls=none");
        let mut client = Smtp::new(&SmtpServer::from_url(&url).unwrap(), sender()).unwrap();
        client.time_limit = Duration::from_millis(100);
        assert_eq!(client.send(&mail("ada@example.com")).await, Err(MailError::TimedOut));
        drop(silent);
        let error = client.send(&mail("ada@example.com")).await.unwrap_err();
        assert!(matches!(error, MailError::Server(_)), "{error:?}");
    }

    #[tokio::test]
    async fn a_text_cannot_end_the_mail_and_begin_another() {
        let server = Server::start(PLAIN).await;
        let (ambient, _): (Ambient, _) = manual_ambient();
        let text = "first\r\n.\r\nMAIL FROM:<eve@example.com>\r\nlast";
        let mail = Mail::new(&ambient, "ada@example.com", "x", text);
        server.client("smtp", "?tls=none").send(&mail).await.unwrap();
        let heard = server.heard().await;
        // A dot at the beginning is doubled on the way.
        assert!(come_in_order(&heard, &["DATA", "first", "..", "MAIL FROM:<eve@example.com>", "last"]), "{heard:#?}");
        assert_eq!(heard.iter().filter(|line| *line == "DATA").count(), 1);
    }

    #[test]
    fn a_url_says_how_to_reach_the_server_and_never_shows_the_password() {
        for (url, shown) in [
            ("smtps://ada:secret@mail.example", "SmtpServer(mail.example, 465, Always)"),
            ("smtps://ada:secret@mail.example:4650/", "SmtpServer(mail.example, 4650, Always)"),
            ("smtp://mail.example", "SmtpServer(mail.example, 587, StartTls)"),
            ("smtp://mail.example?tls=none", "SmtpServer(mail.example, 25, None)"),
            ("smtp://127.0.0.1:2525?tls=none", "SmtpServer(127.0.0.1, 2525, None)"),
            ("smtp://[::1]:2525?tls=none", "SmtpServer(::1, 2525, None)"),
        ] {
            let parsed = MailUrl::try_from(url.to_owned()).unwrap();
            assert_eq!(format!("{parsed:?}"), format!("Smtp({shown})"), "{url}");
        }
        let server = SmtpServer::from_url("smtps://ada%40example.com:s%C3%A9%3Acret@mail.example").unwrap();
        assert_eq!(server.credentials, Some(("ada@example.com".to_owned(), "s\u{e9}:cret".to_owned())));
    }
}
